"""Rules in editions: written into a draft, refused where they are broken, published with a reason, restored."""

from datetime import date

import pytest

from jingwei.cases.routing import actions
from jingwei.cases.routing.book import edition_in_force, find_rule, rules_in_force
from jingwei.cases.routing.checking import check_rules
from jingwei.cases.routing.configured import Routing
from jingwei.cases.routing.models import Rule, RuleEdition
from jingwei.cases.routing.testing import a_rule, rules_hold
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.testing import a_department, a_holder, check_both_faces
from jingwei.places.public import ancestor, codes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)


def administrator(cast):
    return a_holder("administrator", ancestor(cast.street, codes.Level.DISTRICT))


def names():
    return [rule.name for rule in rules_in_force()[1]]


def said(*rules):
    return [[one.said for one in found] for found in check_rules(rules, TODAY)]


def test_a_draft_changes_nothing_until_it_is_published_with_a_reason(cast):
    by = administrator(cast)
    first = actions.save_rule(a_rule(key="", name="Lamps"), by=by)
    actions.save_rule(a_rule(key="", name="Parks"), by=by)
    actions.move_rule(first.key, up=False, by=by)
    assert names() == []
    with pytest.raises(Refused, match="Say why"):
        actions.publish_draft(reason=" ", by=by)

    edition = actions.publish_draft(reason="Parks go first", by=by)

    assert (edition.number, edition.reason, edition.published_by) == (1, "Parks go first", by)
    assert names() == ["Parks", "Lamps"]
    assert actions.draft() is None


def test_an_edition_that_is_published_stays_and_can_be_restored(cast):
    by = administrator(cast)
    rules_hold(a_rule(key="a", name="Old"))
    actions.save_rule(a_rule(key="a", name="New"), by=by)
    actions.publish_draft(reason="Renamed", by=by)
    assert (names(), find_rule(1, "a").name) == (["New"], "Old")

    actions.restore_edition(1, by=by)
    assert names() == ["New"]
    actions.publish_draft(reason="Back again", by=by)

    assert (names(), edition_in_force().number) == (["Old"], 3)


def test_a_key_is_never_given_twice(cast):
    by = administrator(cast)
    first = actions.save_rule(a_rule(key=""), by=by).key
    actions.publish_draft(reason="One", by=by)
    actions.remove_rule(first, by=by)
    actions.publish_draft(reason="None", by=by)

    assert actions.save_rule(a_rule(key=""), by=by).key != first


def test_a_draft_can_be_thrown_away_and_a_rule_switched_off(cast):
    by = administrator(cast)
    rules_hold(a_rule(key="a"))
    actions.switch_rule("a", on=False, by=by)
    assert [rule.is_on for rule in Rule.objects.filter(edition=actions.draft())] == [False]

    actions.discard_draft(by=by)

    assert actions.draft() is None
    assert [rule.is_on for rule in rules_in_force()[1]] == [True]


def test_rules_are_for_administrators(cast):
    with pytest.raises(NotPermitted):
        actions.save_rule(a_rule(key=""), by=cast.dispatcher)
    rules_hold(a_rule())
    assert all(check_both_faces("routing.manage", RuleEdition, [administrator(cast), cast.dispatcher]))


def test_editions_are_cached_and_only_which_one_holds_is_asked(cast, django_assert_num_queries):
    rules_hold(a_rule())
    rules_in_force()

    with django_assert_num_queries(1):
        rules_in_force()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"categories": ["9901"]}, "no category 9901"),
        ({"categories": ["0201-99"]}, "no condition 99"),
        ({"areas": [990101999000000000]}, "no area 990101999000000000"),
        ({"office": "ministry"}, "No open office is of the kind “ministry”"),
        ({"role": "king"}, "no role “king”"),
        ({"role": "dispatcher"}, "handles no cases at a place"),
        ({"role": "grid_worker", "level": "street"}, "level of grid or community"),
        ({"urgency": ""}, "decides nothing"),
        ({"urgency": "urgent", "sends_at_once": True}, "Only a rule that names a party"),
        ({"begins_on": date(2026, 12, 1), "ends_on": date(2026, 12, 1)}, "last day lies before the first"),
        ({"season_from": "11-15", "season_until": ""}, "two ends"),
        ({"words": ["a"]}, "too many sentences"),
    ],
)
def test_a_broken_rule_is_refused_with_its_mend(cast, fields, words):
    with pytest.raises(Refused, match=words):
        actions.save_rule(a_rule(key="", **fields), by=None)
    assert not Rule.objects.exists()


