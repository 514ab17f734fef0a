"""Assistants: called in beside the lead, each with its own part and its own clock."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.models import Assignment, Case, DocketEntry, Step
from jingwei.cases.offers import offers
from jingwei.cases.sheet import Sheet
from jingwei.cases.testing import MONDAY, a_case, make, verbs_of
from jingwei.kernel.public import NotPermitted, Refused, clock, may
from jingwei.people.testing import a_department, a_holder, the_cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def pumps(cast):
    return a_department("Pumps", code=cast.street)


@pytest.fixture
def pumper(pumps):
    return a_holder("department_handler", pumps)


def sent(cast, *assistants, at=MONDAY + HOUR):
    case = a_case("filed", cast=cast)
    with clock.frozen(at):
        return actions.dispatch_case(case, department=cast.department, assistants=assistants, by=cast.dispatcher)


def part_of(case, department):
    return Assignment.objects.get(case=case, department=department)


def entry_of(case, department):
    return DocketEntry.objects.get(case=case, holder="d", holder_id=department.pk)


def test_each_assistant_gets_a_part_with_an_hour_of_work_to_report_in(cast, pumps):
    case = sent(cast, pumps)

    part = part_of(case, pumps)
    assert (part.role, part.status, part.accept_by) == ("assist", "sent", MONDAY + 2 * HOUR)
    entry = entry_of(case, pumps)
    assert (entry.tray, entry.is_party, entry.due_at) == ("accept", True, MONDAY + 2 * HOUR)
    assert Step.objects.get(case=case, verb="dispatch").detail["assistants"] == [f"d{pumps.pk}"]


def test_what_the_assistant_has_taken_on_is_due_with_the_promise_and_the_lead_goes_by_the_stage(cast, pumps, pumper):
    case = actions.join_case(sent(cast, pumps), by=pumper, now=MONDAY + HOUR)

    assert case.status == "dispatched"
    part = part_of(case, pumps)
    assert (part.status, part.handler, part.accepted_at) == ("accepted", pumper, MONDAY + HOUR)
    assert (entry_of(case, pumps).tray, entry_of(case, pumps).due_at) == ("hand", case.due_at)
    assert entry_of(case, cast.department).due_at == MONDAY + 2 * HOUR
    parties = {party.name: party.due_at for party in Sheet(case, cast.dispatcher, MONDAY + HOUR).parties}
    assert parties == {"Pumps": case.due_at, cast.department.name: MONDAY + 2 * HOUR}


def test_the_lead_is_done_only_once_the_assistants_are(cast, pumps, pumper):
    case = actions.join_case(make("report_in", sent(cast, pumps), cast), by=pumper)
    with pytest.raises(Refused, match="1 assistant is not done yet"):
        make("handle", case, cast)
    why = {offer.verb: str(offer.why_not) for offer in offers(case, cast.department_handler)}
    assert why["handle"].startswith("1 assistant is not done yet")

    case = make("handle", actions.finish_case(case, words="Pumped dry", by=pumper), cast)

    assert case.status == "handled"
    assert part_of(case, pumps).status == "done"
    assert verbs_of(case)[-3:] == ["join", "finish", "handle"]


def test_the_released_no_longer_hold_up_the_lead_and_no_longer_see_it_on_their_docket(cast, pumps, pumper):
    case = make("report_in", sent(cast, pumps), cast)

    case = actions.change_assistant_case(
        case, release=[f"d{pumps.pk}"], words="The rain has stopped", by=cast.dispatcher
    )

    assert part_of(case, pumps).status == "released"
    assert not DocketEntry.objects.filter(case=case, holder="d", holder_id=pumps.pk).exists()
    assert not may(pumper, "cases.join", case)
    assert make("handle", case, cast).status == "handled"


def test_others_are_called_in_while_the_work_goes_on(cast, pumps):
    case = make("report_in", sent(cast), cast)
    case = actions.change_assistant_case(case, add=[pumps], words="It rains again", by=cast.dispatcher)
    assert part_of(case, pumps).status == "sent"
    with pytest.raises(Refused, match="has a part of this case already"):
        actions.change_assistant_case(case, add=[pumps], words="Once more", by=cast.dispatcher)
    with pytest.raises(Refused, match="Choose whom"):
        actions.change_assistant_case(case, words="Nobody", by=cast.dispatcher)


def test_an_assistant_who_gives_back_its_part_is_not_asked_again_at_this_level(cast, pumps, pumper):
    case = actions.decline_case(sent(cast, pumps), words="No pumps here", by=pumper)

    assert (case.status, case.returns, part_of(case, pumps).status) == ("dispatched", 0, "returned")
    with pytest.raises(Refused, match="has returned the case"):
        actions.change_assistant_case(case, add=[pumps], words="Please", by=cast.dispatcher)


@pytest.mark.parametrize(("verb", "left"), [("return", "released"), ("recall", "recalled"), ("escalate", "recalled")])
def test_where_nobody_leads_nobody_assists(cast, pumps, verb, left):
    case = sent(cast, pumps)
    by = cast.department_handler if verb == "return" else cast.dispatcher
    action = {"return": actions.return_case, "recall": actions.recall_case, "escalate": actions.escalate_case}[verb]

    case = action(case, words="Not so", by=by)

    assert (case.status, part_of(case, pumps).status) == ("filed", left)
    assert not DocketEntry.objects.filter(case=case, is_party=True).exists()


def test_lead_and_assistant_each_do_their_own(cast, pumps, pumper):
    case = sent(cast, pumps)
    with pytest.raises(NotPermitted):
        actions.report_in_case(case, by=pumper)
    with pytest.raises(NotPermitted):
        actions.join_case(case, by=cast.department_handler)
    with pytest.raises(NotPermitted):
        actions.finish_case(case, words="Done", by=pumper)  # not reported in yet


def test_nobody_is_sent_it_twice(cast, pumps):
    with pytest.raises(Refused, match="named twice"):
        sent(cast, pumps, pumps)
    with pytest.raises(Refused, match="named twice"):
        sent(cast, cast.department)
    case = sent(cast, pumps)
    with pytest.raises(Refused, match="assists already"):
        actions.pass_on_case(case, department=pumps, words="Yours now", by=cast.dispatcher)


def test_a_department_that_assists_one_of_its_teams_is_a_party_on_its_docket(cast):
    team = a_department("Team", code=cast.street, parent=cast.department)
    case = a_case("filed", cast=cast)
    case = actions.dispatch_case(case, department=team, assistants=[cast.department], by=cast.dispatcher)
    assert entry_of(case, cast.department).is_party
    assert may(cast.department_handler, "cases.join", case)


def test_a_department_outside_the_place_cannot_be_called_in(cast):
    far = a_department("Far", code=the_cast(cast.street + 10**9).street)
    with pytest.raises(Refused, match="does not serve this place"):
        sent(cast, far)
    assert Case.objects.get().status == "filed"


def test_nobody_who_assisted_checks_the_result(cast, pumps, pumper):
    checker = cast.grid_worker
    case = a_case("filed", cast=cast)
    case = actions.dispatch_case(case, department=cast.department, assistants=[checker], by=cast.dispatcher)
    case = make("report_in", actions.join_case(case, by=checker), cast)
    case = make("handle", actions.finish_case(case, words="Held the ladder", by=checker), cast)
    assert not may(checker, "cases.check", case)
    assert may(cast.community_officer, "cases.check", case)
