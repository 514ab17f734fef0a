import json
import tarfile

import pytest

from jingwei.command.backup import DUMP, MANIFEST, _add, own_version
from jingwei.command.database import quoted, run_sql
from jingwei.command.keys import OWNER, Keys, new_field_key, ring_ids
from jingwei.command.layout import read_json, write_json
from jingwei.command.replacement import decide_restore, finish_restore, loaded_name, unpacked_folder
from jingwei.command.restore import _place, check_field_keys, check_manifest, read_manifest, unknown_migrations
from jingwei.command.trouble import Trouble

TICK = lambda: None  # noqa: E731


def a_backup(path, *, members=None, manifest=None):
    """A small backup file; `manifest` overrides what its manifest says."""
    known = {}
    with tarfile.open(path, "w") as tar:
        for name, content in (members or {DUMP: b"dump", "attachments/a.jpg": b"picture"}).items():
            _add(tar, name, content, known)
        whole = {"format": 1, "version": own_version(), "made_at": "2026-11-21T00:00:00+00:00", "postgres": 18}
        whole |= {"migrations": [], "members": known, **(manifest or {})}
        _add(tar, MANIFEST, json.dumps(whole).encode(), {})
    return path


def test_backup_is_read_with_every_member_checked(tmp_path):
    manifest = read_manifest(a_backup(tmp_path / "backup.tar"), TICK)

    assert set(manifest["members"]) == {DUMP, "attachments/a.jpg"}


@pytest.mark.parametrize("kept", [0, 100, 1500, 3000])
def test_backup_that_was_cut_short_is_refused(tmp_path, kept):
    path = a_backup(tmp_path / "backup.tar")
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(Trouble, match="not a whole backup"):
        read_manifest(path, TICK)


def test_backup_with_a_changed_byte_is_refused_with_the_member(tmp_path):
    path = a_backup(tmp_path / "backup.tar")
    path.write_bytes(path.read_bytes().replace(b"picture", b"pictura"))

    with pytest.raises(Trouble, match=r"attachments/a\.jpg"):
        read_manifest(path, TICK)


def test_backup_with_a_member_too_many_is_refused(tmp_path):
    path = a_backup(tmp_path / "backup.tar", manifest={"members": {}})

    with pytest.raises(Trouble, match="not a whole backup"):
        read_manifest(path, TICK)


def test_backup_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Trouble, match="There is no file"):
        read_manifest(tmp_path / "nothing.tar", TICK)


@pytest.mark.parametrize(
    "newer",
    [{"format": 2}, {"version": "99.0.0"}, {"migrations": ["kernel.9999_from_the_future"]}],
)
def test_backup_of_a_newer_version_is_refused(tmp_path, newer):
    manifest = read_manifest(a_backup(tmp_path / "backup.tar", manifest=newer), TICK)

    with pytest.raises(Trouble, match="Update the checkout"):
        check_manifest(manifest)


