"""Accounts are emptied: asked for, unused for long, or brought back by a restore. Then nothing names anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from jingwei.kernel.public import NotPermitted, Refused, clock, due_all, forget_all
from jingwei.people import erasing
from jingwei.people.actions import close_member
from jingwei.people.actions.erasure import correct_name, erase_member, repeat_erasures
from jingwei.people.erasing import Eraser, keep_ledger, ledger_file, read_ledger
from jingwei.people.models import Member, RateCounter, Read, Session, SignInCode
from jingwei.people.personal import ACCOUNTS, READS
from jingwei.people.retention import count_accounts, forget_accounts, unused_accounts
from jingwei.people.sessions import SessionStore
from jingwei.people.signin import send_code, sign_in_by_code
from jingwei.people.testing import a_member, a_posting, a_resident
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
PHONE = "13912345172"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def home(surroundings, tmp_path):
    surroundings(HOME=str(tmp_path))


@pytest.fixture
def obstacle(monkeypatch):
    """Says what stands in the way of everybody; empty: nothing."""
    said = []
    monkeypatch.setattr(erasing, "_erasers", [Eraser(lambda _member: said[0] if said else None, lambda _member: None)])
    return said


def test_an_erased_account_names_nobody_and_lets_nobody_in(sent, surroundings, tmp_path):
    surroundings(HOME=str(tmp_path), SMS_SENDER="console")
    resident = a_resident("Li Hua", phone=PHONE)
    SessionStore().begin(resident, "Firefox")
    send_code(PHONE, address="", now=NOON)

    erase_member(resident, by=resident, now=NOON)

    row = Member.objects.values().get(pk=resident.pk)
    assert (row["name"], row["username"], row["phone"], row["phone_index"]) == ("—", None, None, None)
    assert (row["is_active"], row["erased_at"]) == (False, NOON)
    assert not Member.objects.with_phone(PHONE).exists()
    assert not Session.objects.exists()
    assert not SignInCode.objects.exists()


def test_whoever_was_erased_may_come_again_as_somebody_new(sent, surroundings, tmp_path):
    surroundings(HOME=str(tmp_path), SMS_SENDER="console")
    first = a_resident(phone=PHONE)
    erase_member(first, by=first, now=NOON)
    send_code(PHONE, address="", now=NOON)

    assert sign_in_by_code(PHONE, sent(), now=NOON).pk != first.pk


def test_an_open_matter_stands_in_the_way(obstacle):
    resident = a_resident("Li Hua")
    obstacle.append("Case 1 is still open.")

    with pytest.raises(Refused, match="Case 1 is still open"):
        erase_member(resident, by=resident)
    assert Member.objects.get(pk=resident.pk).name == "Li Hua"


def test_staff_do_not_erase_themselves_and_nobody_erases_another():
    worker, resident = a_member(), a_resident()

    with pytest.raises(Refused, match="three years"):
        erase_member(worker, by=worker)
    with pytest.raises(Refused, match="three years"):
        erase_member(resident, by=worker)


def test_a_resident_corrects_their_name_and_staff_do_not(obstacle):
    resident, worker = a_resident("Li Huo"), a_member()

    correct_name(resident, "  Li   Hua ", by=resident)

    assert Member.objects.get(pk=resident.pk).name == "Li Hua"
    for name, why in (("  ", "Write a name"), ("x" * 61, "60 characters")):
        with pytest.raises(Refused, match=why):
            correct_name(resident, name, by=resident)
    with pytest.raises(NotPermitted):
        correct_name(worker, "The boss", by=worker)
    officer = a_posting("security_officer", codes.make(990101)).member
    correct_name(worker, "Wu Fang", by=officer)
    assert Member.objects.get(pk=worker.pk).name == "Wu Fang"


def test_unused_accounts_are_emptied_after_three_years_and_others_are_not(obstacle):
    with clock.frozen(NOON):
        gone, stays, closed, at_work = a_resident(), a_resident(), a_member(), a_member()
        close_member(closed, by=None)
    Member.objects.filter(pk=stays.pk).update(seen_on=(NOON + DAY).date())
    now = NOON + ACCOUNTS.period

    assert not unused_accounts(now - DAY).exists()
    assert count_accounts(now) == 2
    assert sum(forget_accounts(now)) == 2
    assert sum(forget_accounts(now)) == 0

    erased = set(Member.objects.exclude(erased_at=None).values_list("pk", flat=True))
    assert erased == {gone.pk, closed.pk}
    assert at_work.pk not in erased


def test_an_unused_account_with_an_open_matter_waits(obstacle):
    with clock.frozen(NOON):
        a_resident()
    obstacle.append("Case 1 is still open.")

    assert sum(forget_accounts(NOON + ACCOUNTS.period)) == 0
    obstacle.clear()
    assert sum(forget_accounts(NOON + ACCOUNTS.period)) == 1


def test_who_was_erased_after_a_backup_is_erased_again_after_its_restore(django_capture_on_commit_callbacks, capsys):
    resident, neighbour = a_resident("Li Hua", phone=PHONE), a_resident("Wang")
    kept = Member.objects.values().get(pk=resident.pk)
    with django_capture_on_commit_callbacks(execute=True):
        erase_member(resident, by=resident, now=NOON)
    Member.objects.filter(pk=resident.pk).update(**kept)  # the backup is back
    assert Member.objects.get(pk=resident.pk).name == "Li Hua"

    call_command("repeat_erasures")

    assert capsys.readouterr().out == "1 erased again, 0 wait until their case is closed\n"
    assert Member.objects.get(pk=resident.pk).name == "—"
    assert Member.objects.get(pk=neighbour.pk).name == "Wang"
    assert repeat_erasures() == (0, 0)


def test_the_ledger_names_nobody_and_strikes_no_stranger(django_capture_on_commit_callbacks):
    resident = a_resident("Li Hua", phone=PHONE)
    kept = Member.objects.values().get(pk=resident.pk)
    with django_capture_on_commit_callbacks(execute=True):
        erase_member(resident, by=resident, now=NOON)
    written = ledger_file().read_text()
    assert "Li" not in written
    assert PHONE not in written
    assert ledger_file().stat().st_mode & 0o077 == 0
    # After a restore a newcomer may get the id of somebody who had registered since the backup.
    Member.objects.filter(pk=resident.pk).update(**{**kept, "created_at": NOON, "name": "Somebody else"})

    assert repeat_erasures() == (0, 0)
    assert Member.objects.get(pk=resident.pk).name == "Somebody else"


def test_the_ledger_keeps_those_whom_the_database_forgot():
    ledger_file().parent.mkdir(parents=True, exist_ok=True)
    ledger_file().write_text('{"7": "2026-03-02T04:00:00+00:00"}')
    resident = a_resident()
    erase_member(resident, by=resident)

    keep_ledger()

    assert set(read_ledger()) == {7, resident.pk}


@pytest.mark.role("jw_worker")
def test_what_has_run_out_is_forgotten_and_the_rest_is_kept(sent, surroundings, tmp_path):
    surroundings(HOME=str(tmp_path), SMS_SENDER="console")
    reader = a_member()
    for begun_at, phone in ((NOON, "13800000000"), (NOON + timedelta(days=7, minutes=-5), "13900000000")):
        with clock.frozen(begun_at):
            SessionStore().begin(a_member(), "Firefox")
            send_code(phone, address=phone)
    for read_at in (NOON + 7 * DAY - READS.period, NOON):
        Read.objects.create(kind="people.log", reader=reader, reason="audit", read_at=read_at)
    now = NOON + 7 * DAY
    due = due_all(now)

    gone = forget_all(now)

    went = {key: amount for key, amount in gone.items() if key.startswith("people.")}
    assert {went[f"people.{key}"] for key in ("sessions", "codes", "reads")} == {1}
    assert {key: due[key] for key in went} == went
    assert Session.objects.get().created_at > NOON
    assert SignInCode.objects.get() == SignInCode.objects.of("13900000000").get()
    assert Read.objects.get().read_at == NOON
    assert set(RateCounter.objects.values_list("latest_at", flat=True)) == {NOON + timedelta(days=7, minutes=-5)}
