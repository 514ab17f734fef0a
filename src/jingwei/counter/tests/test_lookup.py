"""The look-up: what is found of a number, for whom, and that it is noted."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from jingwei.cases.testing import MONDAY, a_case
from jingwei.counter import actions
from jingwei.counter.lookup import look_up
from jingwei.counter.models import Call
from jingwei.counter.privacy import called
from jingwei.counter.retention import forget_calls, told
from jingwei.counter.telling import tell_callers
from jingwei.counter.testing import a_call
from jingwei.kernel.public import FactRow, clock, opened
from jingwei.notices.public import Notice
from jingwei.people.public import Read, erase_member, export_own, reach_of
from jingwei.people.testing import a_holder, a_resident
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db

MOBILE = "13900001111"


def test_an_account_is_known_by_its_cases(cast, clerk):
    resident = a_resident(phone=MOBILE)
    case = a_case("filed", cast=cast, member_id=resident.pk)
    call = a_call(clerk)

    with opened(reach_of(clerk)):
        found = look_up(call, MOBILE, by=clerk)

    assert (found.has_account, found.cases, found.calls) == (True, [case], [])
    call.refresh_from_db()
    assert (call.phone, call.caller_id) == (MOBILE, resident.pk)
    read = Read.objects.get(kind="counter.caller")
    assert (read.subject_id, read.reader_id, read.reason) == (resident.pk, clerk.pk, "called")


def test_a_number_without_an_account_is_known_by_earlier_calls(cast, clerk):
    before = a_call(clerk, phone="02787654321", words="The lamp is out", place_code=cast.grid)
    before = actions.report_call(before, by=clerk)
    asked = actions.answer_call(a_call(clerk, phone="02787654321", words="When?"), answer="At nine", by=clerk)

    found = look_up(a_call(clerk), "02787654321", by=clerk)

    assert not found.has_account
    assert found.cases == [before.case]
    assert found.calls == [asked, before]
    assert Read.objects.get(kind="counter.caller").subject_id is None


def test_what_lies_elsewhere_is_not_shown(cast, clerk):
    """Neither cases nor calls of the street beside; that there is an account is known everywhere."""
    beside = codes.child(codes.ancestor(cast.street, codes.Level.DISTRICT), 2)
    other = a_holder("call_taker", beside)
    resident = a_resident(phone=MOBILE)
    a_case("filed", cast=cast, member_id=resident.pk)
    a_call(clerk, phone=MOBILE)
    call = a_call(other)

    with opened(reach_of(other)):
        found = look_up(call, MOBILE, by=other)

    assert (found.has_account, found.cases, found.calls) == (True, [], [])


def test_a_number_that_nobody_knows_leaves_no_note(clerk):
    assert look_up(a_call(clerk), MOBILE, by=clerk).is_empty
    assert not Read.objects.exists()


@pytest.mark.parametrize(("verb", "text"), [("handle", "counter.handled"), ("check", "counter.closed")])
def test_those_who_follow_are_told_once(cast, clerk, verb, text):
    case = a_case("dispatched", cast=cast)
    for phone, wants in ((MOBILE, True), (MOBILE, True), ("13900002222", False)):
        actions.follow_call(a_call(clerk, phone=phone, words="Still dark"), case, wants_news=wants, by=clerk)
    fact = FactRow(
        kind="case.moved", data={"case_id": str(case.pk), "verb": verb}, occurred_at=clock.now(), seq=7, code=case.code
    )

    tell_callers(fact)
    tell_callers(fact)

    assert [(one.text, one.phone) for one in Notice.objects.filter(text__startswith="counter.")] == [(text, MOBILE)]


def test_other_moves_and_old_ones_are_told_to_nobody(cast, clerk):
    case = a_case("dispatched", cast=cast)
    actions.follow_call(a_call(clerk, phone=MOBILE), case, wants_news=True, by=clerk)
    about = {"case_id": str(case.pk)}

    tell_callers(FactRow(data=about | {"verb": "report_in"}, occurred_at=clock.now(), seq=1))
    tell_callers(FactRow(data=about | {"verb": "handle"}, occurred_at=clock.now() - timedelta(days=8), seq=2))

    assert not Notice.objects.filter(text__startswith="counter.").exists()


def test_a_year_later_nobody_is_known_by_a_call(clerk, cast):
    with clock.frozen(MONDAY):
        call = a_call(clerk, phone=MOBILE, name="Chen", words="When?", place_code=cast.grid, place="Gate")
        actions.answer_call(call, answer="At nine", by=clerk)
    year = timedelta(days=365)

    assert told(MONDAY + year - timedelta(seconds=1)).count() == 0
    assert list(forget_calls(MONDAY + year)) == [1]
    assert list(forget_calls(MONDAY + year)) == []

    call.refresh_from_db()
    assert (call.phone, call.phone_index, call.name, call.words, call.answer, call.place) == ("", None, "", "", "", "")
    assert (call.outcome, call.started_at) == ("answered", MONDAY)


def test_a_caller_takes_along_what_they_called_about_and_it_goes_with_them(clerk):
    resident = a_resident(phone=MOBILE)
    call = a_call(clerk, words="When?")
    look_up(call, MOBILE, by=clerk)
    call = actions.answer_call(call, answer="At nine", by=clerk)

    assert [(row["Your words"], row["Answer"]) for row in called(resident)] == [("When?", "At nine")]
    assert b"At nine" in ZipFile(BytesIO(export_own(resident))).read("data.json")
    erase_member(resident, by=None)

    call = Call.objects.get(pk=call.pk)
    assert (call.caller_id, call.phone, call.words, call.answer) == (None, "", "", "")
