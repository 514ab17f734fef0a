"""What `doctor` asks the database, in one visit."""

from dataclasses import dataclass
from datetime import UTC, datetime

from jingwei.command.database import STAMPS, Database, run_sql
from jingwei.command.keys import OWNER, WEB, WORKER

SAFE = {"fsync": "on", "full_page_writes": "on", "row_security": "on"}
"""Without them a power cut costs data, or rows are shown to whom they are not for."""
SILENT = {
    "log_statement": ("none",),
    "log_min_error_statement": ("log", "fatal", "panic"),
    "log_parameter_max_length_on_error": ("0",),
    "log_min_duration_statement": ("-1",),
}
"""Otherwise the server's log keeps what people typed."""

NAMES = ", ".join(f"'{name}'" for name in (*SAFE, *SILENT))
SETTINGS = f"SELECT name, setting FROM pg_settings WHERE name IN ({NAMES})"
MIGHTY = f"""
    SELECT rolname FROM pg_roles AS role WHERE rolname IN ('{WEB}', '{WORKER}') AND (
        rolsuper OR rolbypassrls OR rolcreaterole
        OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid AND relkind IN ('r', 'p'))
        OR pg_has_role(role.oid, '{OWNER}', 'member')
    )
"""
SLEEPING = """
    SELECT DISTINCT class.relname FROM pg_policy AS policy JOIN pg_class AS class ON class.oid = policy.polrelid
    WHERE NOT class.relrowsecurity ORDER BY 1
"""
PROTECTED = "SELECT count(*) FROM pg_class WHERE relrowsecurity"
ARCHIVE = """
    SELECT last_failed_wal FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity')
"""


@dataclass(frozen=True)
class Answers:
    """`drift`: by how many seconds the database's clock is ahead of ours."""

    version: str
    size: int
    drift: float
    stamps: dict[str, str]
    unsafe_settings: list[str]
    talkative_settings: list[str]
    mighty_roles: list[str]
    sleeping_policies: list[str]
    protected_tables: int
    archive_failure: str


def ask(database: Database) -> Answers:
    """SqlError where the database does not answer."""
    first, settings, mighty, sleeping, protected, archive, stamps = run_sql(
        database.url(OWNER),
        "SELECT current_setting('server_version'), pg_database_size(current_database()),"
        " extract(epoch FROM clock_timestamp())::float",
        SETTINGS,
        MIGHTY,
        SLEEPING,
        PROTECTED,
        ARCHIVE,
        f"SELECT key, value FROM {STAMPS}",
    )
    found = dict(settings)
    ((version, size, now),) = first
    return Answers(
        version=version,
        size=size,
        drift=now - datetime.now(UTC).timestamp(),
        stamps=dict(stamps),
        unsafe_settings=[name for name, wanted in SAFE.items() if found.get(name) != wanted],
        talkative_settings=[name for name, silent in SILENT.items() if name in found and found[name] not in silent],
        mighty_roles=[name for (name,) in mighty],
        sleeping_policies=[name for (name,) in sleeping],
        protected_tables=protected[0][0],
        archive_failure=archive[0][0] if archive else "",
    )
