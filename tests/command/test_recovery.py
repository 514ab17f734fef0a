"""Any moment can be had again, no more and no less than was true then; a restore that is broken off hurts nobody."""

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from jingwei.command.archive import NEEDED, Archive
from jingwei.command.base import link_tree
from jingwei.command.keys import OWNER
from jingwei.command.layout import ROOT, Home, read_json, write_json
from jingwei.command.processes import wait_until
from jingwei.command.recovered import decide_recovery, decision, finish_recovery, fresh_attachments, fresh_folder
from jingwei.command.recovery import choose_base, read_moment
from jingwei.command.trouble import Trouble
from tests.command.running import free_port, jingwei, plain_environment, processes_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_base(home: Home, ended: datetime, **secrets) -> Archive:
    """The outside of a base backup."""
    archive = Archive.of(home)
    archive.prepare()
    folder = archive.bases_folder / f"{ended:%Y-%m-%dT%H%M%S}Z"
    folder.mkdir()
    write_json(folder / "secrets.json", {"signing": "then", "passwords": {"jw_admin": "then"}, **secrets})
    manifest = dict.fromkeys(NEEDED, "") | {"ended_at": ended.isoformat(), "migrations": []}
    write_json(folder / "base.json", manifest)
    return archive


def test_base_is_the_newest_that_was_finished_by_the_moment(home):
    for hours in (0, 24, 48):
        archive = a_base(home, NOON + timedelta(hours=hours))

    assert choose_base(archive, NOON + timedelta(hours=30)).ended_at == NOON + timedelta(hours=24)
    assert choose_base(archive, NOON).ended_at == NOON
    assert choose_base(archive, None).ended_at == NOON + timedelta(hours=48)
    with pytest.raises(Trouble, match="earliest moment"):
        choose_base(archive, NOON - timedelta(seconds=1))


def test_base_that_was_not_finished_counts_for_nothing(home):
    archive = a_base(home, NOON)
    (archive.bases_folder / "2026-11-21T120000Z").mkdir()

    assert [base.ended_at for base in archive.bases()] == [NOON]
    shutil.rmtree(archive.bases()[0].folder)
    with pytest.raises(Trouble, match="no base backup"):
        choose_base(archive, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20 20:00", NOON),
        ("2026-11-20T20:00:00", NOON),
        ("2026-11-20 12:00+00:00", NOON),
        ("latest", None),
    ],
)
def test_moment_is_read_on_the_clock_of_the_district(monkeypatch, text, expected):
    monkeypatch.delenv("JINGWEI_TIME_ZONE", raising=False)

    assert read_moment(text) == expected


@pytest.mark.parametrize(("text", "said"), [("yesterday", "is no moment"), ("2999-01-01 10:00", "yet to come")])
def test_moment_that_is_none_is_said_with_an_example(monkeypatch, text, said):
    monkeypatch.setenv("LC_ALL", "C")

    with pytest.raises(Trouble, match=said):
        read_moment(text)


@pytest.fixture
def decided(home):
    """Old data in place, recovered data beside it, and the recovery decided."""
    archive = a_base(home, NOON, field_keys="a:then")
    write_json(home.secrets, {"signing": "now", "passwords": {"jw_admin": "now"}, "field_keys": "a:then,b:now"})
    for folder, name in ((home.cluster, "old"), (fresh_folder(home), "new")):
        (folder / "pg_wal").mkdir(parents=True)
        (folder / name).touch()
    (fresh_folder(home) / "pg_wal" / "00000002.history").write_text("1\t0/3000000")
    (home.attachments / "old.jpg").touch()
    fresh_attachments(home).mkdir()
    (fresh_attachments(home) / "new.jpg").touch()
    decide_recovery(home, archive.bases()[0])
    return home


def check_recovered(home):
    assert {path.name for path in home.cluster.iterdir()} == {"new", "pg_wal"}
    assert [path.name for path in home.attachments.iterdir()] == ["new.jpg"]
    assert read_json(home.secrets) == {
        "signing": "now",
        "passwords": {"jw_admin": "then"},
        "field_keys": "a:then,b:now",
    }
    assert [path.name for path in Archive.of(home).wal.iterdir()] == ["00000002.history.gz"]
    assert not list(home.path.glob("*.replaced"))
    assert not list(home.path.glob("*.recovered"))
    assert not decision(home).exists()


def test_recovery_puts_the_new_in_place_and_removes_the_old(decided):
    finish_recovery(decided)

    check_recovered(decided)
    finish_recovery(decided)
    check_recovered(decided)


def between_the_folders(home):
    home.cluster.rename(home.path / "postgres.replaced")


def after_the_database(home):
    between_the_folders(home)
    fresh_folder(home).rename(home.cluster)


def between_the_attachments(home):
    after_the_database(home)
    home.attachments.rename(home.path / "attachments.replaced")
    home.prepare()


@pytest.mark.parametrize("moment", [between_the_folders, after_the_database, between_the_attachments])
def test_recovery_broken_off_is_completed_by_the_next_command(decided, moment):
    moment(decided)

    finish_recovery(decided)

    check_recovered(decided)


def test_recovery_that_was_not_decided_changes_nothing(decided):
    decision(decided).unlink()

    finish_recovery(decided)

    assert (decided.cluster / "old").exists()
    assert read_json(decided.secrets)["passwords"] == {"jw_admin": "now"}


def test_files_are_the_same_twice_and_not_copied(tmp_path):
    picture = tmp_path / "from/2026/picture.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")

    link_tree(tmp_path / "from", tmp_path / "to")
    link_tree(tmp_path / "from", tmp_path / "to")

    assert (tmp_path / "to/2026/picture.jpg").stat().st_ino == picture.stat().st_ino


