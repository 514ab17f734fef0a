"""The database as the programs see it: one URL per role, and what must be true before they start."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote

from jingwei.command.binaries import OLDEST_MAJOR
from jingwei.command.cluster import Cluster
from jingwei.command.environment import python_environment
from jingwei.command.keys import ADMIN, OWNER, ROLES, WEB, WORKER, Keys
from jingwei.command.layout import PYTHON, Home
from jingwei.command.trouble import Trouble

NAME = "jingwei"
STAMPS = "launch.stamp"
INSUFFICIENT_PRIVILEGE = "42501"
Row = list[Any]
Stamp = Literal["migrations", "demo", "erasures"]


class SqlError(Exception):
    def __init__(self, message: str, state: str | None) -> None:
        super().__init__(message)
        self.state = state


def run_sql(url: str, *statements: str, apart: bool = False) -> list[list[Row]]:
    """The rows of each statement; all in one transaction unless `apart`."""
    ran = subprocess.run(
        [PYTHON, "-P", "-m", "jingwei.command.sql"],
        input=json.dumps({"url": url, "statements": statements, "apart": apart}),
        capture_output=True,
        text=True,
        check=True,
        env=python_environment(),
    )
    answer = json.loads(ran.stdout)
    if "error" in answer:
        raise SqlError(answer["error"], answer["state"])
    rows: list[list[Row]] = answer["rows"]
    return rows


@dataclass(frozen=True)
class Database:
    """`admin` may create roles (and, on our own server, databases); `cluster` is None where a URL was given."""

    admin: str
    name: str
    keys: Keys
    cluster: Cluster | None

    @classmethod
    def of(cls, home: Home) -> "Database":
        keys = Keys.of(home)
        if given := os.environ.get("JINGWEI_DATABASE_URL"):
            return cls(given, _database_name(given), keys, None)
        cluster = Cluster.within(home.path, home.logs / "postgres.log")
        return cls.on(cluster, keys)

    @classmethod
    def on(cls, cluster: Cluster, keys: Keys) -> "Database":
        return cls(cluster.url(ADMIN, keys.passwords[ADMIN], "postgres"), NAME, keys, cluster)

    def make_cluster(self, log: Path) -> None:
        """Lay our own server's data folder, where the server is our own and the folder is missing."""
        if self.cluster:
            self.cluster.make(self.keys.passwords[ADMIN], log)

    def url(self, role: str, name: str | None = None) -> str:
        return replace_login(self.admin, role, self.keys.passwords[role], name or self.name)

    def login(self, role: str, name: str | None = None) -> tuple[str, dict[str, str]]:
        """For PostgreSQL's own programs: a URL that may be seen in a process list, and an environment that may not."""
        url = replace_login(self.admin, role, "", name or self.name)
        return url, {**os.environ, "PGPASSWORD": self.keys.passwords[role]}

    def admin_url(self, name: str | None = None) -> str:
        """The administrator's URL, for another database of the same server if a name is given."""
        return replace_login(self.admin, None, None, name or self.name)

    def stamps(self) -> dict[str, str]:
        """What has been done to this database; makes roles, database and rights first where they are missing."""
        try:
            return self._read_stamps()
        except SqlError:
            self._prepare()
            return self._read_stamps()

    def _read_stamps(self) -> dict[str, str]:
        version, stamps = run_sql(self.url(OWNER), "SHOW server_version_num", f"SELECT key, value FROM {STAMPS}")
        check_server(version[0][0])
        return dict(stamps)

    def stamp(self, key: Stamp, value: str) -> None:
        run_sql(
            self.url(OWNER),
            f"INSERT INTO {STAMPS} VALUES ({literal(key)}, {literal(value)}) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )

    def server_major(self) -> int:
        return int(run_sql(self.url(OWNER), "SHOW server_version_num")[0][0][0]) // 10_000

    def _prepare(self) -> None:
        try:
            version, encoding = run_sql(self.admin, "SHOW server_version_num", "SHOW server_encoding")
        except SqlError as error:
            raise Trouble("database_unreachable", reason=error) from error
        check_server(version[0][0])
        if encoding != [["UTF8"]]:
            raise Trouble("not_unicode", name=self.name, encoding=encoding[0][0])
        try:
            self._make_roles()
            if self.cluster:
                self.create(self.name)
            self.grant_access(self.name)
            run_sql(self.url(OWNER), *OWNER_GRANTS)
        except SqlError as error:
            if error.state != INSUFFICIENT_PRIVILEGE:
                raise Trouble("database_refused", reason=error) from error
            raise Trouble(
                "may_not_prepare", sql="\n".join(f"    {line};" for line in self._all_statements())
            ) from error

    def _make_roles(self) -> None:
        there = {name for (name,) in run_sql(self.admin, "SELECT rolname FROM pg_roles")[0]}
        known = there.intersection(ROLES)
        if known and not self.cluster:
            self._check_passwords(known)
        verbs = {role: "ALTER" if role in there else "CREATE" for role in ROLES}
        wanted = [role for role in ROLES if self.cluster or role not in there]
        if wanted:
            run_sql(self.admin, *(self._role_statement(role, verbs[role]) for role in wanted))

    def _check_passwords(self, roles: set[str]) -> None:
        """Roles belong to a whole server: ones that somebody else made are not taken over."""
        for role in sorted(roles):
            try:
                run_sql(self.url(role), "SELECT 1")
            except SqlError as error:
                raise Trouble("role_taken", role=role, reason=error) from error

    def _role_statement(self, role: str, verb: str = "CREATE") -> str:
        return f"{verb} ROLE {role} LOGIN NOSUPERUSER PASSWORD {literal(self.keys.passwords[role])}"

    def let_owner_create_databases(self) -> None:
        """Tests and benchmarks fill databases and act as the programs; for servers that serve nobody else."""
        run_sql(self.admin, f"ALTER ROLE {OWNER} CREATEDB", f"GRANT {WEB}, {WORKER} TO {OWNER}")

    def create(self, name: str) -> None:
        """An empty database of the owner's, unless it exists."""
        if not run_sql(self.admin, f"SELECT 1 FROM pg_database WHERE datname = {literal(name)}")[0]:
            command = f"CREATE DATABASE {quoted(name)} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0"
            run_sql(self.admin, command, apart=True)

    def grant_access(self, name: str) -> None:
        run_sql(self.admin_url(name), *_admin_grants(name))

    def _all_statements(self) -> list[str]:
        return [*(self._role_statement(role) for role in ROLES), *_admin_grants(self.name)]


def _admin_grants(name: str) -> list[str]:
    return [
        f"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {quoted(name)} TO {OWNER}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {quoted(name)} TO {WEB}, {WORKER}",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {WEB}, {WORKER}",
    ]


# What web and worker may do with the tables is told by every `migrate` (`kernel/grants.py`).
OWNER_GRANTS = (
    "CREATE SCHEMA IF NOT EXISTS launch",
    f"CREATE TABLE IF NOT EXISTS {STAMPS} (key text PRIMARY KEY, value text NOT NULL)",
    f"REVOKE ALL ON {STAMPS} FROM {WEB}, {WORKER}",
)


def check_server(version_num: str) -> None:
    major = int(version_num) // 10_000
    if major < OLDEST_MAJOR:
        raise Trouble("old_server", major=major, oldest=OLDEST_MAJOR)


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def replace_login(url: str, user: str | None, password: str | None, name: str) -> str:
    """The same server under another login and database. libpq's several hosts pass untouched.

    No user: the login stays as it is. An empty password is left out.
    """
    scheme, _, rest = url.partition("://")
    place, mark, query = rest.partition("?")
    authority, _, _ = place.partition("/")
    login, at, hosts = authority.rpartition("@")
    if user:
        login, at = f"{user}:{password}" if password else user, "@"
        query = re.sub(r"(?:^|&)(?:user|password)=[^&]*", "", query).lstrip("&")
    return f"{scheme}://{login}{at}{hosts}/{quote(name, safe='')}{mark if query else ''}{query}"


def _database_name(url: str) -> str:
    """As libpq reads it: the path, else the user's name."""
    place = url.partition("://")[2].partition("?")[0]
    authority, _, name = place.partition("/")
    name = name or authority.rpartition("@")[0].partition(":")[0]
    if not name:
        raise Trouble("url_without_database")
    return unquote(name)
