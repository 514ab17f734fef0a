"""Rules that let go what has been kept long enough: each its own work, none in the way of another."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel import retention
from jingwei.kernel.personal_data import Retention
from jingwei.kernel.retention import Rule, due_all, forget_all

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(monkeypatch):
    known = {}
    monkeypatch.setattr(retention, "_rules", known)
    return known


def a_rule(key, due, batches):
    kept = Retention(key, timedelta(days=1), since="it began", then="nothing")
    return Rule(kept, lambda _now: due, lambda _now: iter(batches))


def failing(_now):
    yield 1
    raise RuntimeError("the disk is full")


def test_each_rule_says_what_is_due_and_what_went(rules):
    rules["a"], rules["b"] = a_rule("a", 5, [3, 2]), a_rule("b", 0, [])

    assert due_all(NOON) == {"a": 5, "b": 0}
    assert forget_all(NOON) == {"a": 5, "b": 0}


def test_a_rule_that_fails_keeps_no_other_from_its_work(rules):
    worked = []
    kept = a_rule("a", 0, []).retention
    rules["a"] = Rule(kept, lambda _now: 0, failing)
    rules["b"] = Rule(kept, lambda _now: 0, lambda _now: iter([worked.append("b") or 1]))

    with pytest.raises(RuntimeError, match="disk is full"):
        forget_all(NOON)
    assert worked == ["b"]
