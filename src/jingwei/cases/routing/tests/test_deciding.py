"""The rules at work: a case is filed as they say, keeps by which rule, and lives again the same without them."""

from datetime import timedelta

import pytest

from jingwei.calendars.public import calendars
from jingwei.cases import actions, store
from jingwei.cases.models import Case, DocketEntry, Step
from jingwei.cases.parties import party_groups
from jingwei.cases.routing.proposing import proposal_for
from jingwei.cases.routing.testing import a_rule, rules_hold
from jingwei.cases.testing import MONDAY, a_case, a_condition, make, replayed, verbs_of
from jingwei.kernel.public import clock
from jingwei.people.public import arrange_absence
from jingwei.people.testing import a_department, a_holder

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=30)


def filed(cast, **fields):
    """A case that was filed, and perhaps sent by a rule in the same breath."""
    with clock.frozen(MONDAY):
        return make("file", a_case(cast=cast, **fields), cast)


def step(case, verb="file"):
    return Step.objects.get(case=case, verb=verb)


def again(case):
    """The case, made from nothing but its steps."""
    life = store.load(case.pk)
    life.fresh = list(Step.objects.filter(case=case).order_by("pk"))
    condition = a_condition()
    return replayed(life, {condition.pk: condition}, calendars()).case


def test_level_and_urgency_follow_the_rules_and_the_step_says_which(cast):
    edition = rules_hold(a_rule(key="u", urgency="urgent", words=["lamp"]), a_rule(key="l", level="district"))

    case = filed(cast)

    assert (case.level, case.urgency) == ("district", "urgent")
    assert step(case).detail["routed"] == {"edition": edition.number, "level": "l", "urgency": "u"}
    assert DocketEntry.objects.filter(case=case, tray="dispatch").exists()


def test_without_rules_a_step_keeps_nothing_of_them(cast):
    case = filed(cast)

    assert (case.level, case.urgency) == ("street", "normal")
    assert not {"routed", "level", "urgency"} & step(case).detail.keys()


def test_a_case_lives_again_as_it_was_decided_whatever_the_rules_say_now(cast):
    rules_hold(a_rule(level="district", urgency="urgent"))
    case = filed(cast)
    rules_hold(a_rule(level="community", urgency="normal"))

    once_more = again(case)

    assert (once_more.level, once_more.urgency, once_more.version) == ("district", "urgent", case.version)


def test_an_emergency_stays_one(cast):
    rules_hold(a_rule(urgency="normal"))
    case = a_case(cast=cast)
    emergency = a_condition("0205", "03")
    assert emergency.is_emergency

    with clock.frozen(LATER):
        case = actions.file_case(case, condition=emergency, title="Cover gone", by=cast.community_officer)

    assert case.urgency == "emergency"


def test_a_rule_sends_at_once_as_a_move_that_nobody_made(cast):
    office = a_department("Lamps", key="lighting", code=cast.street)
    rules_hold(a_rule(key="s", office="lighting", sends_at_once=True))

    case = filed(cast)

    assert case.status == "dispatched"
    assert verbs_of(case) == ["report", "file", "dispatch"]
    sent = step(case, "dispatch")
    assert (sent.actor_id, sent.department_id, sent.detail["routed"]["party"]) == (None, office.pk, "s")
    assert case.assignments.get().department == office
    assert again(case).status == "dispatched"


def test_what_is_sent_at_once_can_be_recalled_by_a_person(cast):
    rules_hold(a_rule(department=cast.department, sends_at_once=True))
    case = filed(cast)

    with clock.frozen(LATER):
        case = actions.recall_case(case, words="Not theirs", by=cast.dispatcher)

    assert case.status == "filed"


def test_of_several_people_a_person_chooses(cast):
    a_holder("grid_worker", cast.grid)
    rules_hold(a_rule(role="grid_worker", level="grid", sends_at_once=True))

    assert filed(cast).status == "filed"


def test_the_only_one_of_a_role_gets_it_at_once(cast):
    rules_hold(a_rule(role="grid_worker", level="grid", sends_at_once=True))

    case = filed(cast)

    assert case.assignments.get().member_id == cast.grid_worker.pk


def test_the_lead_of_the_rules_stands_first_with_its_sentence(cast):
    office = a_department("Night crew", code=cast.street)
    a_department("Lamps", key="lighting", code=cast.street)
    rules_hold(a_rule(name="Nights", department=office))
    case = filed(cast)

    first = party_groups(case, LATER)[0].parties

    assert [(one.name, one.note, one.is_recommended) for one in first] == [
        ("Night crew", "By rule 1, “Nights”", True),
    ]


def test_a_case_from_before_the_rules_is_looked_at_by_those_there_are(cast):
    case = filed(cast)
    rules_hold(a_rule(department=cast.department))

    assert party_groups(case, LATER)[0].parties[0].department == cast.department


def test_people_come_by_what_they_have_in_hand_and_who_is_away_comes_last(cast):
    case = filed(cast)
    Case.objects.filter(pk=case.pk).update(level="grid")
    case.refresh_from_db()
    other = a_holder("grid_worker", cast.grid, name="Busy")
    absent = a_holder("grid_worker", cast.grid, name="Absent")
    arrange_absence(
        absent, begins_on=MONDAY.date(), ends_on=MONDAY.date() + timedelta(days=3), delegate=other, by=None, now=MONDAY
    )
    busy = make("file", a_case(cast=cast), cast)
    Case.objects.filter(pk=busy.pk).update(level="community")
    actions.dispatch_case(busy, member=other, by=cast.community_officer)

    people = next(group for group in party_groups(case, LATER) if group.title == "People of the place").parties

    assert people[-1].name == "Absent"
    assert people[-1].why_not == "Away. Busy stands in."
    assert people[-2].name == "Busy"
    assert [one.is_lightest for one in people] == [True, *[False] * (len(people) - 1)]


def test_the_query_counts_of_filing_and_proposing(cast, django_assert_num_queries):
    rules_hold(a_rule(department=cast.department, words=["lamp"]))
    case = filed(cast)
    party_groups(case, LATER)

    with django_assert_num_queries(3):  # the step, the edition, the department
        proposal_for(case, LATER)
