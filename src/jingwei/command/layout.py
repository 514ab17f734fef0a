"""Where things lie: the checkout with its environment, and the home with everything that must survive it."""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from jingwei.command.trouble import Trouble

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src"
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / "var" / "tools"


@dataclass(frozen=True)
class Home:
    """The data folder: database, attachments, logs, secrets. Its path is absolute."""

    path: Path

    @classmethod
    def from_environment(cls) -> "Home":
        given = os.environ.get("JINGWEI_HOME")
        return cls(Path(given).expanduser().absolute() if given else ROOT / "var")

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def attachments(self) -> Path:
        return self.path / "attachments"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """What matters only while something runs: state, locks, sockets, stamps."""
        return self.path / "run"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets.json"

    @property
    def demo(self) -> Path:
        return self.path / "demo.json"

    @property
    def demo_logins(self) -> Path:
        """What `manage.py fill_demo` leaves for the launcher: logins and the demo's API key."""
        return self.path / "demo-logins.json"

    @property
    def backups(self) -> Path:
        """When the last backup of each kind was made."""
        return self.path / "backups.json"

    @property
    def erasures(self) -> Path:
        """Which accounts were erased: what a restore must not bring back."""
        return self.path / "erasures.json"

    @property
    def state(self) -> Path:
        return self.run / "state.json"

    @property
    def restoring(self) -> Path:
        """Stands from the moment a restore is decided until the last of the old data is gone."""
        return self.path / "restoring.json"

    def prepare(self) -> None:
        """Make the folders; refuse a home that cannot be written to."""
        try:
            for folder in (self.path, self.logs, self.run, self.attachments):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.path):
                pass
        except OSError as error:
            raise Trouble("home_not_writable", home=self.path, reason=error.strerror) from error


def read_json(path: Path) -> dict[str, Any]:
    """The object in `path`; empty where there is none or a crash cut it short."""
    with suppress(FileNotFoundError, ValueError):
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace `path` whole, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new")
    with suppress(FileNotFoundError):
        fresh.unlink()
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def note_backup(home: Home, kind: Literal["file", "base"]) -> None:
    """Remember that one was finished now, for `status` and the metrics."""
    write_json(home.backups, {**read_json(home.backups), kind: datetime.now(UTC).isoformat(timespec="seconds")})