def test_backup_whose_field_keys_are_nowhere_is_refused(home, monkeypatch):
    for name in ("JINGWEI_FIELD_KEYS", "JINGWEI_FIELD_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    ours, theirs = Keys.of(home), new_field_key()
    of_ours, of_theirs = ({"field_keys": ring_ids(ring)} for ring in (ours.ring, theirs))

    check_field_keys(of_ours, {"field_keys": ""}, ours)
    check_field_keys(of_theirs, {"field_keys": theirs}, ours)
    check_field_keys({}, {}, ours)
    with pytest.raises(Trouble, match=f"keys that are not here: {ring_ids(theirs)[0]}"):
        check_field_keys(of_theirs, {"field_keys": ""}, ours)
    monkeypatch.setenv("JINGWEI_FIELD_KEYS", theirs)
    check_field_keys(of_theirs, {"field_keys": ""}, ours)
    with pytest.raises(Trouble, match=f"keys that are not here: {ring_ids(ours.ring)[0]}"):
        check_field_keys(of_ours, {"field_keys": ours.ring}, ours)


def test_a_home_of_a_version_that_encrypted_nothing_gets_a_field_key(home):
    write_json(home.secrets, {"signing": "s", "passwords": {}})

    made = Keys.of(home)

    assert (made.signing, Keys.of(home)) == ("s", made)
    assert len(ring_ids(made.ring)) == 1


def test_migrations_of_other_packages_are_theirs_to_know():
    assert unknown_migrations(["auth.9999_whatever", "kernel.0001_initial"]) == []


@pytest.mark.parametrize("name", ["../secrets.json", "attachments/../../etc/passwd", "attachments//etc/passwd"])
def test_attachment_leads_nowhere_else(tmp_path, name):
    with pytest.raises(Trouble, match="not a whole backup"):
        _place(tmp_path, name, tmp_path)


@pytest.fixture
def half_restored(server, home):
    """Old data in place, new data loaded beside it, and the restore decided."""
    name = loaded_name(server)
    for made in (name, f"{server.name}_replaced"):
        run_sql(server.admin, f"DROP DATABASE IF EXISTS {quoted(made)}", apart=True)
    run_sql(server.url(OWNER), "DROP TABLE IF EXISTS fresh", "CREATE TABLE IF NOT EXISTS old (number int)")
    run_sql(server.admin, f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(server.name)} OWNER {OWNER}", apart=True)
    run_sql(server.url(OWNER, name), "DROP TABLE old", "CREATE TABLE fresh (number int)")
    Keys.of(home)
    (home.attachments / "old.jpg").write_text("old")
    unpacked_folder(home).mkdir()
    (unpacked_folder(home) / "new.jpg").write_text("new")
    decide_restore(home, {"signing": "of the backup", "field_keys": "b:backup", "demo_logins": {"api_key": "demo"}})
    return home


def check_restored(home, server):
    names = {name for (name,) in run_sql(server.admin, "SELECT datname FROM pg_database")[0]}
    assert names.isdisjoint({loaded_name(server), f"{server.name}_replaced"})
    run_sql(server.url(OWNER), "SELECT * FROM fresh")
    assert [path.name for path in home.attachments.iterdir()] == ["new.jpg"]
    assert not list(home.path.glob("attachments.*"))
    assert (Keys.of(home).signing, Keys.of(home).ring) == ("of the backup", "b:backup")
    assert read_json(home.demo_logins) == {"api_key": "demo"}
    assert not home.restoring.exists()


def test_restore_puts_the_new_in_place_and_removes_the_old(half_restored, server):
    finish_restore(half_restored, server)

    check_restored(half_restored, server)
    finish_restore(half_restored, server)
    check_restored(half_restored, server)


def after_the_database(home, server):
    aside = f"{server.name}_replaced"
    run_sql(
        server.admin,
        f"ALTER DATABASE {quoted(server.name)} RENAME TO {quoted(aside)}",
        f"ALTER DATABASE {quoted(loaded_name(server))} RENAME TO {quoted(server.name)}",
    )


def between_the_folders(home, server):
    after_the_database(home, server)
    home.attachments.rename(home.path / "attachments.replaced")
    home.prepare()


def after_the_folders(home, server):
    between_the_folders(home, server)
    home.attachments.rmdir()
    unpacked_folder(home).rename(home.attachments)


@pytest.mark.parametrize("moment", [after_the_database, between_the_folders, after_the_folders])
def test_restore_broken_off_is_completed_by_the_next_command(half_restored, server, moment):
    moment(half_restored, server)

    finish_restore(half_restored, server)

    check_restored(half_restored, server)


def test_restore_that_was_not_decided_changes_nothing(home, server):
    (home.attachments / "old.jpg").write_text("old")

    finish_restore(home, server)

    assert (home.attachments / "old.jpg").exists()


def test_file_that_was_cut_short_counts_as_none(home):
    home.state.write_text('{"supervisor": {"pi')

    assert read_json(home.state) == {}


def test_json_is_replaced_whole_and_private(home):
    write_json(home.demo, {"a": 1})
    write_json(home.demo, {"b": "街道"})

    assert read_json(home.demo) == {"b": "街道"}
    assert home.demo.stat().st_mode & 0o777 == 0o600
