"""What the database lets the programs do: the least that web and worker need, told again after every `migrate`.

Both own nothing, and pass no policy by. A table that is not named here they read and write, row by row as its
policies allow; a function that looks past the policies (`row_security.Definer`) is for those alone to whom it is given.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.transaction import atomic

WEB, WORKER = "jw_web", "jw_worker"
ROLES = (WEB, WORKER)
ALL = "SELECT, INSERT, UPDATE, DELETE"
READ = "SELECT"
ADD = "SELECT, INSERT"

# Tables of our schema that are ours to give, without the partitions: their table stands for them.
TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition
        AND relowner = current_user::regrole
"""
FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prosecdef AND proowner = current_user::regrole
"""
THERE = "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)"


@dataclass(frozen=True)
class Right:
    """What web and worker may do with a table, as GRANT says it; "": nothing."""

    web: str
    worker: str

    def of(self, role: str) -> str:
        return self.web if role == WEB else self.worker


EVERYTHING = Right(ALL, ALL)
_tables: dict[str, Right] = {
    # A fact is added by whoever makes it true. The worker's relay numbers it: nothing else is ever changed.
    "fact": Right(ADD, f"{ADD}, UPDATE (seq)"),
    "fact_counter": Right(READ, "SELECT, INSERT, UPDATE"),
    "fact_handled": Right("", ALL),
    "heartbeat": Right(READ, "SELECT, INSERT, UPDATE"),
    "policy_report": Right("SELECT, INSERT, UPDATE", "SELECT, DELETE"),
    "reading": Right(READ, READ),
    "django_migrations": Right(READ, READ),
    "django_content_type": Right(READ, READ),
    "auth_group": Right("", ""),
    "auth_group_permissions": Right("", ""),
    "auth_permission": Right("", ""),
    # Anybody may ask for a job; the worker does it.
    "procrastinate_jobs": Right(ADD, ALL),
    "procrastinate_events": Right(ADD, ALL),
    "procrastinate_workers": Right(READ, ALL),
    "procrastinate_periodic_defers": Right("", ALL),
}
_functions: dict[str, tuple[str, ...]] = {"make_fact_partitions": (WORKER,)}


def give_table(name: str, *, web: str, worker: str) -> None:
    """Say what web and worker may do with a table where that is not everything. Called in an AppConfig's `ready`."""
    _tables[name] = Right(web, worker)


def give_function(name: str, *roles: str) -> None:
    """Let these roles call a function that looks past the policies."""
    _functions[name] = roles


def after_migrate(*, using: str, **_sent: Any) -> None:
    """Receives Django's `post_migrate`, once for the kernel."""
    grant_rights(using)


def grant_rights(using: str = "default") -> None:
    """Give web and worker exactly their rights. Roles that are not there get none: who makes them migrates again."""
    with atomic(using=using), connections[using].cursor() as cursor:
        there = {name for (name,) in _rows(cursor, THERE, [list(ROLES)])}
        tables = [name for (name,) in _rows(cursor, TABLES)]
        functions = [name for (name,) in _rows(cursor, FUNCTIONS)]
        for role in (role for role in ROLES if role in there):
            for statement in _statements(role, tables, functions):
                cursor.execute(statement)


def _statements(role: str, tables: list[str], functions: list[str]) -> list[str]:
    """Take everything, then give; within one transaction nobody notices."""
    return [
        f"ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM {role}",
        f"ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM {role}",
        _everywhere(f"REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM {role}"),
        _everywhere(f"GRANT USAGE ON SCHEMA %I TO {role}"),
        _everywhere(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO {role}"),
        *(
            f'GRANT {given} ON "{name}" TO {role}'
            for name in tables
            if (given := _tables.get(name, EVERYTHING).of(role))
        ),
        *(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC, {role}" for name in functions),
        *(
            f"GRANT EXECUTE ON FUNCTION {name} TO {role}"
            for name in functions
            if role in _functions.get(_bare(name), ())
        ),
    ]


def _bare(function: str) -> str:
    """The name without what it takes."""
    return function.partition("(")[0]


def _everywhere(statement: str) -> str:
    """The statement for the schema that we are in, whatever it is called."""
    return f"DO $do$ BEGIN EXECUTE format('{statement}', current_schema()); END $do$"


def _rows(cursor: CursorWrapper, query: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
    cursor.execute(query, given)
    return list(cursor.fetchall())
