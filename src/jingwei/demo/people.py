"""Who lives and works in the town: made up, the same each time. No database.

Phones begin with 1380000, which nobody has. User names follow the post: `grid-0207` works in grid 7 of community 2.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from jingwei.cases.public import DEPARTMENTS
from jingwei.demo.names import NameBook
from jingwei.demo.town import SEED, Grid, Town, build_town
from jingwei.places.public import Level, codes

RESIDENTS = 400
FIRST_RESIDENT = 1000
OFFICERS = 3
MANAGERS = 3
TEAMS = {
    "sanitation": ("环卫一班", "环卫二班", "环卫三班"),
    "works": ("道路一班", "道路二班"),
    "drainage": ("柳岸班", "翠屏班"),
    "enforcement": ("一中队", "二中队"),
    "parks": ("养护一班", "养护二班"),
    "water": ("抢修班", "客服班"),
    "housing": ("物业组", "房屋组"),
}
TEAM_NAMES_EN = {
    "环卫一班": "Sanitation Crew 1",
    "环卫二班": "Sanitation Crew 2",
    "环卫三班": "Sanitation Crew 3",
    "道路一班": "Road Crew 1",
    "道路二班": "Road Crew 2",
    "柳岸班": "Liu'an Crew",
    "翠屏班": "Cuiping Crew",
    "一中队": "Squad 1",
    "二中队": "Squad 2",
    "养护一班": "Gardening Crew 1",
    "养护二班": "Gardening Crew 2",
    "抢修班": "Repair Crew",
    "客服班": "Customer Crew",
    "物业组": "Property Group",
    "房屋组": "Housing Group",
}
CAST = {
    "dispatcher-1": "陈立",
    "leader-1": "林国华",
    "grid-0207": "王秀兰",
    "grid-0205": "孙玉梅",
    "officer-0201": "何静",
    "officer-0202": "周敏",
    "posting-officer-1": "许明",
    "drainage-1-1": "郑海",
    "sanitation-2-1": "马强",
    "traffic-1": "方宁",
}
RESIDENT_CAST = ("张玉珍", "李建国")
"""The first residents; the first of them is the demo's resident and lives in the grid of `grid-0207`."""


@dataclass(frozen=True)
class Office:
    """A department, or a team in it (`key` is then `department-number`). `level`: street or district."""

    key: str
    name: str
    name_en: str
    level: str
    parent: str | None = None


@dataclass(frozen=True)
class Person:
    """Someone with an account. Staff hold `role` at `code` or in `office`; residents have a home grid in `code`."""

    username: str
    name: str
    phone: str
    role: str = ""
    code: int | None = None
    office: str | None = None


@dataclass(frozen=True)
class Cast:
    offices: tuple[Office, ...]
    staff: dict[str, Person]
    residents: tuple[Person, ...]

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (*self.staff.values(), *self.residents)

    def office_keys(self, department: str) -> list[str]:
        """Where cases for the department go: its teams, or itself where it has none."""
        return [office.key for office in self.offices if office.parent == department] or [department]

    def handlers(self, office: str) -> list[str]:
        return [
            one.username for one in self.staff.values() if one.office == office and one.role == "department_handler"
        ]

    def lead_for(self, handler: str) -> str:
        """Who confirms for the department of a handler; "" for people who work for none."""
        person = self.staff.get(handler)
        if person is None or person.office is None:
            return ""
        whole = next(one.parent or one.key for one in self.offices if one.key == person.office)
        return f"{whole}-lead"

    def residents_of(self, code: int) -> list[Person]:
        return [one for one in self.residents if one.code == code]


@lru_cache(maxsize=1)
def build_cast() -> Cast:
    """Everybody. Always the same: treat it as read-only."""
    town, rng = build_town(), Random(f"{SEED} people")
    book = NameBook(rng, {*CAST.values(), *RESIDENT_CAST})
    offices = tuple(_offices(town))
    staff = {one.username: one for one in _staff(town, offices, book)}
    return Cast(offices, staff, tuple(_residents(town, book, rng)))


