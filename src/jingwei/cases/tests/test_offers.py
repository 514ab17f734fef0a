"""What is offered, and why not the rest: every move, with the sentence that a person reads."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.offers import MAIN, offers
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.cases.workflow import BUILT, MOVES, Status, possible
from jingwei.kernel.public import NotPermitted, clock, may
from jingwei.people.testing import a_department, a_holder, the_cast

pytestmark = pytest.mark.django_db
VERBS = [verb for verb in BUILT if verb != "report" and MOVES[verb].is_offered]


@pytest.fixture
def cast():
    return the_cast()


def why_not(case, member, now=None):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member, now)}


def test_every_built_move_is_offered_or_explained_once(cast):
    case = a_case(cast=cast)
    assert sorted(offer.verb for offer in offers(case, cast.grid_worker)) == sorted(VERBS)


@pytest.mark.parametrize("status", ["reported", "filed", "dispatched", "in_hand", "handled", "closed"])
def test_the_likeliest_moves_come_first_and_are_possible_there(cast, status):
    case = a_case(status, cast=cast)
    order = [offer.verb for offer in offers(case, cast.dispatcher)]
    main = MAIN[Status(status)]
    assert tuple(order[: len(main)]) == main
    assert set(main) <= {move.verb for move in possible(status)}


def test_what_is_offered_is_what_may_be_done(cast):
    for status in ("reported", "filed", "dispatched", "in_hand", "handled", "closed"):
        case = a_case(status, cast=cast)
        here = {move.verb for move in possible(status)}
        for member in (
            cast.resident,
            cast.grid_worker,
            cast.community_officer,
            cast.dispatcher,
            cast.department_handler,
        ):
            for offer in offers(case, member):
                if offer.is_open:
                    assert offer.verb in here
                    assert may(member, f"cases.{offer.verb}", case)


def test_at_the_top_there_is_nobody_to_escalate_to(cast):
    case = actions.escalate_case(a_case("filed", cast=cast), words="Too large", by=cast.dispatcher)
    district = a_holder("dispatcher", cast.street - cast.street % 10**12)
    assert "nobody above" in why_not(case, district)["escalate"]
    assert why_not(case, district)["send_down"] == ""


def test_the_lowest_level_sends_nothing_down(cast):
    case = a_case("filed", cast=cast)
    assert why_not(case, cast.dispatcher)["send_down"] == ""
    case = actions.send_down_case(case, level="grid", words="Yours", by=cast.dispatcher)
    assert "nobody to send it down to" in why_not(case, cast.grid_worker)["send_down"]


def test_after_two_returns_only_a_higher_level_dispatches(cast):
    case = a_case("dispatched", cast=cast)
    case = actions.return_case(case, words="Not ours", by=cast.department_handler)
    assert why_not(case, cast.dispatcher)["dispatch"] == ""
    other = a_department()
    case = actions.dispatch_case(case, department=other, by=cast.dispatcher)
    case = actions.return_case(case, words="Nor ours", by=a_holder("department_handler", other))
    assert "higher level decides" in why_not(case, cast.dispatcher)["dispatch"]


def test_a_rating_is_not_offered_twice_nor_too_late(cast):
    case = a_case("closed", cast=cast)
    assert why_not(case, cast.resident, MONDAY + timedelta(days=1))["rate"] == ""
    assert "15 days" in why_not(case, cast.resident, MONDAY + timedelta(days=16))["rate"]
    case = actions.rate_case(case, grade=4, by=cast.resident, now=MONDAY + timedelta(days=1))
    assert "already" in why_not(case, cast.resident, MONDAY + timedelta(days=2))["rate"]


def test_a_third_reopening_is_not_offered(cast):
    case = a_case("closed", cast=cast)
    for day in (1, 2):
        assert why_not(case, cast.resident)["reopen"] == ""
        with clock.frozen(MONDAY + timedelta(days=day)):
            case = actions.reopen_case(case, words="Out again", by=cast.resident)
            for verb in ("dispatch", "report_in", "handle", "check"):
                case = make(verb, case, cast)
    assert "review meeting" in why_not(case, cast.resident)["reopen"]


def test_a_street_s_class_is_not_the_grid_worker_s_to_end(cast):
    case = a_case("filed", cast=cast)
    assert "belongs to the level “Street”" in why_not(case, cast.grid_worker)["solve"]
    with pytest.raises(NotPermitted, match="belongs to the level “Street”"):
        actions.solve_case(case, words="Done", by=cast.grid_worker)
