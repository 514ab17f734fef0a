"""The whistle: a community calls departments to the place, and each reports in there within half an hour."""

from datetime import timedelta

import pytest

from jingwei.calendars.public import calendars
from jingwei.cases import actions
from jingwei.cases.models import Case, DocketEntry, Stage, Step
from jingwei.cases.offers import offers
from jingwei.cases.progress import read_record
from jingwei.cases.reckoning import reckonings
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.kernel.testing import settle
from jingwei.notices.public import Notice
from jingwei.people.testing import a_department, a_holder, the_cast

pytestmark = pytest.mark.django_db
NIGHT = MONDAY + timedelta(hours=12)  # nine in the evening
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NIGHT):
        yield


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def other(cast):
    return a_department(code=cast.street)


def near(cast):
    """Filed, with a point, and the community answers for it."""
    case = a_case("filed", cast=cast, longitude=120.1, latitude=30.2)
    return actions.send_down_case(case, level="community", words="Yours", by=cast.dispatcher)


def called(cast, other, case=None):
    case = case or near(cast)
    return actions.whistle_case(
        case, lead=cast.department, others=[other], words="A pipe has burst", by=cast.community_officer
    )


def test_everyone_is_sent_a_part_and_has_half_an_hour_by_day_and_night(cast, other):
    case = called(cast, other)
    parts = {part.department_id: part for part in case.assignments.all()}
    assert case.status == "dispatched"
    assert (parts[cast.department.pk].role, parts[other.pk].role) == ("lead", "assist")
    assert all(part.is_whistled for part in parts.values())
    stage = Stage.objects.get(case=case, ended_at=None)
    assert stage.due_at == parts[other.pk].accept_by == NIGHT + HALF_AN_HOUR
    dues = DocketEntry.objects.filter(case=case, holder="d", is_party=True).values_list("due_at", flat=True)
    assert set(dues) == {NIGHT + HALF_AN_HOUR}
    explained = reckonings(read_record(case, NIGHT), calendars(), "Hetang")[1]
    assert "half an hour" in explained.note


def test_who_had_it_before_no_longer_has_it(cast, other):
    case = actions.dispatch_case(near(cast), member=cast.grid_worker, by=cast.community_officer)
    case = called(cast, other, case)
    assert case.assignments.get(member=cast.grid_worker).status == "recalled"
    assert Stage.objects.get(case=case, ended_at=None).due_at == NIGHT + HALF_AN_HOUR
    assert Stage.objects.filter(case=case, name="accept").count() == 2


def test_who_reports_in_says_where_and_only_the_distance_is_kept(cast, other):
    case = called(cast, other)
    with pytest.raises(Refused, match="Say where you are"):
        actions.report_in_case(case, by=cast.department_handler)
    case = actions.report_in_case(case, at=(120.1005, 30.2), by=cast.department_handler)
    step = Step.objects.filter(case=case).latest("pk")
    assert step.detail == {"metres": 48}
    handler = a_holder("department_handler", other)
    with pytest.raises(Refused, match="Say where you are"):
        actions.join_case(case, by=handler)
    case = actions.join_case(case, words="At the corner, by gate 2", by=handler)
    assert case.status == "in_hand"


def test_a_whistle_takes_two_departments_each_once(cast):
    for others in ([], [cast.department]):
        with pytest.raises(Refused, match="two departments at least"):
            actions.whistle_case(
                near(cast), lead=cast.department, others=others, words="Burst", by=cast.community_officer
            )


def test_only_an_officer_of_the_community_calls_and_only_while_it_answers(cast, other):
    case = near(cast)
    with pytest.raises(NotPermitted):
        actions.whistle_case(case, lead=cast.department, others=[other], words="Burst", by=cast.dispatcher)
    higher = a_case("filed", cast=cast)
    why = {offer.verb: str(offer.why_not) for offer in offers(higher, cast.community_officer)}
    assert "a community calls nobody to it any more" in why["whistle"]
    assert {offer.verb: offer.is_open for offer in offers(case, cast.community_officer)}["whistle"]


def test_who_returned_it_is_not_called_again(cast, other):
    case = actions.dispatch_case(near(cast), department=other, by=cast.community_officer)
    handler = a_holder("department_handler", other)
    case = actions.return_case(case, words="Not ours", by=handler, now=NIGHT + HALF_AN_HOUR)
    with pytest.raises(Refused, match="has returned the case"):
        called(cast, other, case)


@pytest.mark.role("jw_worker")
def test_those_who_are_called_are_told_and_those_who_had_it_too(cast, other):
    case = actions.dispatch_case(near(cast), member=cast.grid_worker, by=cast.community_officer)
    settle()
    called(cast, other, Case.objects.get(pk=case.pk))
    settle()
    told = [one.text for one in Notice.objects.of(cast.department_handler)]
    assert told == ["cases.whistled"]
    assert "cases.recalled" in [one.text for one in Notice.objects.of(cast.grid_worker)]


def test_what_was_suspended_before_anybody_came_has_what_was_left(cast, other):
    case = called(cast, other)
    leader = a_holder("leader", cast.street)
    asked = {"reason": "season", "until": NIGHT + timedelta(days=3), "words": "Storm"}
    case = actions.ask_suspension_case(case, **asked, by=cast.department_handler, now=NIGHT + HALF_AN_HOUR / 3)
    case = actions.suspend_case(case, **asked, by=leader, now=NIGHT + HALF_AN_HOUR / 3)
    case = actions.resume_case(case, by=cast.department_handler, now=NIGHT + timedelta(days=2) + HALF_AN_HOUR / 3)
    later = NIGHT + timedelta(days=2) + HALF_AN_HOUR
    assert Stage.objects.get(case=case, ended_at=None).due_at == later
    assert case.assignments.get(role="assist").accept_by == later
