"""Calls: how they begin, wait, end and are wrapped up; what is kept of them and of whom."""

from datetime import timedelta

import pytest

from jingwei.cases.public import Case
from jingwei.cases.testing import MONDAY, a_case, report_of, words_of
from jingwei.counter import actions
from jingwei.counter.models import Call
from jingwei.counter.testing import a_call
from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock
from jingwei.notices.public import Notice
from jingwei.people.testing import a_holder, a_resident, check_both_faces
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db

MOBILE = "13900001111"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(cast):
    """A call in which all has been said that a report needs."""

    def tell(clerk, **more):
        said = {"phone": MOBILE, "name": "Chen", "words": "The lamp is out", "place_code": cast.grid, "place": "Gate"}
        return a_call(clerk, **said | more)

    return tell


def facts(kind):
    return list(FactRow.objects.filter(kind=kind).values_list("data", flat=True))


def test_whoever_has_no_counter_takes_no_calls(cast):
    with pytest.raises(NotPermitted):
        actions.begin_call("phone", by=cast.inspector)


def test_a_call_becomes_a_case_whose_reporter_is_told(told, clerk):
    call = actions.report_call(told(clerk), by=clerk)

    report = report_of(call.case)
    assert (call.state, call.outcome, call.words) == ("wrapping", "reported", "")
    assert (report.name, report.phone, report.sender_id, report.member_id) == ("Chen", MOBILE, clerk.pk, None)
    assert call.case.channel == "hotline"
    assert words_of(call.case) == ["The lamp is out"]
    assert [(one.text, one.phone) for one in Notice.objects.all()] == [("counter.taken", MOBILE)]


def test_a_walk_in_s_case_came_over_the_counter(told, clerk):
    assert actions.report_call(told(clerk, way="walk_in"), by=clerk).case.channel == "counter"


def test_whoever_has_an_account_finds_the_case_there(told, clerk):
    resident = a_resident(phone=MOBILE)

    call = actions.report_call(told(clerk), by=clerk)

    assert report_of(call.case).member_id == resident.pk
    assert call.caller_id == resident.pk
    assert [one.member_id for one in Notice.objects.all()] == [resident.pk]


def test_on_behalf_the_report_is_theirs_and_the_call_the_caller_s(told, clerk):
    neighbour = a_resident(phone="13900002222")
    call = told(clerk, is_on_behalf=True, for_name="Old Wang", for_phone="13900002222")

    call = actions.report_call(call, by=clerk)

    report = report_of(call.case)
    assert (report.name, report.phone, report.member_id) == ("Old Wang", "13900002222", neighbour.pk)
    assert (call.name, call.phone, call.caller_id) == ("Chen", MOBILE, None)
    assert (call.for_name, call.for_phone) == ("", "")


@pytest.mark.parametrize(("missing", "mend"), [("place_code", "Choose where"), ("words", "Say in a few words")])
def test_what_is_missing_is_said_and_the_call_goes_on(told, clerk, missing, mend):
    call = told(clerk, **{missing: None if missing == "place_code" else ""})

    with pytest.raises(Refused, match=mend):
        actions.report_call(call, by=clerk)

    call.refresh_from_db()
    assert (call.state, call.name) == ("open", "Chen")
    assert not Case.objects.exists()


def test_the_same_call_reports_once(told, clerk):
    call = told(clerk)
    actions.report_call(call, by=clerk)

    with pytest.raises(Refused, match="has ended"):
        actions.report_call(call, by=clerk)

    assert Case.objects.count() == 1


def test_an_answer_closes_without_a_case(told, clerk):
    call = actions.answer_call(told(clerk), answer=" The office opens at nine. ", by=clerk)

    assert (call.outcome, call.answer, call.case) == ("answered", "The office opens at nine.", None)
    assert not Case.objects.exists()


def test_an_answer_needs_what_was_asked_and_what_was_said(told, clerk):
    call = told(clerk, words="")

    with pytest.raises(Refused, match="what was answered"):
        actions.answer_call(call, answer=" ", by=clerk)
    with pytest.raises(Refused, match="what was asked"):
        actions.answer_call(call, answer="At nine", by=clerk)


def test_a_caller_follows_a_case_that_is_known(told, clerk, cast):
    case = a_case("dispatched", cast=cast)

    call = actions.follow_call(told(clerk), case, wants_news=True, by=clerk)

    assert (call.outcome, call.case_id, call.wants_news) == ("followed", case.pk, True)
    assert Case.objects.count() == 1


