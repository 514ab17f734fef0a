"""Where base backups and the WAL after them are kept: from them any moment can be had again (see `recovery.py`).

    base/2026-11-22T023000Z/    postgres/, attachments/, secrets.json, demo-logins.json and, written last, base.json
    wal/000000010000000000000007.gz

The folder lies in the home unless JINGWEI_ARCHIVE names another one, better on another disk. Our own server archives
into it from the first base backup on: the command that it is started with does nothing until that has left its mark.
"""

import fcntl
import gzip
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jingwei.command.layout import Home, read_json
from jingwei.command.trouble import Trouble

MANIFEST = "base.json"
NEEDED = {"format", "version", "began_at", "ended_at", "first_wal", "postgres", "migrations", "field_keys"}
COMPRESSED = ".gz"
TIMELINE, DIGITS = 8, 24
PIECE = re.compile(rf"[0-9A-F]{{{DIGITS}}}\b")
"""A name of WAL: eight digits of the timeline, then where it begins."""


@dataclass(frozen=True)
class Base:
    """A base backup that was finished."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def demo_logins(self) -> Path:
        return self.folder / "demo-logins.json"

    @property
    def ended_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest["ended_at"])


@dataclass(frozen=True)
class Archive:
    """`mark` stands in the home once it is archived."""

    path: Path
    mark: Path

    @classmethod
    def of(cls, home: Home) -> "Archive":
        given = os.environ.get("JINGWEI_ARCHIVE")
        path = Path(given).expanduser().absolute() if given else home.path / "archive"
        return cls(path, home.path / "archived")

    @property
    def bases_folder(self) -> Path:
        return self.path / "base"

    @property
    def wal(self) -> Path:
        return self.path / "wal"

    def bases(self) -> list[Base]:
        """Those that are whole, the oldest first."""
        found = [Base(path.parent, read_json(path)) for path in sorted(self.bases_folder.glob(f"2*/{MANIFEST}"))]
        return [base for base in found if base.manifest.keys() >= NEEDED]

    def prepare(self) -> None:
        for folder in (self.path, self.bases_folder, self.wal):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.mark.touch()

    @contextmanager
    def in_sole_use(self) -> Iterator[None]:
        """One command at a time makes or takes away base backups."""
        with (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble("archive_busy", path=self.path) from error
            yield

    def keep_command(self) -> str:
        """What our server runs for each finished piece of WAL. One that is kept already is not an error."""
        target, fresh = f"{self._quoted()}/%f{COMPRESSED}", f"{self._quoted()}/.%f.new"
        return (
            f"test ! -e {_for_server(self.mark)} || "
            f"if test -e {target}; then gzip -dc {target} | cmp -s - %p; "
            f"else gzip -c %p > {fresh} && sync {fresh} && mv {fresh} {target}; fi"
        )

    def fetch_command(self, last_wal: Path | None) -> str:
        """What a recovering server runs for each piece; `last_wal` holds those that were not archived any more."""
        from_archive = f"gzip -dc {self._quoted()}/%f{COMPRESSED} > %p 2>/dev/null"
        return f"{from_archive} || cp {_for_server(last_wal)}/%f %p" if last_wal else from_archive

    def keep_histories(self, wal: Path) -> None:
        """Where timelines of a recovered server part; a later recovery must not give their numbers again."""
        for history in wal.glob("*.history"):
            target = self.wal / f"{history.name}{COMPRESSED}"
            if not target.exists():
                fresh = target.with_name(f".{history.name}.new")
                fresh.write_bytes(gzip.compress(history.read_bytes()))
                fresh.rename(target)

    def forget_before(self, first: str) -> None:
        """Take away the pieces before `first`, of whichever timeline. Histories are small and stay."""
        for piece in self.wal.iterdir():
            if PIECE.match(piece.name) and piece.name[TIMELINE:DIGITS] < first[TIMELINE:DIGITS]:
                piece.unlink()

    def _quoted(self) -> str:
        return _for_server(self.wal)


def _for_server(path: Path) -> str:
    """As a shell reads it, after the server has looked for its own signs."""
    return shlex.quote(str(path)).replace("%", "%%")
