"""The decision by itself: in order, the first that holds wins each question, and the explanation says just that."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.calendars.public import Calendars
from jingwei.cases.routing.matching import CaseFacts, Kind, conditions, covers
from jingwei.cases.routing.models import QUESTIONS
from jingwei.cases.routing.route import route
from jingwei.cases.routing.testing import a_rule
from jingwei.kernel.public import default_calendar
from jingwei.people.testing import STREET
from jingwei.places.public import codes

KNOWN = Calendars.uniform(default_calendar())
MORNING = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # Monday, nine in the morning in Shanghai
COMMUNITY = codes.child(STREET, 1)
GRID = codes.child(COMMUNITY, 1)
OTHER = codes.child(codes.child(STREET, 2), 1)


def facts(**fields):
    given = {
        "code": GRID,
        "category_code": "0201",
        "condition": "01",
        "channel": "resident",
        "urgency": "normal",
        "at": MORNING,
        "words": "The street lamp is out",
    }
    return CaseFacts(**(given | fields))


def holds(rule, **fields):
    return all(one.is_met for one in conditions(rule, facts(**fields), KNOWN))


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ({"categories": ["02"]}, {}, {"category_code": "0301"}),
        ({"categories": ["0201"]}, {}, {"category_code": "0202"}),
        ({"categories": ["0301", "0201-01"]}, {}, {"condition": "02"}),
        ({"areas": [COMMUNITY]}, {}, {"code": OTHER}),
        ({"areas": [GRID, OTHER]}, {"code": OTHER}, {"code": COMMUNITY}),
        ({"channels": ["hotline"]}, {"channel": "hotline"}, {}),
        ({"urgencies": ["emergency"]}, {"urgency": "emergency"}, {}),
        ({"weekdays": [1]}, {}, {"at": MORNING + timedelta(days=1)}),
        ({"weekdays": [6, 7]}, {"at": MORNING + timedelta(days=5)}, {}),
        ({"hours": "open"}, {}, {"at": MORNING + timedelta(hours=4)}),
        ({"hours": "closed"}, {"at": MORNING + timedelta(hours=12)}, {}),
        ({"season_from": "11-15", "season_until": "03-15"}, {}, {"at": MORNING - timedelta(days=5)}),
        ({"season_from": "05-01", "season_until": "11-16"}, {}, {"at": MORNING + timedelta(days=1)}),
        ({"words": ["gas", "LAMP"]}, {}, {"words": "路面塌陷"}),
        ({"begins_on": date(2026, 11, 16)}, {}, {"at": MORNING - timedelta(days=1)}),
        ({"ends_on": date(2026, 11, 17)}, {}, {"at": MORNING + timedelta(days=1)}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_condition_holds_for_what_it_names_and_for_nothing_else(asked, yes, no):
    rule = a_rule(**asked)

    assert holds(rule, **yes)
    assert not holds(rule, **no)


def test_a_rule_that_is_off_never_holds():
    assert not holds(a_rule(is_on=False))


def test_each_question_is_answered_by_the_first_rule_that_holds_and_has_an_answer():
    elsewhere = a_rule(areas=[OTHER], level="district")
    urgent = a_rule(words=["lamp"], urgency="urgent")
    street = a_rule(level="street", urgency="normal")
    last = a_rule(level="grid", role="grid_worker")

    decision = route(facts(), [elsewhere, urgent, street, last], KNOWN)

    assert [decision.value(question) for question in QUESTIONS] == ["street", "role:grid_worker", "urgent"]
    assert decision.keys == {"level": street.key, "party": last.key, "urgency": urgent.key}
    assert [(one.wins, one.late) for one in decision.tried] == [
        ((), ()),
        (("urgency",), ()),
        (("level",), ("urgency",)),
        (("party",), ("level",)),
    ]
    assert [one.kind for one in decision.tried[0].asked if not one.is_met] == [Kind.AREAS]


def test_without_rules_the_category_table_stands():
    decision = route(facts(), [], KNOWN)

    assert decision.keys == {}
    assert not any(decision.value(question) for question in QUESTIONS)


def some(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


RULES = st.builds(
    lambda season, **fields: a_rule(**fields, season_from=season[0], season_until=season[1]),
    st.sampled_from([("", ""), ("11-01", "03-15"), ("05-01", "11-20"), ("11-10", "11-20")]),
    is_on=st.booleans(),
    categories=some(["02", "0201", "0201-01", "0301"]),
    areas=some([STREET, COMMUNITY, GRID, OTHER]),
    channels=some(["resident", "hotline"]),
    urgencies=some(["normal", "emergency"]),
    weekdays=some([1, 2, 6]),
    hours=st.sampled_from(["", "open", "closed"]),
    words=some(["lamp", "street lamp", "gas"]),
    begins_on=st.sampled_from([None, date(2026, 11, 16), date(2026, 11, 17)]),
    ends_on=st.sampled_from([None, date(2026, 11, 18), date(2026, 11, 23)]),
    level=st.sampled_from(["", "grid", "street"]),
    urgency=st.sampled_from(["", "urgent"]),
    office=st.sampled_from(["", "lighting"]),
)
FACTS = st.builds(
    facts,
    code=st.sampled_from([GRID, OTHER, COMMUNITY]),
    category_code=st.sampled_from(["0201", "0301"]),
    condition=st.sampled_from(["01", "02"]),
    channel=st.sampled_from(["resident", "hotline"]),
    urgency=st.sampled_from(["normal", "emergency"]),
    at=st.integers(0, 24 * 9).map(lambda hours: MORNING + timedelta(hours=hours)),
    words=st.sampled_from(["", "a street lamp", "a lamp", "gas"]),
)


@given(st.lists(RULES, max_size=6), st.lists(RULES, max_size=3), FACTS)
def test_rules_after_the_winners_change_nothing(rules, others, case):
    decision = route(case, rules, KNOWN)
    winners = {rule.key for question in QUESTIONS if (rule := decision.rule(question))}
    last = max((place for place, rule in enumerate(rules) if rule.key in winners), default=-1)

    if len(decision.keys) == len(QUESTIONS):
        assert route(case, [*rules[: last + 1], *others], KNOWN).keys == decision.keys
    assert route(case, rules[: last + 1], KNOWN).keys == decision.keys


@given(st.lists(RULES, max_size=6), FACTS)
def test_the_explanation_agrees_with_the_decision(rules, case):
    decision = route(case, rules, KNOWN)

    assert [one.rule.key for one in decision.tried] == [rule.key for rule in rules]
    for question in QUESTIONS:
        first = next((rule for rule in rules if question in rule.answers and holds_for(rule, case)), None)
        assert decision.rule(question) is first
        assert sum(question in one.wins for one in decision.tried) == (first is not None)
    for one in decision.tried:
        assert one.holds == holds_for(one.rule, case)
        assert {*one.wins, *one.late} == (set(one.rule.answers) if one.holds else set())


def holds_for(rule, case):
    return all(one.is_met for one in conditions(rule, case, KNOWN))


@given(RULES, RULES, FACTS)
def test_a_rule_that_covers_another_holds_wherever_that_does(wide, narrow, case):
    if covers(wide, narrow) and holds_for(narrow, case):
        assert holds_for(wide, case)


@given(RULES)
def test_a_rule_that_is_on_covers_itself_and_a_rule_that_asks_nothing_covers_all(rule):
    assert covers(rule, rule) == rule.is_on
    assert covers(a_rule(), rule)
