"""`backup --base`: a copy of our own server's files, from which the archived WAL leads to any later moment."""

import json
import os
import shutil
import time
from argparse import Namespace
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from jingwei.command.access import ensure_environment, open_database
from jingwei.command.archive import MANIFEST, Archive, Base
from jingwei.command.backup import known_migrations, own_version
from jingwei.command.cluster import Cluster
from jingwei.command.database import Database, run_sql
from jingwei.command.environment import check_space
from jingwei.command.keys import ADMIN, ring_ids
from jingwei.command.layout import Home, note_backup, write_json
from jingwei.command.processes import POLL_SECONDS, run_step
from jingwei.command.progress import Progress, Tick
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

FORMAT = 1
KEPT = 2
ARCHIVE_SECONDS = 60.0
UNFINISHED = ".unfinished"


def base_backup(options: Namespace) -> int:
    home = Home.from_environment()
    progress = Progress(3)
    began = time.monotonic()
    ensure_environment("base", home, progress)
    with open_database(home, "backup") as database:
        base = make_base(home, database, progress, kept=options.keep or KEPT)
    seconds = f"{time.monotonic() - began:.1f}"
    print(say("base_made", path=base.folder, size=f"{_size(base.folder) / 1_000_000:.1f}", seconds=seconds))
    return 0


def make_base(home: Home, database: Database, progress: Progress, *, kept: int) -> Base:
    """A new base backup that has been checked; all but the `kept` newest go, with the WAL before them."""
    cluster = database.cluster
    if cluster is None:
        raise Trouble("base_of_other_server")
    archive = Archive.of(home)
    _prepare(archive, cluster)
    with archive.in_sole_use():
        with suppress(FileNotFoundError):
            shutil.rmtree(archive.path / UNFINISHED)
        check_space(archive.path, _size(cluster.folder))
        base = _make(home, archive, database, cluster, progress)
        _forget_old(archive, kept)
    note_backup(home, "base")
    return base


def _prepare(archive: Archive, cluster: Cluster) -> None:
    try:
        archive.prepare()
        cluster.account.give(archive.wal)
    except OSError as error:
        raise Trouble("file_not_written", path=archive.path, reason=error.strerror) from error


def _make(home: Home, archive: Archive, database: Database, cluster: Cluster, progress: Progress) -> Base:
    began = datetime.now(UTC)
    fresh = Base(archive.path / UNFINISHED, {})
    fresh.folder.mkdir(mode=0o700)
    migrations = known_migrations(database)
    with progress.step("step_base") as tick:
        _copy_cluster(fresh.cluster, database, home, tick)
        ended = datetime.now(UTC)
        first_wal = first_wal_of(fresh.cluster)
    with progress.step("step_check_base") as tick:
        verify(fresh.cluster, cluster, home, tick)
    with progress.step("step_archive") as tick:
        link_tree(home.attachments, fresh.attachments)
        shutil.copy2(home.secrets, fresh.secrets)
        with suppress(FileNotFoundError):
            shutil.copy2(home.demo_logins, fresh.demo_logins)
        wait_for_archive(database, tick)
    write_json(
        fresh.folder / MANIFEST,
        {
            "format": FORMAT,
            "version": own_version(),
            "began_at": began.isoformat(),
            "ended_at": ended.isoformat(),
            "first_wal": first_wal,
            "postgres": cluster.binaries.major,
            "migrations": migrations,
            "field_keys": ring_ids(database.keys.ring_in_force),
        },
    )
    folder = archive.bases_folder / f"{ended:%Y-%m-%dT%H%M%S}Z"
    fresh.folder.rename(folder)
    return Base(folder, json.loads((folder / MANIFEST).read_text("utf-8")))


def _copy_cluster(target: Path, database: Database, home: Home, tick: Tick) -> None:
    cluster = database.cluster
    assert cluster is not None
    command = [
        cluster.binaries.path("pg_basebackup"), "--pgdata", str(target), "--checkpoint", "fast", "--no-password",
        "--manifest-checksums", "SHA256", "--host", str(cluster.sockets), "--username", ADMIN,
    ]  # fmt: skip
    environment = {**os.environ, "PGPASSWORD": database.keys.passwords[ADMIN]}
    run_step(command, log=home.logs / "setup.log", tick=tick, environment=environment)


def first_wal_of(cluster: Path) -> str:
    """The name of the first piece of WAL that this copy needs."""
    label = (cluster / "backup_label").read_text("utf-8")
    return label.partition("(file ")[2].partition(")")[0]


def verify(copy: Path, cluster: Cluster, home: Home, tick: Tick) -> None:
    """Compare every file of the copy with the checksum that the server gave for it, and read its WAL."""
    command = [cluster.binaries.path("pg_verifybackup"), "--exit-on-error", "--quiet", str(copy)]
    run_step(command, log=home.logs / "setup.log", tick=tick, environment=os.environ)


def wait_for_archive(database: Database, tick: Tick) -> None:
    """Until the WAL of this moment has been archived; Trouble where the server fails to."""
    switch = "SELECT failed_count, pg_walfile_name(pg_switch_wal()) FROM pg_stat_archiver"
    point = "SELECT pg_create_restore_point('base backup')"  # so that there is something to switch after
    ((failed, wanted),) = run_sql(database.admin, point, switch, apart=True)[1]
    state = "SELECT failed_count, coalesce(last_archived_wal, '') FROM pg_stat_archiver"
    limit = time.monotonic() + ARCHIVE_SECONDS
    while True:
        tick()
        ((failures, last),) = run_sql(database.admin, state)[0]
        if last >= wanted:
            return
        if failures > failed or time.monotonic() > limit:
            raise Trouble("archive_fails")
        time.sleep(POLL_SECONDS)


def link_tree(source: Path, target: Path) -> None:
    """The same files again: attachments never change, so that on one disk a second name for each is enough."""
    target.mkdir(mode=0o700, exist_ok=True)
    for folder, names, files in os.walk(source):
        inner = target / Path(folder).relative_to(source)
        for name in names:
            (inner / name).mkdir(mode=0o700, exist_ok=True)
        for name in files:
            with suppress(FileExistsError, FileNotFoundError):
                link_or_copy(Path(folder) / name, inner / name)


def link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(source, target)


def _forget_old(archive: Archive, kept: int) -> None:
    bases = archive.bases()
    for base in bases[:-kept]:
        shutil.rmtree(base.folder)
    archive.forget_before(bases[-kept:][0].manifest["first_wal"])


def _size(folder: Path) -> int:
    total = 0
    for inner, _folders, files in os.walk(folder):
        for name in files:
            with suppress(FileNotFoundError):
                total += (Path(inner) / name).stat().st_size
    return total