def test_news_need_a_way_to_tell_them(told, clerk, cast):
    case = a_case("dispatched", cast=cast)

    with pytest.raises(Refused, match="mobile number"):
        actions.follow_call(told(clerk, phone="02787654321"), case, wants_news=True, by=clerk)


def test_of_a_call_broken_off_nothing_is_kept(told, clerk):
    call = actions.drop_call(told(clerk), by=clerk)

    assert (call.outcome, call.name, call.phone, call.words, call.place_code) == ("dropped", "", "", "", None)
    call.refresh_from_db()
    assert call.phone_index is None


def test_waiting_does_not_count_as_speaking(clerk):
    with clock.frozen(MONDAY):
        call = a_call(clerk, words="When do you open?")
    actions.park_call(call, by=clerk, now=MONDAY + 2 * MINUTE)
    actions.park_call(call, by=clerk, now=MONDAY + 3 * MINUTE)
    actions.resume_call(call, by=clerk, now=MONDAY + 7 * MINUTE)
    call = actions.answer_call(call, answer="At nine", by=clerk, now=MONDAY + 8 * MINUTE)
    call = actions.wrap_call(call, note="Tell the team", by=clerk, now=MONDAY + 10 * MINUTE)

    assert (call.talked(MONDAY), call.wrapped(MONDAY)) == (3 * MINUTE, 2 * MINUTE)
    assert (call.state, call.note) == ("done", "Tell the team")
    assert [one["is_parked"] for one in facts("counter.call_parked")] == [True, False]
    assert [one["seconds"] for one in facts("counter.call_ended")] == [180]
    assert [one["seconds"] for one in facts("counter.call_wrapped")] == [120]


def test_ending_a_parked_call_ends_the_waiting(clerk):
    with clock.frozen(MONDAY):
        call = a_call(clerk)
    actions.park_call(call, by=clerk, now=MONDAY + MINUTE)

    call = actions.drop_call(call, by=clerk, now=MONDAY + 5 * MINUTE)

    assert (call.parked_at, call.talked(MONDAY)) == (None, MINUTE)


def test_an_open_call_cannot_be_wrapped_up(clerk):
    with pytest.raises(Refused, match="what became"):
        actions.wrap_call(a_call(clerk), by=clerk)


def test_wrapping_up_twice_is_wrapping_up_once(clerk):
    call = actions.drop_call(a_call(clerk), by=clerk)

    first = actions.wrap_call(call, note="a", by=clerk)
    again = actions.wrap_call(call, note="b", by=clerk)

    assert (again.note, again.wrapped_at) == ("a", first.wrapped_at)


def test_only_so_many_calls_are_open_at_once(clerk):
    for _at in range(8):
        a_call(clerk)

    with pytest.raises(Refused, match="8 calls"):
        a_call(clerk)


def test_another_clerk_does_not_write_in_a_call(cast, clerk):
    with pytest.raises(NotPermitted):
        actions.write_call(a_call(clerk), words="x", by=a_holder("call_taker", cast.street))


def test_a_call_takes_only_what_a_call_has(clerk):
    with pytest.raises(ValueError, match="outcome"):
        actions.write_call(a_call(clerk), outcome="answered", by=clerk)


def test_facts_tell_no_words(told, clerk):
    actions.answer_call(told(clerk), answer="At nine", by=clerk)

    said = str(list(FactRow.objects.filter(kind__startswith="counter.").values_list("data", flat=True)))
    assert "Chen" not in said
    assert MOBILE not in said
    assert "lamp" not in said


@pytest.mark.parametrize("name", ["counter.take", "counter.work", "counter.receive", "counter.see"])
def test_permits_agree_with_themselves(cast, clerk, name):
    beside = a_holder("call_taker", codes.child(codes.ancestor(cast.street, codes.Level.DISTRICT), 2))
    calls = [a_call(clerk), a_call(beside)]
    Call.objects.filter(pk=calls[0].pk).update(to_member=cast.dispatcher)
    Call.objects.filter(pk=calls[1].pk).update(to_department=cast.department)

    held, refused = check_both_faces(name, Call, [clerk, beside, cast.dispatcher, cast.department_handler])

    assert held
    assert refused
