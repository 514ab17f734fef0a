"""Our own PostgreSQL: its programs are driven directly, on a private socket and never on TCP."""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jingwei.command.account import Account, choose_account
from jingwei.command.archive import Archive
from jingwei.command.binaries import Binaries, server_binaries
from jingwei.command.children import Child, Program
from jingwei.command.environment import check_space
from jingwei.command.keys import ADMIN
from jingwei.command.layout import Home
from jingwei.command.processes import Farewell, Mark, command_line, tied
from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

FAREWELL: Farewell = ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 2))
NEEDED_BYTES = 300_000_000
SOCKET_FOLDER_BYTES = 92
"""The system's limit for a socket's path is 107 bytes; PostgreSQL's file name takes the rest."""
HELD_WORDS = ("lock file", "shared memory block")
HELD_SECONDS = 5.0
START_SECONDS = 120.0
QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""A statement that fails is told to whoever asked it; the server's own log would keep the words and names in it."""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "idle_in_transaction_session_timeout": "5min",
    "log_line_prefix": "%m [%p] %u ",
    **QUIET,
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A data folder and the server over it. `is_lasting` is False where a crash may cost everything."""

    folder: Path
    sockets: Path
    log: Path
    binaries: Binaries
    account: Account
    is_lasting: bool = True

    @classmethod
    def within(cls, home: Path, log: Path, *, is_lasting: bool = True) -> "Cluster":
        """The cluster of a home, whose folder must exist."""
        binaries = server_binaries()
        account = choose_account(binaries.path("postgres"), home)
        return cls(home / "postgres", _socket_folder(home), log, binaries, account, is_lasting)

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@/{database}?host={quote(str(self.sockets))}"

    def make(self, password: str, log: Path) -> None:
        """Lay the data folder where there is none; check the version of one that is there."""
        if self.folder.exists():
            self._check_version()
            self.account.give(self.folder)
            return
        check_space(self.folder.parent, NEEDED_BYTES)
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        with tempfile.TemporaryDirectory(dir=self.folder.parent, prefix="initdb-") as scratch:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
            secret = Path(scratch) / "password"
            secret.write_text(password + "\n", "utf-8")
            self.account.give(fresh)
            self.account.give(Path(scratch))
            self._initdb(fresh, secret, log)
        fresh.rename(self.folder)

    def _initdb(self, folder: Path, secret: Path, log: Path) -> None:
        command = [
            *self.account.prefix, self.binaries.path("initdb"), "--pgdata", str(folder), "--username", ADMIN,
            "--pwfile", str(secret), "--auth-local", "scram-sha-256", "--auth-host", "scram-sha-256",
            "--encoding", "UTF8", *_locale(self.binaries.major), *(() if self.is_lasting else ("--no-sync",)),
        ]  # fmt: skip
        with log.open("ab") as output:
            start = output.tell()
            made = subprocess.run(
                command, stdout=output, stderr=output, check=False, cwd="/", env=_plain(), **self.account.identity
            )
        if made.returncode:
            said = log.read_bytes()[start:].decode("utf-8", "replace").strip().splitlines()
            raise Trouble("no_cluster", last="\n".join(f"    {line}" for line in said[-6:]), log=log)

    def _check_version(self) -> None:
        major = int((self.folder / "PG_VERSION").read_text("ascii"))
        if major != self.binaries.major:
            raise Trouble("other_cluster", folder=self.folder, theirs=major, ours=self.binaries.major)

    def program(self, **more: str) -> Program:
        settings = SETTINGS | (self._archiving() if self.is_lasting else THROW_AWAY) | more
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [self.binaries.path("postgres"), "-D", str(self.folder), "-k", str(self.sockets), *flags]
        return Program(
            name="postgres",
            command=(*self.account.prefix, *tied(command, signal.SIGINT)),
            environment=_plain(),
            log=self.log,
            answers=self.answers,
            farewell=FAREWELL,
            identity=self.account.identity,
        )

    def _archiving(self) -> dict[str, str]:
        command = Archive.of(Home(self.folder.parent)).keep_command()
        return {"archive_mode": "on", "archive_timeout": "5min", "archive_command": command}

    def answers(self) -> bool:
        ask = [self.binaries.path("pg_isready"), "-q", "-h", str(self.sockets), "-U", ADMIN, "-d", "postgres"]
        return subprocess.run(ask, check=False, env=_plain()).returncode == 0

    def start(self, tick: Tick | None = None) -> Child:
        """A server that answers. One that was killed a moment ago may still hold the folder for a while."""
        end_server(self.folder)
        self.make_socket_folder()
        limit = time.monotonic() + HELD_SECONDS
        while True:
            child = Child(self.program())
            try:
                child.wait_for_answer(START_SECONDS, tick)
            except Trouble:
                is_held = child.has_ended() and any(words in child.last_words() for words in HELD_WORDS)
                child.end()
                if not is_held or time.monotonic() > limit:
                    raise
                time.sleep(0.2)
            except BaseException:
                child.end()
                raise
            else:
                return child

    def make_socket_folder(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.account.give(self.sockets)
        found = self.sockets.lstat()
        owner = self.account.user.pw_uid if self.account.user else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise Trouble("sockets_not_ours", folder=self.sockets)


def end_server(folder: Path) -> None:
    """Stop the server that a killed command left over this data folder, where nothing else did."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((folder / "postmaster.pid").read_text("utf-8").splitlines()[0])
        mark = Mark.of(pid)
        if mark and str(folder) in command_line(pid):
            mark.end(FAREWELL)


def _socket_folder(home: Path) -> Path:
    near = home / "sockets"
    if len(os.fsencode(near)) <= SOCKET_FOLDER_BYTES:
        return near
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"jingwei-{os.geteuid()}-{digest}"


def _locale(major: int) -> tuple[str, ...]:
    """Code point order and Unicode case everywhere, so that an index means the same on every machine."""
    if major >= 17:
        return ("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C")
    return ("--locale", "C.UTF-8" if sys.platform == "linux" else "C")


def _plain() -> dict[str, str]:
    """No PG… variable of the caller's reaches our server, and it speaks English to its log."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return inherited | {"LC_ALL": "C", "TZ": "UTC"}
