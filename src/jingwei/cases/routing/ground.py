"""What rules refer to, read once: categories, areas, departments, roles. Then asked as often as there are cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jingwei.cases.catalogue import current
from jingwei.cases.models import Category
from jingwei.cases.persons import office_name
from jingwei.cases.routing.models import Rule
from jingwei.people.public import ROLES, Department, roles_with
from jingwei.places.public import Area, Level, ancestor, codes, level_of, lineage


@dataclass(frozen=True)
class Ground:
    """`areas`: those that rules name, ended ones among them. `roots`: the districts that are run here."""

    categories: Mapping[str, Category]
    areas: Mapping[int, Area]
    departments: Mapping[int, Department]
    roots: tuple[int, ...]
    roles: frozenset[str]

    @classmethod
    def read(cls, rules: Iterable[Rule] = ()) -> "Ground":
        """Four queries, and the categories, which are kept."""
        grids = Area.objects.current().at(Level.GRID).values_list("code", flat=True)
        return cls(
            categories=current(),
            areas=Area.objects.in_bulk({code for rule in rules for code in rule.areas}),
            departments={one.pk: one for one in Department.objects.select_related("parent").order_by("pk")},
            roots=tuple(sorted({ancestor(code, Level.DISTRICT) for code in grids})),
            roles=frozenset(roles_with("cases.handle")),
        )

    @cached_property
    def _offices(self) -> Mapping[str, list[Department]]:
        """Open departments that are no parts, by the kind of office that they are."""
        found: dict[str, list[Department]] = {}
        for one in self.departments.values():
            if one.key and one.closed_on is None and one.parent_id is None:
                found.setdefault(one.key, []).append(one)
        return found

    @property
    def kinds(self) -> Mapping[str, str]:
        """Every kind of office that is there, with a name of one of them."""
        return {key: office_name(ones[0]) for key, ones in sorted(self._offices.items())}

    def office(self, key: str, code: int) -> Department | None:
        """The office of a kind that serves a place, the nearest first."""
        near = [one for one in self._offices.get(key, ()) if one.code in lineage(code)]
        return max(near, key=lambda one: (level_of(one.code).depth, -one.pk), default=None)

    def offices(self, key: str) -> list[Department]:
        """Open offices of a kind, wherever they are."""
        return self._offices.get(key, [])

    def party_at(self, party: str, code: int) -> str:
        """The party that a rule means at a place, as `department:NUMBER` or `role:KEY`; "" where there is none."""
        kind, _separator, key = party.partition(":")
        if kind != "office":
            return party
        office = self.office(key, code)
        return f"department:{office.pk}" if office else ""

    @cached_property
    def _by_reference(self) -> Mapping[str, Department]:
        return {self.reference(one.pk): one for one in self.departments.values()}

    def reference(self, pk: int | None) -> str:
        """How a file names a department: the digits of its area, and its name behind those of what it is part of."""
        if pk is None:
            return ""
        one = self.departments[pk]
        names = [one.name]
        while one.parent_id is not None:
            one = self.departments[one.parent_id]
            names.insert(0, one.name)
        return "/".join([codes.write(self.departments[pk].code), *names])

    def find(self, reference: str) -> Department | None:
        return self._by_reference.get(reference)


def role_title(key: str) -> str:
    """What a role is called; its key where there is no such role."""
    return str(ROLES[key].title) if key in ROLES else key
