"""`restore --to MOMENT`: the data as they were then, from a base backup and the WAL after it.

Everything happens beside the old data: the base is checked and copied, a server of its own goes through the WAL up to
the moment, and is asked what it holds. Writing `recovered.json` is the moment of decision; until then a broken-off
restore changes nothing; `recovered.py` does the rest.
"""

import os
import shutil
import time
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jingwei.command.access import ensure_environment, started
from jingwei.command.archive import Archive, Base
from jingwei.command.base import KEPT, link_tree, make_base, verify
from jingwei.command.children import Child
from jingwei.command.cluster import Cluster, end_server
from jingwei.command.database import Database, SqlError, run_sql
from jingwei.command.environment import check_space
from jingwei.command.keys import OWNER, Keys
from jingwei.command.layout import Home, read_json
from jingwei.command.processes import wait_until
from jingwei.command.progress import Progress, Tick
from jingwei.command.recovered import decide_recovery, finish_recovery, fresh_attachments, fresh_folder
from jingwei.command.restore import unknown_migrations
from jingwei.command.supervisor import end_leftovers, sole_use
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

LATEST = "latest"
ENDED_BEFORE = "recovery ended before configured recovery target was reached"
RECOVERY_SECONDS = 12 * 3600.0
DEFAULT_ZONE = "Asia/Shanghai"
TIMES_NEEDED = 1.2


def restore_to(options: Namespace) -> int:
    home = Home.from_environment()
    home.prepare()
    progress = Progress(7)
    began = time.monotonic()
    ensure_environment("base", home, progress)
    with sole_use(home, "restore"):
        end_leftovers(home)
        for folder in (home.cluster, fresh_folder(home)):
            end_server(folder)
        finish_recovery(home)
        if os.environ.get("JINGWEI_DATABASE_URL"):
            raise Trouble("base_of_other_server")
        if home.cluster.exists() and not options.replace:
            raise Trouble("home_not_empty", home=home.path)
        moment = read_moment(options.to)
        base = choose_base(Archive.of(home), moment)
        _recover(home, base, moment, progress)
        with started(Database.of(home), home) as database:
            make_base(home, database, progress, kept=KEPT)
    said = moment.astimezone(zone()).isoformat(sep=" ", timespec="seconds") if moment else LATEST
    print(say("recovered", moment=said, seconds=f"{time.monotonic() - began:.1f}"))
    return 0


def read_moment(text: str) -> datetime | None:
    """A moment on the district's clock, or with an offset of its own; None for the latest that there is."""
    if text == LATEST:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Trouble("no_such_moment", text=text) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone())
    if moment > datetime.now(UTC):
        raise Trouble("moment_to_come", moment=moment.isoformat(sep=" "))
    return moment


def zone() -> ZoneInfo:
    return ZoneInfo(os.environ.get("JINGWEI_TIME_ZONE") or DEFAULT_ZONE)


def choose_base(archive: Archive, moment: datetime | None) -> Base:
    """The newest base that was finished by then."""
    bases = archive.bases()
    fitting = [base for base in bases if moment is None or base.ended_at <= moment]
    if not bases:
        raise Trouble("no_base", path=archive.path)
    if not fitting:
        raise Trouble("no_base_by_then", earliest=bases[0].ended_at.astimezone(zone()).isoformat(sep=" "))
    if unknown_migrations(fitting[-1].manifest["migrations"]):
        raise Trouble("base_of_newer_version", version=fitting[-1].manifest["version"])
    return fitting[-1]


def _recover(home: Home, base: Base, moment: datetime | None, progress: Progress) -> None:
    own = Cluster.within(home.path, home.logs / "postgres.log")
    if own.binaries.major != base.manifest["postgres"]:
        raise Trouble("other_cluster", folder=base.folder, theirs=base.manifest["postgres"], ours=own.binaries.major)
    size = sum(path.stat().st_size for path in base.cluster.rglob("*") if path.is_file())
    check_space(home.path, int(size * TIMES_NEEDED))
    # A socket of its own: a server that a killed restore left behind must not be in the way of `up`.
    fresh = replace(own, folder=fresh_folder(home), sockets=own.sockets.with_name(own.sockets.name[:-1] + "r"))
    with progress.step("step_check_base") as tick:
        verify(base.cluster, own, home, tick)
    with progress.step("step_copy_base"):
        shutil.rmtree(fresh.folder, ignore_errors=True)
        shutil.copytree(base.cluster, fresh.folder, symlinks=True)
        (fresh.folder / "recovery.signal").touch()
        own.account.give(fresh.folder)
    with progress.step("step_replay") as tick:
        _replay(home, fresh, base, moment, tick)
    with progress.step("step_replace"):
        shutil.rmtree(fresh_attachments(home), ignore_errors=True)
        link_tree(base.attachments, fresh_attachments(home))
        link_tree(home.attachments, fresh_attachments(home))
        decide_recovery(home, base)
        finish_recovery(home)


def _replay(home: Home, fresh: Cluster, base: Base, moment: datetime | None, tick: Tick) -> None:
    """Let a server go through the WAL up to the moment, and ask what it holds."""
    last_wal = home.cluster / "pg_wal"
    settings = {
        "restore_command": Archive.of(home).fetch_command(last_wal if last_wal.is_dir() else None),
        "recovery_target_timeline": "current" if moment else "latest",
        "recovery_target_action": "promote",
        "archive_mode": "off",  # until it is decided
        **({"recovery_target_time": moment.isoformat(sep=" ")} if moment else {}),
    }
    database = Database.on(fresh, Keys.read(read_json(base.secrets)))
    fresh.make_socket_folder()
    child = Child(fresh.program(**settings))
    try:
        wait_until(lambda: child.has_ended() or _is_recovered(fresh, database), RECOVERY_SECONDS, tick)
        if child.has_ended():
            is_short = ENDED_BEFORE in child.last_words()
            phrase = "wal_ends_before" if is_short else "not_recovered"
            raise Trouble(phrase, last=child.last_words(), log=fresh.log)
        if "migrations" not in dict(run_sql(database.url(OWNER), "SELECT key, value FROM launch.stamp")[0]):
            raise Trouble("nothing_in_base")
    finally:
        child.end()
        shutil.rmtree(fresh.sockets, ignore_errors=True)


def _is_recovered(fresh: Cluster, database: Database) -> bool:
    if not fresh.answers():
        return False
    try:
        return run_sql(database.admin, "SELECT pg_is_in_recovery()")[0] == [[False]]
    except SqlError:  # it is only beginning
        return False