def _offices(town: Town) -> Iterator[Office]:
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = "district" if row["level"] == "district" else "street"
            yield Office(row["key"], row["name_zh"], row["name_en"], level)
            for number, team in enumerate(TEAMS.get(row["key"], ()), start=1):
                yield Office(f"{row['key']}-{number}", team, TEAM_NAMES_EN[team], level, row["key"])
    for number, community in enumerate(town.communities, start=1):
        name, english = f"{community.name}服务站", f"{community.name_en} Service Station"
        yield Office(f"community-{number}", name, english, "street", "community")


def _staff(town: Town, offices: tuple[Office, ...], book: NameBook) -> Iterator[Person]:
    posts = [*_street_posts(town), *_community_posts(town), *_office_posts(offices)]
    posts.append(("posting-officer-1", "posting_officer", town.street, None))  # came last: the others keep their phones
    for number, (username, role, code, office) in enumerate(posts, start=1):
        generation = "middle" if number % 3 else "young"
        name = CAST.get(username) or book.draw(generation)
        yield Person(username, name, f"1380000{number:04}", role, code, office)


Post = tuple[str, str, int | None, str | None]


def _street_posts(town: Town) -> Iterator[Post]:
    counts = {"dispatcher": 5, "duty_officer": 2, "leader": 2, "inspector": 2, "call_taker": 2}
    for role, count in counts.items():
        for number in range(1, count + 1):
            yield f"{role.replace('_', '-')}-{number}", role, town.street, None
    for role in ("dispatcher", "leader", "administrator", "security_officer", "auditor"):
        yield f"district-{role.replace('_', '-')}", role, town.district, None


def _community_posts(town: Town) -> Iterator[Post]:
    for number, community in enumerate(town.communities, start=1):
        for one in range(1, OFFICERS + 1):
            yield f"officer-{number:02}{one:02}", "community_officer", community.code, None
        yield f"clerk-{number:02}", "counter_clerk", community.code, None
        for place, grid in enumerate(community.grids, start=1):
            yield f"grid-{number:02}{place:02}", "grid_worker", grid.code, None
        for one, grid in enumerate(community.grids[:: len(community.grids) // MANAGERS][:MANAGERS], start=1):
            yield f"property-{number:02}{one:02}", "property_manager", grid.code, None


def _office_posts(offices: tuple[Office, ...]) -> Iterator[Post]:
    wholes = {office.parent for office in offices}
    for office in offices:
        if office.parent is None:
            yield f"{office.key}-lead", "department_lead", None, office.key
        if office.key not in wholes:
            for number in (1, 2):
                yield f"{office.key}-{number}", "department_handler", None, office.key


def _residents(town: Town, book: NameBook, rng: Random) -> Iterator[Person]:
    home = grid_of(town, 2, 7)
    for number in range(RESIDENTS):
        grid = home if number < len(RESIDENT_CAST) else rng.choice(town.grids)
        generation = rng.choices(("elder", "middle", "young"), (4, 4, 3))[0]
        name = RESIDENT_CAST[number] if number < len(RESIDENT_CAST) else book.draw(generation)
        phone = f"1380000{FIRST_RESIDENT + number:04}"
        yield Person(phone, name, phone, code=grid.code)


def grid_of(town: Town, community: int, grid: int) -> Grid:
    """The grid by its numbers as people say them, from 1."""
    return town.communities[community - 1].grids[grid - 1]


def _community(code: int) -> int:
    return codes.serial(code, Level.COMMUNITY)


def worker_of(code: int) -> str:
    """User name of the worker of the grid `code`."""
    return f"grid-{_community(code):02}{codes.serial(code, Level.GRID):02}"


def officers_of(code: int) -> list[str]:
    """User names of the officers of the community that `code` lies in, or is."""
    return [f"officer-{_community(code):02}{one:02}" for one in range(1, OFFICERS + 1)]


def managers_of(code: int) -> list[str]:
    """User names of the property managers of the community that `code` lies in, or is."""
    return [f"property-{_community(code):02}{one:02}" for one in range(1, MANAGERS + 1)]


def clerk_of(code: int) -> str:
    """User name of the counter clerk of the community that `code` lies in, or is."""
    return f"clerk-{_community(code):02}"


def station_of(code: int) -> str:
    """Key of the service station of the community that `code` lies in, or is."""
    return f"community-{_community(code)}"
