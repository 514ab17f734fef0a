"""Rosters and plans: what the administrator sets up, and what is refused."""

import re
from datetime import date, timedelta

import pytest

from jingwei.cases.testing import MONDAY, a_condition
from jingwei.emergency.models import Shift
from jingwei.emergency.plan_actions import lay_down_plan, restore_standard
from jingwei.emergency.plans import all_plans, plan_for, standard_plans
from jingwei.emergency.roster_actions import add_shift, fill_roster, remove_shift
from jingwei.emergency.roster_board import gaps
from jingwei.emergency.testing import FIRE, cast_and_areas
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.testing import a_holder, let_in
from jingwei.places.public import Level, ancestor, codes

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NEXT_DAY = date(2026, 11, 17)


@pytest.fixture
def cast():
    return cast_and_areas()


@pytest.fixture
def admin(cast):
    return a_holder("administrator", ancestor(cast.street, Level.DISTRICT))


def shift(cast, by, member=None, **given):
    said = {"rank": 1, "starts_at": MONDAY + HOUR, "ends_at": MONDAY + 9 * HOUR, "now": MONDAY} | given
    return add_shift(cast.street, (member or cast.dispatcher).pk, by=by, **said)


def test_a_shift_is_for_those_whose_posting_answers_alarms_there(cast, admin):
    shift(cast, admin)
    with pytest.raises(Refused, match="no posting that answers alarms"):
        shift(cast, admin, member=cast.grid_worker, rank=2)
    with pytest.raises(NotPermitted):
        shift(cast, cast.dispatcher, rank=2)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"starts_at": MONDAY + 8 * HOUR, "ends_at": MONDAY + 12 * HOUR}, "Somebody has this rank"),
        ({"rank": 9}, "Ranks go from 1"),
        ({"rank": 2, "ends_at": MONDAY + HOUR}, "ends after it begins"),
        ({"rank": 2, "starts_at": MONDAY - 9 * HOUR, "ends_at": MONDAY - HOUR}, "is over"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(cast, admin, given, said):
    shift(cast, admin)
    with pytest.raises(Refused, match=said):
        shift(cast, admin, **given)
    assert Shift.objects.count() == 1


def test_a_pattern_goes_round_the_clock_with_the_next_in_turn_as_second(cast, admin):
    people = [cast.dispatcher.pk, cast.leader.pk, a_holder("duty_officer", cast.street).pk]
    made = fill_roster(cast.street, people, pattern="three", begins_on=NEXT_DAY, days=2, by=admin, now=MONDAY)

    first = list(Shift.objects.filter(rank=1).order_by("starts_at"))
    second = list(Shift.objects.filter(rank=2).order_by("starts_at"))
    assert made == 12
    assert [one.member_id for one in first] == people * 2
    assert [one.member_id for one in second] == (people[1:] + people[:1]) * 2
    assert gaps(first, first[0].starts_at, first[-1].ends_at) == []
    with pytest.raises(Refused, match="already"):
        fill_roster(cast.street, people, pattern="two", begins_on=NEXT_DAY, days=1, by=admin, now=MONDAY)


def test_gaps_are_told_and_a_removed_shift_leaves_one(cast, admin):
    early = shift(cast, admin)
    late = shift(cast, admin, starts_at=MONDAY + 9 * HOUR, ends_at=MONDAY + 12 * HOUR)
    assert [(gap.starts_at, gap.ends_at) for gap in gaps([early, late], MONDAY, MONDAY + 12 * HOUR)] == [
        (MONDAY, MONDAY + HOUR)
    ]
    with pytest.raises(Refused, match="stays on record"):
        remove_shift(early, by=admin, now=MONDAY + 20 * HOUR)
    remove_shift(late, by=admin, now=MONDAY)
    assert gaps([early], MONDAY + HOUR, MONDAY + 12 * HOUR)[0].starts_at == MONDAY + 9 * HOUR


def test_every_standard_plan_has_steps_in_both_languages_and_one_is_for_anything_else():
    assert list(standard_plans())[-1] == ""
    for plan in standard_plans().values():
        assert plan.title_zh
        assert plan.title_en
        assert all(zh and en for zh, en in plan.steps)
        assert len(zh_steps := [zh for zh, _en in plan.steps]) == len(set(zh_steps))


def test_the_nearest_plan_counts_and_the_district_s_own_before_the_standard(cast, admin):
    a_condition(*FIRE)
    assert plan_for("2601").category_code == "26"
    assert plan_for("9999").category_code == ""
    texts = {"title_zh": "火情", "title_en": "", "steps_zh": "一\n\n 二 ", "steps_en": ""}
    lay_down_plan(FIRE[0], by=admin, **texts)
    assert plan_for(FIRE[0]).steps == (("一", ""), ("二", ""))
    assert [plan.is_own for plan in all_plans() if plan.category_code == FIRE[0]] == [True]
    with pytest.raises(Refused, match="line by line"):
        lay_down_plan(FIRE[0], by=admin, **texts | {"steps_en": "one"})
    restore_standard(FIRE[0], by=admin)
    assert not plan_for(FIRE[0]).is_own


def test_the_page_of_a_roster_names_each_shift_in_its_button(client, cast, admin):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    day = {"starts_at": MONDAY + timedelta(days=36500), "ends_at": MONDAY + timedelta(days=36500, hours=8)}
    added = shift(cast, admin, **day)
    Shift.objects.filter(pk=added.pk).update(starts_at=clock.now(), ends_at=clock.now() + HOUR)
    page = let_in(client, admin).get(f"/desk/duty/{codes.write(cast.street)}/").content.decode()
    assert re.search(rf'aria-label="Remove the shift of {cast.dispatcher.name} from [0-9: -]+"', page)
