"""One file that holds everything: database, attachments, keys, and a manifest to check them by.

The file is a tar of `database.dump` (pg_dump's custom format), `attachments/…`, `keys.json` and, last of all,
`manifest.json` with the SHA-256 of every member: a file that was cut short has no manifest. It may be made at any
time: the dump is one snapshot, and files are written before the rows that name them and never changed.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
import tomllib
from argparse import Namespace
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from jingwei.command.access import ensure_environment, open_database
from jingwei.command.binaries import client_binaries
from jingwei.command.database import Database, run_sql
from jingwei.command.keys import OWNER, ring_ids
from jingwei.command.layout import ROOT, Home, note_backup, read_json
from jingwei.command.progress import Progress
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

FORMAT = 1
DUMP = "database.dump"
KEYS = "keys.json"
MANIFEST = "manifest.json"
ATTACHMENTS = "attachments/"

Members = dict[str, dict[str, Any]]


def backup(options: Namespace) -> int:
    home = Home.from_environment()
    target = Path(options.file).absolute()
    if target.exists():
        raise Trouble("file_exists", path=target)
    progress = Progress(2)
    began = time.monotonic()
    ensure_environment("base", home, progress)
    try:
        with (
            open_database(home, "backup") as database,
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".jingwei-backup-") as scratch,
        ):
            fresh = Path(scratch) / "backup.tar"
            holds_keys = database.keys.has_own_ring and not options.without_keys
            _write(fresh, home, database, progress, holds_keys=holds_keys)
            os.link(fresh, target)
    except FileExistsError as error:
        raise Trouble("file_exists", path=target) from error
    except OSError as error:
        raise Trouble("file_not_written", path=target, reason=error.strerror) from error
    note_backup(home, "file")
    size = target.stat().st_size / 1_000_000
    print(say("backup_made", path=target, size=f"{size:.1f}", seconds=f"{time.monotonic() - began:.1f}"))
    print(say("backup_holds_keys" if holds_keys else "backup_without_keys"))
    return 0


def _write(path: Path, home: Home, database: Database, progress: Progress, *, holds_keys: bool) -> None:
    migrations = known_migrations(database)
    dump = path.with_name(DUMP)
    with progress.step("step_dump"):
        major = _dump(database, dump)
    members: Members = {}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with progress.step("step_pack") as tick, os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            _add_file(tar, DUMP, dump, members)
            for attachment in sorted(home.attachments.rglob("*")):
                with suppress(FileNotFoundError):
                    if attachment.is_file() and not attachment.is_symlink():
                        _add_file(tar, ATTACHMENTS + str(attachment.relative_to(home.attachments)), attachment, members)
                tick()
            keys = {
                "signing": database.keys.signing,
                "field_keys": database.keys.ring if holds_keys else "",
                "demo_logins": read_json(home.demo_logins),
            }
            _add(tar, KEYS, json.dumps(keys, ensure_ascii=False).encode(), members)
            manifest = {
                "format": FORMAT,
                "version": own_version(),
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "postgres": major,
                "migrations": migrations,
                "field_keys": ring_ids(database.keys.ring_in_force),
                "members": members,
            }
            _add(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), {})
        file.flush()
        os.fsync(file.fileno())


def own_version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def known_migrations(database: Database) -> list[str]:
    if "migrations" not in database.stamps():
        raise Trouble("nothing_to_back_up")
    asked = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
    return [name for (name,) in run_sql(database.url(OWNER), asked)[0]]


def _dump(database: Database, target: Path) -> int:
    """Write the dump; the major version of the server it came from."""
    major = database.server_major()
    url, environment = database.login(OWNER)
    command = [client_binaries(major).path("pg_dump"), "--format", "custom", "--file", str(target), "--dbname", url]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ran.returncode:
        raise Trouble("dump_failed", reason=ran.stderr.strip())
    return major


def _add_file(tar: tarfile.TarFile, name: str, path: Path, members: Members) -> None:
    with path.open("rb") as file:
        _add_stream(tar, name, file, os.fstat(file.fileno()).st_size, members)


def _add(tar: tarfile.TarFile, name: str, content: bytes, members: Members) -> None:
    _add_stream(tar, name, io.BytesIO(content), len(content), members)


def _add_stream(tar: tarfile.TarFile, name: str, stream: BinaryIO, size: int, members: Members) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    hashing = Hashing(stream)
    tar.addfile(entry, hashing)
    members[name] = {"bytes": size, "sha256": hashing.digest.hexdigest()}


class Hashing(io.RawIOBase):
    """A stream whose SHA-256 is known once it has been read."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.stream.read(size)
        self.digest.update(part)
        return part
