"""The demo street in the database: places, people, categories, cases and pictures. All of it, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from time import monotonic

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, Category, current, load_categories, replay
from jingwei.demo import names
from jingwei.demo.alarms import build_alarms
from jingwei.demo.calls import build_calls
from jingwei.demo.disputes import build_disputes
from jingwei.demo.future import plan_changes
from jingwei.demo.history import DAYS, Conditions, Historian, Planned
from jingwei.demo.hours import build_hours
from jingwei.demo.ledger import Ledger, read_ledger
from jingwei.demo.letters import write_letters
from jingwei.demo.looks import build_looks
from jingwei.demo.outside import build_outside
from jingwei.demo.people import Cast, Office, Person, build_cast
from jingwei.demo.pictures import show_pictures
from jingwei.demo.present import Present
from jingwei.demo.publicity import show_everybody
from jingwei.demo.redrawing import redrawn
from jingwei.demo.routing import build_rules
from jingwei.demo.staffing import build_staffing
from jingwei.demo.together import build_together
from jingwei.demo.town import Community, Grid, House, Town, build_town
from jingwei.demo.waiting import build_waiting
from jingwei.demo.worklists import build_worklists
from jingwei.kernel.public import Refused, clock, default_calendar, environment
from jingwei.people.public import (
    Department,
    Member,
    create_department,
    create_posting,
    register_resident,
    register_staff,
)
from jingwei.places.public import (
    Act,
    Area,
    BoundaryDraft,
    Building,
    NewArea,
    add_buildings,
    create_areas,
    draw_in_draft,
    span,
)

BATCH = 500
SETTLED = timedelta(days=400)
"""Everybody was here before the first case: since so long before now."""

Say = Callable[[str], None]


@atomic
def fill_demo(say: Say, *, now: datetime | None = None, days: int = DAYS) -> None:
    """Fill in what is missing of the demo, with a line to `say` for each part. Refused where this is no demo.

    `days`: how long its past is. Cases are made once; later runs leave them as they have become.
    """
    if not environment().is_demo:
        raise Refused(_("This is not a demo: JINGWEI_DEMO is not set. Nothing was written."))
    now = now or clock.now()
    town, cast = build_town(), build_cast()
    parts: tuple[tuple[str, Callable[[], int]], ...] = (
        ("areas", lambda: build_areas(town, now)),
        ("buildings", lambda: build_buildings(town)),
        ("departments", lambda: build_offices(town, cast)),
        ("people", lambda: build_people(cast, now)),
        ("changes of areas", lambda: plan_changes(town, now)),
        ("category editions", lambda: build_categories(now)),
        ("cases", lambda: build_cases(cast, town, now=now, days=days)),
        ("cases that wait", lambda: build_waiting(town, now)),
        ("cases joined, pressed for or appealed", lambda: build_together(town, now)),
        ("redrawn borders", lambda: build_draft(town)),
        ("arrangements", lambda: build_staffing(cast, town, now)),
        ("office hours", lambda: build_hours(town, now)),
        ("webhooks", lambda: build_outside(town, now)),
        ("rules of routing", lambda: build_rules(town, now)),
        ("disputes", lambda: build_disputes(now)),
        ("calls and notes", lambda: build_calls(town, now)),
        ("reports to look at", lambda: build_looks(cast, now)),
        ("emergencies", lambda: build_alarms(now)),
        ("work lists", lambda: build_worklists(town, now)),
        ("pictures", lambda: show_pictures(town, now)),
        ("messages to grid workers", lambda: write_letters(cast, now)),
        ("public cases", lambda: show_everybody(now)),
    )
    for name, build in parts:
        begun = monotonic()
        count = build()
        say(f"{count} {name} added in {monotonic() - begun:.1f} s")


def build_areas(town: Town, now: datetime) -> int:
    """The district, the street, its communities and grids. Gives how many are new, as all of these do."""
    if Area.objects.filter(pk=town.street).exists():
        return 0
    since = clock.local(now - SETTLED).date()
    wanted = [
        NewArea(code=town.district, name=names.DISTRICT[0], name_en=names.DISTRICT[1], begins_on=since),
        NewArea(
            code=town.street,
            name=names.STREET[0],
            name_en=names.STREET[1],
            begins_on=since,
            outline=town.outline,
        ),
        *(_area(one, since) for one in town.communities),
        *(_area(one, since) for one in town.grids),
    ]
    return len(create_areas(wanted, by=None))


def _area(one: Community | Grid, since: date) -> NewArea:
    return NewArea(code=one.code, name=one.name, name_en=one.name_en, begins_on=since, outline=one.outline)


def build_buildings(town: Town) -> int:
    if Building.objects.filter(code__range=span(town.street)).exists():
        return 0
    return len(add_buildings([_building(grid, house) for grid in town.grids for house in grid.houses], by=None))


def _building(grid: Grid, house: House) -> Building:
    return Building(
        code=grid.code,
        name=house.name,
        address=house.address,
        floors=house.floors,
        households=house.households,
        longitude=house.longitude,
        latitude=house.latitude,
        footprint=house.footprint.wkb,
    )


def build_offices(town: Town, cast: Cast) -> int:
    known = {one.key: one for one in Department.objects.filter(key__in=[office.key for office in cast.offices])}
    new = [office for office in cast.offices if office.key not in known]
    for office in new:
        known[office.key] = _office(town, office, known.get(office.parent or ""))
    return len(new)


def _office(town: Town, office: Office, parent: Department | None) -> Department:
    code = town.district if office.level == "district" else town.street
    return create_department(
        name=office.name, name_en=office.name_en, key=office.key, code=code, parent=parent, by=None
    )


def build_people(cast: Cast, now: datetime) -> int:
    """Staff with their postings, and residents. None of them can sign in until `logins.py` gives some a password."""
    known = set(Member.objects.with_phone(*(one.phone for one in cast.everybody)).values_list("phone", flat=True))
    since = now - SETTLED
    offices = {one.key: one for one in Department.objects.exclude(key="")}
    new = [one for one in cast.everybody if one.phone not in known]
    for person in new:
        if person.role:
            _hire(person, offices.get(person.office or ""), since)
        else:
            register_resident(phone=person.phone, name=person.name, is_demo=True, by=None, now=since)
    return len(new)


def _hire(person: Person, office: Department | None, since: datetime) -> None:
    member = register_staff(
        username=person.username, name=person.name, phone=person.phone, is_demo=True, by=None, now=since
    )
    begins_on = clock.local(since).date()
    create_posting(member, person.role, code=person.code, department=office, begins_on=begins_on, by=None, now=since)


def build_draft(town: Town) -> int:
    """A draft of boundaries with a gap and an overlap to mend. None where one was ever begun."""
    if BoundaryDraft.objects.filter(code=town.district).exists():
        return 0
    outlines = redrawn(town)
    draw_in_draft(Area.objects.get(pk=town.district), outlines, act=Act.IMPORT, by=None)
    return len(outlines)


def build_categories(now: datetime) -> int:
    """The category table, in force since before the first case."""
    if Category.objects.exists():
        return 0
    load_categories(now=now - SETTLED)
    return 1


def build_cases(cast: Cast, town: Town, *, now: datetime, days: int) -> int:
    """Half a year of cases and those of today, by the real rules. None where the street has cases already."""
    if Case.objects.filter(code__range=span(town.street)).exists():
        return 0
    ledger = read_ledger(cast)
    historian = Historian(read_conditions(), default_calendar(), cast)
    planned = sorted(
        [*historian.past(now, days), *Present(historian).cases(now)],
        key=lambda one: one.opening.at,
    )
    for batch in _batches(planned):
        _replay(batch, ledger)
    return len(planned)


def _replay(batch: Sequence[Planned], ledger: Ledger) -> None:
    done = replay([ledger.past(one) for one in batch])
    if done.refused:
        key, why = next(iter(done.refused.items()))
        raise RuntimeError(f"{len(done.refused)} cases of the demo break the rules, such as {key}: {why}")


def _batches(planned: Sequence[Planned]) -> Iterator[Sequence[Planned]]:
    for start in range(0, len(planned), BATCH):
        yield planned[start : start + BATCH]


def read_conditions() -> Conditions:
    return {
        (category.code, condition.number): condition
        for category in current().values()
        for condition in category.conditions.all()
    }
