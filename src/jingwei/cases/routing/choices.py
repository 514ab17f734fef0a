"""What rules can name, as the choices of forms: categories, areas, doors, parties."""

from collections.abc import Iterable

from jingwei.cases.persons import office_name
from jingwei.cases.routing.ground import Ground, role_title
from jingwei.cases.said import CHANNELS
from jingwei.people.public import ROLES
from jingwei.places.public import Area, Level, ancestor, codes

Choices = list[tuple[str, list[tuple[str, str]]]]
WIDE = (Level.DISTRICT, Level.STREET, Level.COMMUNITY)


def area_choices(ground: Ground) -> Choices:
    """Districts that are run here, with their streets and communities; grids are given by their codes."""
    groups: Choices = []
    for root in ground.roots:
        areas = Area.objects.current().under(root).at(*WIDE).order_by("code")
        by_street: dict[int, list[tuple[str, str]]] = {}
        for area in areas:
            street = area.code if area.level == Level.DISTRICT else ancestor(area.code, Level.STREET)
            by_street.setdefault(street, []).append((codes.write(area.code), area.title))
        groups += [(ones[0][1], ones) for ones in by_street.values()]
    return groups


def door_choices(others: Iterable[str]) -> list[tuple[str, str]]:
    """The doors of this installation, and those of other systems that a rule names already."""
    known = [(key, str(title)) for key, title in CHANNELS.items()]
    return known + [(door, door) for door in others if door not in CHANNELS]


def department_choices(ground: Ground) -> list[tuple[str, str]]:
    """Open departments and teams, each behind what it is part of."""
    found = []
    for one in ground.departments.values():
        if one.closed_on is None:
            whole = f"{office_name(one.parent)} / " if one.parent else ""
            found.append((str(one.pk), f"{whole}{office_name(one)}"))
    return sorted(found, key=lambda choice: choice[1])


def role_choices(ground: Ground) -> list[tuple[str, str]]:
    """Roles of people who handle cases at a place."""
    return [(key, role_title(key)) for key, role in ROLES.items() if key in ground.roles and role.seat != "department"]
