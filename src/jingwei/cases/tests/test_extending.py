"""More time: asked for by the party, granted once by whoever dispatched it, seen by the reporter."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.models import DocketEntry, Errand, Stage
from jingwei.cases.offers import offers
from jingwei.cases.progress import Reader, entries, read_record
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def cast():
    return the_cast()


def asked(cast):
    case = a_case("in_hand", cast=cast)
    return actions.ask_extension_case(
        case, until=case.due_at + 2 * DAY, words="The part is late", by=cast.department_handler
    )


def why_not(case, member):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member)}


def test_a_request_waits_with_whoever_answers_for_the_case_and_moves_no_date(cast):
    case = asked(cast)

    waiting = DocketEntry.objects.filter(case=case, tray="extend")
    assert {entry.holder_id for entry in waiting} == {cast.street, cast.street // 10**12 * 10**12}
    assert case.extended_from is None
    assert Stage.objects.get(case=case, ended_at=None).due_at == case.due_at


def test_what_is_granted_moves_promise_and_stage_and_the_reporter_sees_both_dates(cast):
    case = asked(cast)
    first, until = case.due_at, case.due_at + 2 * DAY

    case = actions.extend_case(case, until=until, words="It has to come by ship", by=cast.dispatcher)

    assert (case.due_at, case.extended_from) == (until, first)
    assert Stage.objects.get(case=case, ended_at=None).due_at == until
    assert Errand.objects.get(case=case).verdict == "granted"
    assert not DocketEntry.objects.filter(case=case, tray="extend").exists()
    line = entries(read_record(case, NOW), NOW, member_id=cast.resident.pk, reader=Reader.REPORTER)
    told = [entry.said for entry in line if str(entry.verb) == "Extend"]
    assert len(told) == 1
    assert told[0].endswith("It has to come by ship")
    assert "before that by" in told[0]
    assert not any("The part is late" in entry.said for entry in line)


def test_a_promise_is_extended_once(cast):
    case = asked(cast)
    with pytest.raises(Refused, match="asked for already"):
        actions.ask_extension_case(case, until=case.due_at + DAY, words="Still", by=cast.department_handler)
    case = actions.extend_case(case, until=case.due_at + DAY, by=cast.dispatcher)
    with pytest.raises(Refused, match="extended once"):
        actions.ask_extension_case(case, until=case.due_at + DAY, words="Still", by=cast.department_handler)
    assert "extended once" in why_not(case, cast.department_handler)["ask_extension"]


def test_what_is_refused_leaves_the_date_and_may_be_asked_again(cast):
    case = asked(cast)
    due = case.due_at
    case = actions.refuse_extension_case(case, words="It cannot wait", by=cast.dispatcher)
    assert (case.due_at, case.extended_from) == (due, None)
    assert why_not(case, cast.department_handler)["ask_extension"] == ""
    assert why_not(case, cast.dispatcher)["extend"] == "Nobody has asked for more time."


def test_a_date_that_is_no_later_is_refused(cast):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(Refused, match="after the one that was promised"):
        actions.ask_extension_case(case, until=case.due_at, words="Late", by=cast.department_handler)


def test_the_party_asks_and_the_level_that_answers_decides(cast):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(NotPermitted):
        actions.ask_extension_case(case, until=case.due_at + DAY, words="Late", by=cast.dispatcher)
    case = asked(cast)
    with pytest.raises(NotPermitted):
        actions.extend_case(case, until=case.due_at + DAY, by=cast.department_handler)


def test_nobody_decides_any_more_on_time_for_what_is_done(cast):
    case = make("handle", asked(cast), cast)
    assert Errand.objects.get(case=case).verdict == "lapsed"
    assert not DocketEntry.objects.filter(case=case, tray="extend").exists()


def test_a_reopened_case_has_a_new_promise_that_may_be_extended_anew(cast):
    case = actions.extend_case(asked(cast), until=MONDAY + 30 * DAY, by=cast.dispatcher)
    case = make("check", make("handle", case, cast), cast)
    case = actions.reopen_case(case, words="Still dark", by=cast.resident)
    assert case.extended_from is None
    assert case.due_at < MONDAY + 30 * DAY
