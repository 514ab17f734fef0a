"""Returned and recalled: who may be asked again, when a level above decides, and when a reason is needed."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.obstacles import counted_returns
from jingwei.cases.offers import offers
from jingwei.cases.parties import party_groups
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import Refused, clock
from jingwei.people.testing import a_department, a_holder, the_cast
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def above(cast):
    """Who dispatches for the district."""
    return a_holder("dispatcher", ancestor(cast.street, Level.DISTRICT))


def sent_back(case, cast, department, handler, at):
    case = actions.dispatch_case(case, department=department, by=cast.dispatcher, now=at)
    return actions.return_case(case, words="Not ours", by=handler, now=at + MINUTE)


def returned_twice(cast):
    case = a_case("filed", cast=cast)
    case = sent_back(case, cast, cast.department, cast.department_handler, NOW)
    other = a_department(code=cast.street)
    return sent_back(case, cast, other, a_holder("department_handler", other), NOW + 5 * MINUTE), other


def why_not(case, member, verb):
    return next(str(offer.why_not) for offer in offers(case, member) if offer.verb == verb)


def test_the_same_party_is_not_asked_again_at_the_same_level(cast):
    case = sent_back(a_case("filed", cast=cast), cast, cast.department, cast.department_handler, NOW)
    with pytest.raises(Refused, match="has returned the case"):
        actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    with pytest.raises(Refused, match="has returned the case"):
        actions.dispatch_case(case, member=cast.grid_worker, assistants=[cast.department], by=cast.dispatcher)
    names = {party.key: party.why_not for group in party_groups(case, NOW) for party in group.parties}
    assert names[f"d{cast.department.pk}"].startswith("Returned it")


def test_after_two_returns_the_level_above_decides(cast):
    case, _other = returned_twice(cast)
    third = a_department(code=cast.street)
    with pytest.raises(Refused, match="a higher level decides"):
        actions.dispatch_case(case, department=third, by=cast.dispatcher)
    assert "a higher level decides" in why_not(case, cast.dispatcher, "dispatch")
    assert why_not(case, cast.dispatcher, "escalate") == ""


def test_a_higher_level_asks_whomever_it_wants(cast, above):
    case, _other = returned_twice(cast)
    case = actions.escalate_case(case, words="Nobody wants it", by=cast.dispatcher, now=NOW + 10 * MINUTE)
    case = actions.dispatch_case(case, department=cast.department, by=above, now=NOW + 11 * MINUTE)
    assert case.status == "dispatched"


def test_what_a_higher_level_sends_down_may_go_to_the_same_party_and_back_twice_more(cast, above):
    case, other = returned_twice(cast)
    case = actions.escalate_case(case, words="Nobody wants it", by=cast.dispatcher, now=NOW + 10 * MINUTE)
    case = actions.send_down_case(case, level="street", words="Works does it", by=above, now=NOW + 11 * MINUTE)
    assert counted_returns(case, case.assignments.all()) == []
    assert why_not(case, cast.dispatcher, "dispatch") == ""
    case = sent_back(case, cast, cast.department, cast.department_handler, NOW + 12 * MINUTE)
    with pytest.raises(Refused, match="has returned the case"):
        actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    case = sent_back(case, cast, other, a_holder("department_handler", other), NOW + 15 * MINUTE)
    assert "returned 2 times" in why_not(case, cast.dispatcher, "dispatch")


def test_what_was_returned_before_a_reopening_counts_no_more(cast):
    case = sent_back(a_case("filed", cast=cast), cast, cast.department, cast.department_handler, NOW)
    case = actions.dispatch_case(case, member=cast.grid_worker, by=cast.dispatcher, now=NOW + 2 * MINUTE)
    case = actions.report_in_case(case, by=cast.grid_worker, now=NOW + 3 * MINUTE)
    case = actions.handle_case(case, words="Mended", by=cast.grid_worker, now=NOW + 4 * MINUTE)
    case = actions.check_case(case, outcome="solved", by=cast.inspector, now=NOW + 5 * MINUTE)
    case = actions.reopen_case(case, words="Still dark", by=cast.resident, now=NOW + 6 * MINUTE)
    case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher, now=NOW + 7 * MINUTE)
    assert (case.status, case.returns) == ("dispatched", 1)


@pytest.mark.parametrize("minutes", [5, 6])
def test_a_recall_needs_a_reason_after_five_minutes(cast, minutes):
    case = actions.dispatch_case(a_case("filed", cast=cast), department=cast.department, by=cast.dispatcher, now=NOW)
    at = NOW + minutes * MINUTE
    if minutes > 5:
        with pytest.raises(Refused, match="Give the reason"):
            actions.recall_case(case, by=cast.dispatcher, now=at)
    case = actions.recall_case(case, words="Wrong party" if minutes > 5 else "", by=cast.dispatcher, now=at)
    assert case.status == "filed"


def test_a_recall_needs_a_reason_once_somebody_has_reported_in(cast):
    case = a_case("filed", cast=cast)
    case = actions.dispatch_case(
        case, member=cast.grid_worker, assistants=[cast.department], by=cast.dispatcher, now=NOW
    )
    case = actions.join_case(case, by=cast.department_handler, now=NOW + MINUTE)
    with pytest.raises(Refused, match="Give the reason"):
        actions.recall_case(case, by=cast.dispatcher, now=NOW + 2 * MINUTE)
    assert actions.recall_case(case, words="Wrong lead", by=cast.dispatcher, now=NOW + 2 * MINUTE).status == "filed"
