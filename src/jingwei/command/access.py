"""A database for one command: the running one, or one started for as long as the command needs it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from jingwei.command import programs
from jingwei.command.database import Database
from jingwei.command.environment import Lock, is_current, make_environment
from jingwei.command.layout import Home
from jingwei.command.progress import Progress
from jingwei.command.recovered import finish_recovery
from jingwei.command.replacement import finish_restore
from jingwei.command.supervisor import end_leftovers, running, sole_use

WAIT_SECONDS = 20.0


def ensure_environment(lock: Lock, home: Home, progress: Progress) -> None:
    """Say something only where something is to be done."""
    home.prepare()
    if not is_current(lock):
        progress.total += 1
        with progress.step("step_environment") as tick:
            make_environment(lock, home, tick)


@contextmanager
def open_database(home: Home, command: str) -> Iterator[Database]:
    """Ready with roles and rights; not migrated."""
    is_there = "postgres" in running(home).get("processes", {}) or os.environ.get("JINGWEI_DATABASE_URL")
    if is_there and not home.restoring.exists():
        database = Database.of(home)
        database.stamps()
        yield database
        return
    with sole_use(home, command, WAIT_SECONDS):
        end_leftovers(home)
        finish_recovery(home)
        with started(Database.of(home), home) as database:
            database.stamps()
            finish_restore(home, database)
            yield database


@contextmanager
def started(database: Database, home: Home) -> Iterator[Database]:
    """Our own server, if it is ours, runs inside the block; call only in sole use."""
    if database.cluster is None:
        yield database
        return
    database.make_cluster(home.logs / "setup.log")
    child = database.cluster.start()
    try:
        yield database
    finally:
        child.end()


def bring_up_to_date(home: Home, database: Database, progress: Progress) -> None:
    """Migrate an old or empty database; say something only where something is to be done."""
    if not programs.is_migrated(database.stamps()):
        progress.total += 1
        with progress.step("step_migrate") as tick:
            programs.compile_translations(home, database, tick)
            programs.migrate(home, database, tick)
