"""The rules as they read a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import Refused
from jingwei.repeats.rules import Kind, Measure, Reported, Rules, check_limit, check_rules, flags

RULES = Rules(most=3, words=("王八蛋", "Idiot"))
REPORTS = st.builds(
    Reported,
    text=st.sampled_from(["The lamp is out", "You IDIOT", "一群王八蛋"]),
    count=st.integers(1, 50),
    has_twin=st.booleans(),
    measures=st.frozensets(st.sampled_from(Measure.values)),
    is_emergency=st.booleans(),
)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({}, []),
        ({"count": 3}, []),
        ({"count": 4}, [Kind.RATE]),
        ({"has_twin": True}, [Kind.TWIN]),
        ({"text": "you idiot"}, [Kind.WORDS]),
        ({"text": "都是王八蛋"}, [Kind.WORDS]),
        ({"measures": frozenset({"look"})}, [Kind.LIMIT]),
        ({"measures": frozenset({"letter"})}, [Kind.LETTER]),
    ],
)
def test_a_report_is_flagged_for_what_it_is(given_, expected):
    report = Reported(**({"text": "The lamp is out", "count": 1, "has_twin": False} | given_))

    assert flags(report, RULES) == expected


@given(REPORTS)
def test_an_emergency_is_never_flagged_and_nothing_is_flagged_twice(report):
    found = flags(report, RULES)

    assert not (report.is_emergency and found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("rules", [Rules(most=0), Rules(hours=0), Rules(twin_hours=721), Rules(words=("x",))])
def test_rules_that_would_flag_everything_are_refused(rules):
    with pytest.raises(Refused):
        check_rules(rules)


@pytest.mark.parametrize(("measure", "reason", "days"), [("ban", "x", 1), ("look", " ", 1), ("look", "x", 91)])
def test_a_limit_without_measure_reason_or_end_is_refused(measure, reason, days):
    with pytest.raises(Refused):
        check_limit(measure, reason, days)
