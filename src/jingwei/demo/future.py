"""What is planned in the demo street: its largest grid is to be split with the next month."""

from datetime import datetime, timedelta

from django.db.models import Sum

from jingwei.demo.town import Town
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.places.public import (
    Area,
    AreaChange,
    Building,
    Level,
    PartWanted,
    approve_change,
    cut_area,
    plan_split,
    span,
)

REASON = "柳街办〔2026〕31 号：户数超过五百，自下月起分为两个网格"


def plan_changes(town: Town, now: datetime) -> int:
    """One approved split, unless areas have ever changed here."""
    if AreaChange.objects.exists():
        return 0
    grids = Area.objects.current().under(town.street).at(Level.GRID)
    grid = max(grids, key=lambda area: (_households(area), -area.code))
    longitude, latitude = grid.longitude, grid.latitude
    assert longitude is not None
    assert latitude is not None
    north, south = cut_area(grid, (longitude + 0.001, latitude), (longitude - 0.001, latitude))[::-1]
    planner = Member.objects.filter(postings__role="administrator").order_by("pk").first()
    change = plan_split(
        grid,
        [
            PartWanted(name=f"{grid.name}北片", name_en=f"{grid.name_en} North".strip(), outline=north),
            PartWanted(name=f"{grid.name}南片", name_en=f"{grid.name_en} South".strip(), outline=south),
        ],
        takes_effect_on=(clock.local(now).date().replace(day=1) + timedelta(days=32)).replace(day=1),
        reason=REASON,
        by=planner,
        now=now,
    )
    approve_change(change, by=planner, now=now)
    return 1


def _households(area: Area) -> int:
    first, last = span(area.code)
    total: int | None = Building.objects.filter(code__range=(first, last)).aggregate(n=Sum("households"))["n"]
    return total or 0
