"""What the doctor finds in a home and a database that something is wrong with."""

import json
from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest

from jingwei.command import doctor as doctors
from jingwei.command.database import run_sql
from jingwei.command.diagnosis import ask
from jingwei.command.doctor import CHECKS, Patient, doctor, examine
from jingwei.command.keys import OWNER, WEB, Keys
from jingwei.command.layout import write_json


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("JINGWEI_DATABASE_URL", raising=False)


@pytest.fixture
def patient(home, server):
    Keys.of(home)
    return Patient(home, ask(server), state={})


def found(check, patient):
    """What a check says: levels and phrases."""
    return [(level, phrase.removeprefix("doctor_")) for level, phrase, _values in check(patient)]


def test_home_that_was_never_started_is_said_and_is_not_bad(home):
    levels = {(one.check, one.level) for one in examine(home)}

    assert {("keys", "warn"), ("database", "warn"), ("works", "warn")} <= levels
    assert "bad" not in {level for _check, level in levels}


def test_doctor_tells_each_check_once_as_json_and_as_sentences(home, monkeypatch, capsys):
    monkeypatch.setenv("JINGWEI_HOME", str(home.path))

    assert doctor(Namespace(json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert doctor(Namespace(json=False)) == 0
    lines = capsys.readouterr().out.splitlines()

    assert {one["check"] for one in told} <= {check.__name__ for check in CHECKS}
    assert len(lines) == len(told) + 1
    assert "There is no database yet. Run ./jingwei up." in [line[2:] for line in lines]


def test_something_bad_is_the_exit_code(home, monkeypatch, capsys):
    monkeypatch.setenv("JINGWEI_HOME", str(home.path))
    monkeypatch.setenv("JINGWEI_TIME_ZONE", "Mars/Olympus")

    assert doctor(Namespace(json=False)) == 1
    assert "There is no time zone Mars/Olympus" in capsys.readouterr().out


def test_healthy_database_is_well(patient):
    assert found(doctors.roles, patient) == [("ok", "roles")]
    assert found(doctors.clock, patient) == [("ok", "clock")]
    assert ("warn", "database_talks") not in found(doctors.database, patient)


def test_setting_that_risks_data_is_bad(patient):
    assert ("bad", "database_unsafe") in found(doctors.database, patient)  # a throw-away server does without fsync
    assert patient.answers.unsafe_settings == ["fsync", "full_page_writes"]


@pytest.mark.parametrize(
    ("harm", "mend"),
    [
        (f"ALTER ROLE {WEB} BYPASSRLS", f"ALTER ROLE {WEB} NOBYPASSRLS"),
        (f"GRANT {OWNER} TO {WEB}", f"REVOKE {OWNER} FROM {WEB}"),
    ],
)
def test_web_that_may_get_round_the_policies_is_bad(server, patient, harm, mend):
    run_sql(server.admin, harm)
    try:
        patient.answers = ask(server)
    finally:
        run_sql(server.admin, mend)

    assert found(doctors.roles, patient) == [("bad", "roles_mighty")]
    assert patient.answers.mighty_roles == [WEB]


def test_policy_that_is_switched_off_is_bad(server, patient):
    run_sql(
        server.url(OWNER),
        "CREATE TABLE guarded (number int)",
        "CREATE POLICY mine ON guarded USING (true)",
    )
    try:
        patient.answers = ask(server)
    finally:
        run_sql(server.url(OWNER), "DROP TABLE guarded")

    assert found(doctors.roles, patient) == [("bad", "policies_sleep")]
    assert patient.answers.sleeping_policies == ["guarded"]


def test_secrets_that_others_may_read_are_bad(patient):
    assert found(doctors.rights, patient) == [("ok", "rights")]

    patient.home.path.chmod(0o711)  # the way through for the database's own system user
    assert found(doctors.rights, patient) == [("ok", "rights")]
    patient.home.secrets.chmod(0o640)

    assert found(doctors.rights, patient) == [("bad", "rights_open")]


def test_lost_keys_are_bad(patient):
    patient.home.secrets.unlink()
    assert found(doctors.keys, patient) == [("warn", "no_keys")]
    patient.home.cluster.mkdir()

    assert found(doctors.keys, patient) == [("bad", "keys_lost")]


@pytest.mark.parametrize(
    ("age", "expected"), [(None, "no_backup"), (timedelta(hours=2), "backup"), (timedelta(days=3), "backup_old")]
)
def test_backup_is_asked_for_its_age(patient, age, expected):
    if age is not None:
        write_json(patient.home.backups, {"base": (datetime.now(UTC) - age).isoformat()})

    ((_level, phrase),) = found(doctors.backups, patient)
    assert phrase == expected


def test_tables_of_another_version_are_said(patient):
    assert found(doctors.migrations, patient) == [("warn", "not_migrated")]