def test_a_party_gets_no_cases_where_it_does_not_serve(cast):
    there = a_department(code=codes.make(990101, 2))
    with pytest.raises(Refused, match="gets no cases from"):
        actions.save_rule(a_rule(key="", department=there, areas=[cast.grid]), by=None)


def test_a_party_that_serves_a_part_only_is_warned_of(cast):
    a_department("Lamps", key="lighting", code=cast.street)
    for rule in (a_rule(office="lighting"), a_rule(department=cast.department)):
        ((words,),) = said(rule)
        assert "only. Elsewhere in" in words


def test_an_office_that_has_closed_is_named(cast):
    office = a_department(key="lighting", code=cast.street)
    rules_hold(a_rule(key="a", department=office))
    office.closed_on = TODAY
    office.save()

    with pytest.raises(Refused, match="closed on"):
        actions.save_rule(a_rule(key="a", department=office), by=None)


def test_a_rule_that_is_never_reached_is_warned_of():
    wide, narrow = a_rule(categories=["02"]), a_rule(categories=["0201"], weekdays=[6, 7])

    assert said(wide, narrow)[1] == [
        "It is never reached: rule 1 holds for all its cases and stands before it. Move it up."
    ]
    assert said(narrow, wide) == [[], []]
    assert said(a_rule(), a_rule(level="street", urgency="urgent"))[1] == [
        "Rule 1 stands before it and decides this already: urgency."
    ]


def test_a_file_of_rules_comes_back_as_it_went_out(cast):
    team = a_department("夜班队", parent=cast.department, code=cast.street)
    a_department("Lamps", key="lighting", code=cast.street)
    rules_hold(
        a_rule(categories=["02", "0201-01"], areas=[cast.grid], department=team, hours="closed", hours_of=team),
        a_rule(weekdays=[6, 7], season_from="11-15", season_until="03-15", office="lighting", sends_at_once=True),
        a_rule(words=["gas leak", "漏气"], channels=["hotline"], urgencies=["normal"], role="grid_worker", is_on=False),
        a_rule(begins_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), level="street"),
    )
    part = Routing()
    rows = part.rows()
    assert part.faults(rows) == []

    part.adopt(rows, by=None, now=MONDAY)

    assert part.rows() == rows
    assert RuleEdition.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("rule", "Ä", "a key of small letters"),
        ("position", "first", "a number from 1"),
        ("season", "winter", "a season such as"),
        ("party", "somebody", "office:KIND"),
        ("party", "department:990101001000000000/Nobody", "a department"),
        ("weekdays", "8", "weekdays from 1"),
        ("level", "moon", "one of: grid"),
        ("areas", "12x", "codes of areas"),
        ("begins_on", "soon", "a day such as"),
        ("on", "yes", "1 for yes"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_by_its_row(cast, column, cell, words):
    rules_hold(a_rule())
    (row,) = Routing().rows()

    (fault,) = Routing().faults([{**row, column: cell}])

    assert (fault.file, fault.row) == ("routing.csv", 2)
    assert words in fault.said


def test_two_rows_of_one_rule_are_told(cast):
    rules_hold(a_rule())
    (row,) = Routing().rows()

    assert len(Routing().faults([row, row])) == 4


def test_a_trial_tells_what_a_day_would_have_been(cast):
    a_department("Lamps", key="lighting", code=cast.street)
    rules_hold(a_rule(key="a", categories=["0301"], urgency="urgent"))
    with clock.frozen(MONDAY):
        case = a_case("filed", cast=cast)
        a_case(cast=cast)
    (row,) = Routing().rows()
    rows = [{**row, "categories": "0201", "level": "district"}]

    trial = Routing().trial(rows, TODAY)

    assert trial.looked_at == 1
    assert [(one.subject, str(one.aspect), one.now, one.then) for one in trial.effects] == [
        (case.number, "Level", "Street", "District"),
        (case.number, "Urgency", "Normal", "Urgent"),
    ]
    assert Routing().trial(rows, TODAY) == trial
    assert Routing().trial(rows, date(2026, 11, 15)).looked_at == 0
