"""What keeps whoever arranges postings busy: an absence, a clash, somebody who leaves, a vacancy and its hand-over."""

from datetime import date, datetime, timedelta

from jingwei.demo.people import Cast, managers_of, officers_of, worker_of
from jingwei.demo.town import Town
from jingwei.kernel.public import clock
from jingwei.people.public import (
    Absence,
    Member,
    add_certificate,
    add_training,
    arrange_absence,
    create_posting,
    create_team,
    end_posting,
    open_work_counts,
    record_hired,
)

AWAY, STANDS_IN = (1, 4), (1, 5)  # numbers of a community and a grid, from 0
BACK_IN, LEAVES_IN, LEFT_BEFORE, JOINED_BEFORE, HIRED_BEFORE = (timedelta(days=days) for days in (6, 9, 2, 45, 400))
LEAVES = "dispatcher-3"


def build_staffing(cast: Cast, town: Town, now: datetime) -> int:
    """Gives how many arrangements are new; none where there are absences already."""
    names = {str(one.username): one for one in Member.objects.filter(username__in=cast.staff)}
    day = clock.local(now).date()
    if Absence.objects.exists():
        return 0

    def worker(place: tuple[int, int]) -> Member:
        community, grid = place
        return names[worker_of(town.communities[community].grids[grid].code)]

    arrange_absence(worker(AWAY), begins_on=day, ends_on=day + BACK_IN, delegate=worker(STANDS_IN), by=None, now=now)
    _make_clash(names, cast, town, day, now)
    end_posting(names[LEAVES].postings.get(), ends_on=day + LEAVES_IN, by=None, now=now)
    leaver = _with_open_work(names, town, besides={worker(AWAY), worker(STANDS_IN)})
    end_posting(leaver.postings.get(), ends_on=day - LEFT_BEFORE, by=None, now=now)
    _write_records(worker(AWAY), worker(STANDS_IN), town, day, now)
    return 4


def _make_clash(names: dict[str, Member], cast: Cast, town: Town, day: date, now: datetime) -> None:
    """An officer who also looks after a compound: handles there, and checks there."""
    community = town.communities[0].code
    officer, manager = names[officers_of(community)[2]], cast.staff[managers_of(community)[0]]
    create_posting(officer, manager.role, code=manager.code, begins_on=day - JOINED_BEFORE, by=None, now=now)


def _write_records(first: Member, second: Member, town: Town, day: date, now: datetime) -> None:
    """Papers, one of which has run out, and a team that looks for volunteers."""
    record_hired(first, hired_on=day - HIRED_BEFORE, by=None, now=now)
    add_training(first, name="网格员岗前培训", held_on=day - HIRED_BEFORE, hours=24, by=None, now=now)
    add_certificate(first, kind="社会工作者职业资格证书（助理）", valid_until=day + HIRED_BEFORE, by=None, now=now)
    add_certificate(second, kind="救护员证", valid_until=day - JOINED_BEFORE, by=None, now=now)
    create_team(name="荷塘护绿志愿队", kind="volunteer", code=town.communities[1].code, by=None, now=now)


def _with_open_work(names: dict[str, Member], town: Town, besides: set[Member]) -> Member:
    """A grid worker outside the grids that the pictures show, with something in hand where any has."""
    grids = [grid.code for community in town.communities[2:] for grid in community.grids]
    workers = [one for one in (names[worker_of(code)] for code in grids) if one not in besides]
    counts = open_work_counts([one.pk for one in workers])
    return max(workers, key=lambda one: (counts.get(one.pk, 0), -one.pk))