def test_archive_keeps_a_piece_once_and_refuses_another_of_the_same_name(home, tmp_path):
    archive = Archive.of(Home(tmp_path / "a home with 100% 'signs'"))
    piece = tmp_path / "piece"

    def keep(content: bytes) -> int:
        piece.write_bytes(content)
        command = archive.keep_command().replace("%%", "\0").replace("%f", "000000010000000000000007")
        return subprocess.run(command.replace("%p", str(piece)).replace("\0", "%"), shell=True, check=False).returncode

    assert keep(b"before there is an archive") == 0
    archive.prepare()
    assert [keep(b"wal"), keep(b"wal"), keep(b"other") == 0] == [0, 0, False]

    fetch = archive.fetch_command(None).replace("%%", "\0").replace("%f", "000000010000000000000007")
    subprocess.run(fetch.replace("%p", str(tmp_path / "back")).replace("\0", "%"), shell=True, check=True)
    assert (tmp_path / "back").read_bytes() == b"wal"


@contextmanager
def running(home, **given):
    up = jingwei("up", "--no-demo", "--detach", "--port", str(free_port()), home=home, **given)
    assert up.returncode == 0, up.stdout + up.stderr
    try:
        yield
    finally:
        jingwei("down", home=home)


def sql(home, *statements):
    password = read_json(home / "secrets.json")["passwords"][OWNER]
    with psycopg.connect(
        host=str(home / "sockets"), dbname="jingwei", user=OWNER, password=password, autocommit=True
    ) as connection:
        return [connection.execute(statement) for statement in statements][-1].fetchall()


def happen(home, *names):
    """Facts of these names, told as an action tells them; the moment after which all are true."""
    for name in names:
        sql(
            home,
            "INSERT INTO fact (id, kind, code, data, occurred_at) VALUES "
            f"(gen_random_uuid(), 'drill.{name}', 0, '{{}}', now()) RETURNING id",
        )
    ((moment,),) = sql(home, "SELECT clock_timestamp()")
    time.sleep(0.1)
    return moment


def facts(home):
    return [name for (name,) in sql(home, "SELECT kind FROM fact WHERE kind LIKE 'drill.%' ORDER BY recorded_at")]


@pytest.mark.slow
def test_drill_any_moment_is_had_again_after_everything_was_lost(tmp_path):
    home, fresh = tmp_path / "home", tmp_path / "fresh"
    given = {"JINGWEI_ARCHIVE": str(tmp_path / "archive")}
    with running(home, **given):
        happen(home, "before")
        (home / "attachments/old.jpg").write_bytes(b"old")
        made = jingwei("backup", "--base", home=home, **given)
        assert made.returncode == 0, made.stderr
        first = happen(home, "one", "two")
        second = happen(home, "three")
        happen(home, "four")
        assert "base backup: 0.0 hours ago" in jingwei("status", home=home, **given).stdout
    shutil.rmtree(home)

    back = jingwei("restore", "--to", first.isoformat(), home=fresh, **given)
    assert back.returncode == 0, back.stdout + back.stderr
    with running(fresh, **given):
        assert facts(fresh) == ["drill.before", "drill.one", "drill.two"]
        assert (fresh / "attachments/old.jpg").read_bytes() == b"old"
        happen(fresh, "another life")

    refused = jingwei("restore", "--to", second.isoformat(), home=fresh, **given)
    assert "--replace" in refused.stderr
    again = jingwei("restore", "--to", second.isoformat(), "--replace", home=fresh, **given)
    assert again.returncode == 0, again.stdout + again.stderr
    with running(fresh, **given):
        assert facts(fresh) == ["drill.before", "drill.one", "drill.two", "drill.three"]


@pytest.mark.slow
def test_restore_that_is_killed_leaves_the_old_data(tmp_path):
    home = tmp_path / "home"
    with running(home):
        assert jingwei("backup", "--base", home=home).returncode == 0
        happen(home, "kept")
    expected = ["drill.kept"]

    fresh = fresh_folder(Home(home))
    for sign in (fresh.exists, (fresh / "postmaster.pid").exists):
        process = subprocess.Popen(
            [ROOT / "jingwei", "restore", "--to", "latest", "--replace"],
            env=plain_environment(JINGWEI_HOME=str(home)),
            stdout=subprocess.DEVNULL,
        )
        assert wait_until(sign, 60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with running(home):
            assert facts(home) == expected
    assert wait_until(lambda: processes_of(home) == set(), 20)

    assert jingwei("restore", "--to", "latest", "--replace", home=home).returncode == 0
    with running(home):
        assert facts(home) == expected


@pytest.mark.slow
def test_base_backup_that_is_killed_leaves_the_one_before(tmp_path):
    home = tmp_path / "home"
    with running(home):
        assert jingwei("backup", "--base", home=home).returncode == 0
        before = Archive.of(Home(home)).bases()
        process = subprocess.Popen(
            [ROOT / "jingwei", "backup", "--base"],
            env=plain_environment(JINGWEI_HOME=str(home)),
            stdout=subprocess.DEVNULL,
        )
        assert wait_until((home / "archive/.unfinished/postgres").exists, 60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert Archive.of(Home(home)).bases() == before

        assert jingwei("backup", "--base", "--keep", "1", home=home).returncode == 0
        (base,) = Archive.of(Home(home)).bases()
        assert base not in before
        kept = sorted(path.name for path in (home / "archive/wal").iterdir())
        assert kept[0].startswith(base.manifest["first_wal"])
        assert json.loads((home / "backups.json").read_text())["base"]
