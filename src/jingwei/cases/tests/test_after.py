"""After the end: a poor rating is called back, a meeting follows where nothing else does, what was drawn is checked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from jingwei.cases import actions
from jingwei.cases.desk import QUEUES, Holder, counts
from jingwei.cases.draws import is_drawn
from jingwei.cases.models import Case, Category
from jingwei.cases.offers import offers
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people.testing import a_holder, the_cast

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
GRID_CLASS = ("0602", "03")


@pytest.fixture
def cast():
    return the_cast()


def why_not(case, member):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member, LATER)}


def rated(cast, grade, reopened=0):
    case = a_case("closed", cast=cast)
    Case.objects.filter(pk=case.pk).update(reopened=reopened)
    return actions.rate_case(case, grade=grade, by=cast.resident, now=LATER)


def solved(cast, percent):
    """Solved on the spot, of a class of which so many are drawn."""
    condition = a_condition(*GRID_CLASS)
    Category.objects.filter(pk=condition.category_id).update(spot_percent=percent)
    condition.category = Category.objects.get(pk=condition.category_id)
    case = a_case(cast=cast)
    return actions.solve_case(
        case, condition=condition, title="Moved", words="Moved it", by=cast.grid_worker, now=MONDAY
    )


def kinds(case):
    return [errand.kind for errand in case.errands.order_by("number") if errand.is_open]


@pytest.mark.parametrize(("grade", "called"), [(1, True), (2, True), (3, False), (4, False), (5, False)])
def test_a_poor_grade_is_called_back(cast, grade, called):
    case = rated(cast, grade)
    assert kinds(case) == (["call_back"] if called else [])
    holder = Holder("a", cast.community)
    assert counts(holder, LATER).of(QUEUES["a"]["call"]) == called
    assert counts(holder, LATER).total == 0


def test_reasons_go_with_the_grade(cast):
    case = a_case("closed", cast=cast)
    with pytest.raises(Refused, match="go with the grade"):
        actions.rate_case(case, grade=5, reasons=["slow"], by=cast.resident, now=LATER)
    actions.rate_case(case, grade=3, reasons=["partly", "slow"], by=cast.resident, now=LATER)


def test_a_call_that_settles_it_ends_it_and_one_that_reached_nobody_does_not(cast):
    case = rated(cast, 1)
    case = actions.call_back_case(case, result="unreached", words="No answer", by=cast.community_officer, now=LATER)
    assert kinds(case) == ["call_back"]
    case = actions.call_back_case(case, result="settled", words="All well now", by=cast.community_officer, now=LATER)
    assert kinds(case) == []
    assert not case.docket.exists()


def test_what_is_to_be_put_right_has_fifteen_working_days_and_a_second_record(cast):
    case = rated(cast, 1)
    case = actions.call_back_case(case, result="rectify", words="Half done", by=cast.community_officer, now=LATER)
    errand = case.errands.get(kind="rectify")
    assert errand.due_at == LATER + timedelta(days=21)  # three weeks of five working days
    with pytest.raises(Refused, match="put right already"):
        actions.call_back_case(case, result="rectify", words="Again", by=cast.community_officer, now=LATER)
    case = actions.call_back_case(case, result="settled", words="Now it is done", by=cast.community_officer, now=LATER)
    assert kinds(case) == []


def test_officers_of_the_place_call_back_and_no_handler(cast):
    case = rated(cast, 1)
    for member in (cast.grid_worker, cast.department_handler, cast.resident):
        assert why_not(case, member)["call_back"]
        with pytest.raises(NotPermitted):
            actions.call_back_case(case, result="settled", words="Fine", by=member, now=LATER)
    assert why_not(case, cast.dispatcher)["call_back"] == ""


def test_an_open_case_is_called_back_only_where_somebody_waits(cast):
    case = a_case("in_hand", cast=cast)
    assert "Nobody waits" in why_not(case, cast.community_officer)["call_back"]
    with pytest.raises(Refused, match="Nobody waits"):
        actions.call_back_case(case, result="settled", words="Fine", by=cast.community_officer, now=LATER)
    case = rated(cast, 1)
    case = actions.reopen_case(case, words="Out again", by=cast.resident, now=LATER)
    actions.call_back_case(case, result="settled", words="Fine", by=cast.community_officer, now=LATER)


def test_where_nothing_can_be_opened_again_a_meeting_is_owed_and_recorded(cast):
    case = rated(cast, 1, reopened=2)
    assert kinds(case) == ["call_back", "meeting"]
    assert counts(Holder("a", cast.street), LATER).of(QUEUES["a"]["meeting"]) == 1
    case = actions.review_case(case, words="All were there", by=cast.dispatcher, now=LATER)
    assert kinds(case) == ["call_back"]
    assert "No review meeting" in why_not(case, cast.dispatcher)["review"]


@pytest.mark.parametrize(("percent", "drawn"), [(100, True), (0, False)])
def test_what_is_solved_on_the_spot_is_drawn_by_its_category(cast, percent, drawn):
    case = solved(cast, percent)
    assert kinds(case) == (["spot_check"] if drawn else [])
    assert counts(Holder("a", cast.community), LATER).of(QUEUES["a"]["inspect"]) == drawn


def test_a_draw_is_reproducible_and_keeps_its_share():
    assert is_drawn(UUID(int=7), 100)
    assert not is_drawn(UUID(int=7), 0)
    keys = [UUID(int=number) for number in range(20_000)]
    drawn = [key for key in keys if is_drawn(key, 5)]
    assert drawn == [key for key in keys if is_drawn(key, 5)]
    assert 900 < len(drawn) < 1100
    assert set(drawn) <= {key for key in keys if is_drawn(key, 6)}
    assert is_drawn(uuid4(), 100)


def test_who_solved_it_does_not_check_it(cast):
    case = solved(cast, 100)
    assert why_not(case, cast.grid_worker)["inspect"]
    with pytest.raises(NotPermitted):
        actions.inspect_case(case, result="passed", by=cast.grid_worker, now=LATER)
    case = actions.inspect_case(case, result="passed", by=cast.community_officer, now=LATER)
    assert case.status == "closed"
    assert kinds(case) == []
    with pytest.raises(Refused, match="not drawn"):
        actions.inspect_case(case, result="passed", by=cast.community_officer, now=LATER)


def test_what_fails_the_check_is_open_again_with_a_new_promise(cast):
    case = solved(cast, 100)
    inspector = a_holder("inspector", cast.street)
    with pytest.raises(Refused):
        actions.inspect_case(case, result="failed", by=inspector, now=LATER)
    case = actions.inspect_case(case, result="failed", words="Still there", by=inspector, now=LATER)
    assert (case.status, case.reopened, case.closed_at) == ("filed", 1, None)
    assert case.due_at > LATER
    assert case.docket.filter(tray="dispatch").exists()


def test_a_reopening_takes_the_draw_along(cast):
    case = actions.reopen_case(solved(cast, 100), words="Still there", by=cast.resident, now=LATER)
    assert kinds(case) == []
