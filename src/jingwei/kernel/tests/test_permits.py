"""Permits: both faces of "or" and "and", and the one query that lists."""

from dataclasses import dataclass

import pytest
from django.db.models import Q

from jingwei.kernel import permits
from jingwei.kernel.errors import NotPermitted
from jingwei.kernel.facts import FactRow
from jingwei.kernel.permits import NamedPermit, Permit, allowed, allowed_first, may, require
from jingwei.kernel.tests.handlers import PLACE

ANNA, BO = 1, 2


@dataclass(frozen=True)
class Within(Permit):
    """A member may do it within their own span of codes."""

    spans: dict[int, tuple[int, int]]

    def holds(self, member, thing) -> bool:
        first, last = self.spans.get(member, (1, 0))
        return first <= thing.code <= last

    def lists(self, member) -> list[Q]:
        return [Q(code__range=self.spans[member])] if member in self.spans else []


@dataclass(frozen=True)
class OfKind(Permit):
    kind: str

    def holds(self, member, thing) -> bool:
        return thing.kind == self.kind

    def lists(self, member) -> list[Q]:
        return [Q(kind=self.kind)]


LOW, HIGH = (PLACE, PLACE + 10), (PLACE + 5, PLACE + 20)
RULES = {
    "one": Within({ANNA: LOW}),
    "either": Within({ANNA: LOW}) | Within({ANNA: HIGH, BO: HIGH}),
    "the same twice": Within({ANNA: LOW}) | Within({ANNA: LOW}),
    "both": Within({ANNA: LOW, BO: HIGH}) & OfKind("sample.lamp_lit"),
    "both of either": (Within({ANNA: LOW}) | Within({ANNA: HIGH})) & (OfKind("sample.lamp_lit") | OfKind("other")),
}


@pytest.fixture
def facts(db, monkeypatch) -> list[FactRow]:
    monkeypatch.setattr(permits, "_permits", {name: NamedPermit(name, rule, FactRow) for name, rule in RULES.items()})
    for code in range(PLACE, PLACE + 25):
        for kind in ("sample.lamp_lit", "other", "third"):
            FactRow.objects.create(kind=kind, code=code, occurred_at="2026-03-01T00:00Z")
    return list(FactRow.objects.all())


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("member", [ANNA, BO])
def test_both_faces_agree(facts, name, member):
    listed = list(allowed(member, name, FactRow.objects.all()))

    assert sorted(row.id for row in listed) == sorted(row.id for row in facts if may(member, name, row))


def test_branches_are_united_by_key_and_within_the_question(facts, django_assert_num_queries):
    question = FactRow.objects.filter(kind="other").order_by("-code")
    with django_assert_num_queries(1) as asked:
        codes = [row.code for row in allowed(ANNA, "either", question)[:3]]

    assert codes == [PLACE + 20, PLACE + 19, PLACE + 18]
    assert " UNION ALL " in asked[0]["sql"]
    assert " OR " not in asked[0]["sql"]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("member", [ANNA, BO])
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_the_first_ones_are_those_of_the_whole_list(facts, name, member, limit):
    question = FactRow.objects.exclude(kind="third").order_by("-code", "id")
    assert list(allowed_first(member, name, question, limit)) == list(allowed(member, name, question)[:limit])


def test_each_branch_looks_for_its_own_first_ones_only(facts, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        list(allowed_first(ANNA, "either", FactRow.objects.order_by("code"), 3))
    assert asked[0]["sql"].count("LIMIT 3") == 3


def test_who_has_no_branch_asks_nothing(facts, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(allowed(BO, "one", FactRow.objects.all())) == []


def test_what_is_not_permitted_is_an_error(facts):
    require(ANNA, "one", facts[0])
    with pytest.raises(NotPermitted):
        require(BO, "one", facts[0])


def test_permit_has_one_meaning(facts):
    with pytest.raises(ValueError, match="permit one is registered twice"):
        permits.permit("one", RULES["one"], FactRow)


def test_permit_that_nobody_registered_is_a_bug(facts):
    with pytest.raises(KeyError):
        may(ANNA, "lamps.light", facts[0])
