"""As whom PostgreSQL runs. It refuses the superuser's id, so a start by root needs another one.

First choice is a user namespace: the server sees itself as an ordinary user while its files stay root's, and
nothing on the machine changes. Where that is forbidden, a system user `jingwei` owns the database's files alone.
"""

import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from jingwei.command.trouble import Trouble

SYSTEM_USER = "jingwei"
NAMESPACE = ("unshare", "--user", "--map-user=1", "--map-group=1", "--")


class Identity(TypedDict, total=False):
    """Arguments for `subprocess.Popen`."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    prefix: tuple[str, ...] = ()
    user: pwd.struct_passwd | None = None

    @property
    def identity(self) -> Identity:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def give(self, path: Path) -> None:
        """Make `path` and all below the account's own."""
        if not self.user:
            return
        for folder, _, files in os.walk(path):
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
            for name in files:
                os.chown(Path(folder) / name, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)

    def can_use(self, program: str, folder: Path) -> bool:
        return self._succeeds(program, "--version") and self._succeeds("test", "-x", str(folder))

    def _succeeds(self, *command: str) -> bool:
        try:
            ran = subprocess.run([*self.prefix, *command], capture_output=True, check=False, cwd="/", **self.identity)
        except OSError:
            return False
        return ran.returncode == 0


def choose_account(program: str, folder: Path) -> Account:
    """The account for the server: `program` must run under it, and `folder` (which exists) be within its reach."""
    if os.geteuid() != 0:
        return Account()
    in_namespace = Account(prefix=NAMESPACE)
    if not _is_given_away(folder) and in_namespace.can_use(program, folder):
        return in_namespace
    of_its_own = Account(user=_system_user())
    folder.chmod(folder.stat().st_mode | 0o011)  # through the home into its own two folders, and no further
    if of_its_own.can_use(program, folder):
        return of_its_own
    raise Trouble("root_out_of_reach", user=SYSTEM_USER, program=program, folder=folder)


def _is_given_away(folder: Path) -> bool:
    """Whether an earlier start, where namespaces were forbidden, has made the data the system user's."""
    with suppress(FileNotFoundError):
        return (folder / "postgres").stat().st_uid != 0
    return False


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    shell = shutil.which("nologin") or "/usr/sbin/nologin"
    command = [useradd, "--system", "--user-group", "--no-create-home", "--shell", shell, SYSTEM_USER]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Trouble("no_system_user", user=SYSTEM_USER, reason=error) from error
    if made.returncode:
        raise Trouble("no_system_user", user=SYSTEM_USER, reason=made.stderr.strip())
    return pwd.getpwnam(SYSTEM_USER)
