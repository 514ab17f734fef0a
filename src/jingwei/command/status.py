"""`status`: what runs, since when, and whether it answers. Exit code 0 only if all of it does."""

import os
from argparse import Namespace
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from jingwei.command.database import Database, SqlError, run_sql
from jingwei.command.keys import OWNER
from jingwei.command.layout import Home, read_json
from jingwei.command.processes import Mark
from jingwei.command.programs import is_ready
from jingwei.command.supervisor import running
from jingwei.command.words import say

NOT_RUNNING = 3
"""What init scripts say for a service that is stopped (LSB)."""


def status(_options: Namespace) -> int:
    home = Home.from_environment()
    state = running(home)
    print(say("status_home", home=home.path))
    if not state:
        print(say("nothing_runs"))
        return NOT_RUNNING
    answers = is_ready(state["port"])
    print(say("status_answers" if answers else "status_silent", url=state["url"]))
    is_whole = [_say_process(name, stored) for name, stored in state["processes"].items()]
    is_whole += [_say_database(home), _say_backups(home)]
    return 0 if all([answers, *is_whole]) else 1


def _say_process(name: str, stored: dict[str, Any]) -> bool:
    mark = Mark.read(stored)
    is_alive = bool(mark and mark.is_alive())
    phrase = "status_runs" if is_alive else "status_down"
    print(say(phrase, name=f"{name:9}", pid=stored.get("pid", "-"), restarts=stored["restarts"]))
    return is_alive


def _say_database(home: Home) -> bool:
    database = Database.of(home)
    try:
        asked = ("SHOW server_version", "SELECT count(*) FROM fact WHERE seq IS NULL")
        version, waiting = run_sql(database.url(OWNER), *asked)
    except SqlError as error:
        print(say("status_no_database", reason=error))
        return False
    where = "JINGWEI_DATABASE_URL" if os.environ.get("JINGWEI_DATABASE_URL") else str(home.cluster)
    print(say("status_database", version=version[0][0], where=where, waiting=waiting[0][0]))
    return True


def _say_backups(home: Home) -> bool:
    """The age of the last backups; whether the archive takes what the server gives it."""
    made = {kind: _age(at) for kind, at in read_json(home.backups).items()}
    never = say("status_never")
    print(say("status_backups", file=made.get("file", never), base=made.get("base", never)))
    if os.environ.get("JINGWEI_DATABASE_URL"):
        return True
    asked = """
        SELECT failed_count, last_failed_wal, last_failed_time::text FROM pg_stat_archiver
        WHERE last_failed_time > coalesce(last_archived_time, '-infinity')
    """
    with suppress(SqlError):
        for failures, wal, at in run_sql(Database.of(home).url(OWNER), asked)[0]:
            print(say("status_archive_fails", failures=failures, wal=wal, at=at))
            return False
    return True


def _age(at: str) -> str:
    hours = (datetime.now(UTC) - datetime.fromisoformat(at)) / timedelta(hours=1)
    return say("status_hours_ago", hours=f"{hours:.1f}")
