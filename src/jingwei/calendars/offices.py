"""The offices whose calendars a member may set up: districts and streets of their posts, and the departments there."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import get_language

from jingwei.calendars.book import Calendars, Holder
from jingwei.calendars.policy import MANAGE
from jingwei.kernel.public import WorkingCalendar
from jingwei.people.public import Department, Member
from jingwei.places.public import Area, Level, names_of


@dataclass(frozen=True)
class Office:
    """An area's offices, or a department. `depth`: how far below the first of its group it stands."""

    holder: Holder
    name: str
    code: int
    depth: int = 0

    @property
    def key(self) -> str:
        """As addresses write it: a990101000000000000 or d7."""
        return f"{self.holder[0]}{self.holder[1]}"

    @property
    def is_department(self) -> bool:
        return self.holder[0] == "d"

    def calendar(self, known: Calendars) -> WorkingCalendar:
        return known.department(self.holder[1], self.code) if self.is_department else known.place(self.code)


def offices_of(member: Member) -> list[Office]:
    """All of them: each area, then its departments with their parts below them. Three queries."""
    spans = [(post.first, post.last) for post in member.posts if MANAGE in post.duties and post.has_area]
    if not spans:
        return []
    within = reduce(or_, (Q(code__range=span) for span in spans))
    codes = list(
        Area.objects.current()
        .filter(within)
        .at(Level.DISTRICT, Level.STREET)
        .order_by("code")
        .values_list("code", flat=True)
    )
    names = names_of(codes)
    rows = Department.objects.filter(within).order_by("name").values_list("pk", "parent_id", "code", "name", "name_en")
    below: dict[int | None, list[Office]] = {}
    for key, parent, code, name, name_en in rows:
        below.setdefault(parent, []).append(Office(("d", key), _in_language(name, name_en), code))
    found: list[Office] = []
    for code in codes:
        found.append(Office(("a", code), names[code], code))
        found += [one for top in below.get(None, []) if top.code == code for one in _branch(top, below, 1)]
    return found


def _branch(office: Office, below: dict[int | None, list[Office]], depth: int) -> list[Office]:
    parts = [one for part in below.get(office.holder[1], []) for one in _branch(part, below, depth + 1)]
    return [Office(office.holder, office.name, office.code, depth), *parts]


def _in_language(name: str, name_en: str) -> str:
    return name_en if name_en and (get_language() or "").startswith("en") else name
