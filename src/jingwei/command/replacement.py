"""The second half of a restore: what was loaded beside the old data takes its place.

Writing `restoring.json` is the moment of decision. From then on `finish_restore` may be broken off and called again,
by whichever command comes next, until the new data stands in its place and the old is gone.
"""

import shutil
from contextlib import suppress
from pathlib import Path

from jingwei.command.database import Database, SqlError, literal, quoted, run_sql
from jingwei.command.keys import keep_restored_keys
from jingwei.command.layout import Home, read_json, write_json
from jingwei.command.trouble import Trouble


def loaded_name(database: Database) -> str:
    return f"{database.name}_restored"


def unpacked_folder(home: Home) -> Path:
    return home.path / "attachments.restored"


def decide_restore(home: Home, keys: dict[str, object]) -> None:
    """`keys` are those of the backup: {"signing", "field_keys", "demo_logins"}."""
    write_json(home.restoring, keys)


def finish_restore(home: Home, database: Database) -> None:
    """Does nothing where no restore was decided. Call only in sole use."""
    keys = read_json(home.restoring)
    if not keys:
        return
    aside = f"{database.name}_replaced"
    _swap_database(database, aside)
    _swap_attachments(home)
    keep_restored_keys(home, keys)
    with suppress(FileNotFoundError):
        home.demo_logins.unlink()
    if keys["demo_logins"]:
        write_json(home.demo_logins, keys["demo_logins"])
    run_sql(_server(database), f"DROP DATABASE IF EXISTS {quoted(aside)}", apart=True)
    home.restoring.unlink()


def _server(database: Database) -> str:
    """A database that is none of ours: one cannot be renamed from within."""
    return database.admin_url("postgres")


def _swap_database(database: Database, aside: str) -> None:
    loaded = loaded_name(database)
    names = ", ".join(map(literal, (database.name, loaded)))
    there = {name for (name,) in run_sql(_server(database), _existing(names))[0]}
    if loaded not in there:
        return
    renames = [f"ALTER DATABASE {quoted(loaded)} RENAME TO {quoted(database.name)}"]
    if database.name in there:
        renames.insert(0, f"ALTER DATABASE {quoted(database.name)} RENAME TO {quoted(aside)}")
    try:
        run_sql(_server(database), *renames)
    except SqlError as error:
        raise Trouble("database_refused", reason=error) from error


def _existing(names: str) -> str:
    return f"SELECT datname FROM pg_database WHERE datname IN ({names})"


def _swap_attachments(home: Home) -> None:
    fresh, aside = unpacked_folder(home), home.path / "attachments.replaced"
    if fresh.exists():
        if aside.exists():
            # Broken off between the two renames; what stands there now was made empty by a later start.
            with suppress(FileNotFoundError):
                home.attachments.rmdir()
        else:
            home.attachments.rename(aside)
        fresh.rename(home.attachments)
    shutil.rmtree(aside, ignore_errors=True)
