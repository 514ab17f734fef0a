"""In whose name a member may ask, and of which areas. Reads only."""

from dataclasses import dataclass

from jingwei.kernel.public import clock
from jingwei.people.public import Department, Member
from jingwei.places.public import Area, Level, codes, names_of
from jingwei.worklists.actions.issuing import Office
from jingwei.worklists.policy import ISSUE


@dataclass(frozen=True)
class Choice:
    """An office as a form offers it."""

    key: str
    title: str
    office: Office


def offices_of(member: Member) -> list[Choice]:
    """Departments where the member may issue lists, then the areas for which they may in person."""
    posts = [post for post in member.posts if ISSUE in post.duties]
    keys = frozenset[int]().union(*(post.department_ids for post in posts))
    departments = Department.objects.filter(pk__in=keys, closed_on=None).order_by("code", "pk")
    areas = list(dict.fromkeys(post.first for post in posts if post.has_area and not post.department_ids))
    names = names_of(areas)
    return [Choice(f"d{one.pk}", one.title, Office(one.code, one)) for one in departments] + [
        Choice(f"a{codes.write(code)}", names.get(code, codes.write(code)), Office(code)) for code in areas
    ]


def areas_of(offices: list[Choice]) -> list[tuple[str, str]]:
    """Streets and communities of these offices, as choices of a form, in the order of codes."""
    today = clock.local(clock.now()).date()
    found: dict[int, str] = {}
    for one in offices:
        areas = Area.objects.current(today).at(Level.STREET, Level.COMMUNITY).under(one.office.code)
        found |= {area.code: area.title for area in areas.order_by("code")}
    return [(codes.write(code), found[code]) for code in sorted(found)]
