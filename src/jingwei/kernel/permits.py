"""Permits: one rule with two faces, so that "may she?" and "which ones may she?" cannot drift apart.

`holds` answers for one thing, `lists` for a table. `lists` gives branches: each is one index range and none
multiplies rows (reach a side table by `pk__in`, not by a join). Branches are united by key, never OR-joined.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from jingwei.kernel.errors import NotPermitted

Thing = TypeVar("Thing", bound=Model)


class Permit(ABC):
    """A rule for doing something to a thing."""

    @abstractmethod
    def holds(self, member: Any, thing: Any) -> bool:
        """Whether `member` may do it to `thing`."""

    @abstractmethod
    def lists(self, member: Any) -> list[Q]:
        """Branches that together select every thing `member` may do it to. No branch: nothing."""

    def __or__(self, other: "Permit") -> "Permit":
        return Either(self, other)

    def __and__(self, other: "Permit") -> "Permit":
        return Both(self, other)


@dataclass(frozen=True)
class Either(Permit):
    first: Permit
    second: Permit

    def holds(self, member: Any, thing: Any) -> bool:
        return self.first.holds(member, thing) or self.second.holds(member, thing)

    def lists(self, member: Any) -> list[Q]:
        return [*self.first.lists(member), *self.second.lists(member)]


@dataclass(frozen=True)
class Both(Permit):
    first: Permit
    second: Permit

    def holds(self, member: Any, thing: Any) -> bool:
        return self.first.holds(member, thing) and self.second.holds(member, thing)

    def lists(self, member: Any) -> list[Q]:
        second = self.second.lists(member)
        return [one & other for one in self.first.lists(member) for other in second]


@dataclass(frozen=True)
class NamedPermit:
    """A registered permit: `name` is "module.verb", `model` what it is about."""

    name: str
    rule: Permit
    model: type[Model]


_permits: dict[str, NamedPermit] = {}


def permit(name: str, rule: Permit, model: type[Model]) -> Permit:
    """Register `rule` under `name`; gives the rule back."""
    if name in _permits:
        raise ValueError(f"permit {name} is registered twice")
    _permits[name] = NamedPermit(name, rule, model)
    return rule


def may(member: Any, name: str, thing: Any) -> bool:
    """Whether `member` holds permit `name` on `thing`. An unknown name is a KeyError."""
    return _permits[name].rule.holds(member, thing)


def require(member: Any, name: str, thing: Any) -> None:
    """Raise NotPermitted unless `member` holds permit `name` on `thing`."""
    if not may(member, name, thing):
        raise NotPermitted(_("You may not do this here."))


def allowed(member: Any, name: str, queryset: QuerySet[Thing]) -> QuerySet[Thing]:
    """Those of `queryset` on which `member` holds permit `name`."""
    branches = _distinct(_permits[name].rule.lists(member))
    if not branches:
        return queryset.none()
    if len(branches) == 1:
        return queryset.filter(branches[0])
    keys = [queryset.model._default_manager.filter(branch).values("pk") for branch in branches]  # noqa: SLF001
    return queryset.filter(pk__in=keys[0].union(*keys[1:], all=True))


def allowed_first(member: Any, name: str, queryset: QuerySet[Thing], limit: int) -> QuerySet[Thing]:
    """The first `limit` of what `allowed` gives of an ordered `queryset`.

    Each branch looks for its own first ones only: a page costs the same however many rows there are.
    """
    branches = _distinct(_permits[name].rule.lists(member))
    if not branches:
        return queryset.none()
    if len(branches) == 1:
        return queryset.filter(branches[0])[:limit]
    firsts = [queryset.filter(branch).values("pk")[:limit] for branch in branches]
    return queryset.filter(pk__in=firsts[0].union(*firsts[1:], all=True))[:limit]


def permits_for_tests() -> Iterable[NamedPermit]:
    """Every registered permit, for the one test that compares both faces of each."""
    return tuple(_permits.values())


def _distinct(branches: list[Q]) -> list[Q]:
    return list(dict.fromkeys(branches))
