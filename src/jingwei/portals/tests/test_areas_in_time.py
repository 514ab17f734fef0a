"""What must hold for any sequence of changes of areas: nothing is lost, nothing is counted twice, every code resolves.

Areas, buildings, cases and postings together: that is why it stands above them all.
"""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
import shapely
from django.db.models import Sum
from django.db.transaction import atomic, set_rollback
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingwei.cases.public import Case, DocketEntry, report_cases
from jingwei.cases.testing import MONDAY, a_draft
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Posting, load_member
from jingwei.people.testing import a_holder, a_resident
from jingwei.places.public import (
    Area,
    AreaChange,
    Boundary,
    Building,
    PartWanted,
    Succession,
    apply_due_changes,
    approve_change,
    codes,
    cut_area,
    find,
    heirs_of,
    plan_merge,
    plan_move,
    plan_split,
    preview,
    spans_of,
    undo_change,
)
from jingwei.places.testing import a_building, a_community, a_district, a_grid, a_street, a_unit

pytestmark = pytest.mark.django_db
SIDE = 0.01
WIDE = 2
"""Grids along each side of the two communities, which lie beside each other."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["split", "split across", "merge", "move", "move whole", "undo"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=4,
)


class Town:
    """A street of two communities with grids, units, buildings, open and closed cases, and a worker a grid."""

    def __init__(self) -> None:
        self.day = MONDAY
        self.street = a_street(a_district())
        self.other_street = a_street(self.street.parent)
        self.communities = [a_community(self.street) for _ in range(2)]
        resident = a_resident()
        drafts = []
        for number, community in enumerate(self.communities):
            for x, y in ((x, y) for x in range(WIDE) for y in range(2)):
                west, south = (number * WIDE + x) * SIDE, y * SIDE
                grid = a_grid(community, bounds=(west, south, west + SIDE, south + SIDE))
                unit = a_unit(grid, bounds=(west, south, west + SIDE / 4, south + SIDE / 4))
                for area, shift in ((grid, 0.6), (unit, 0.1), (grid, 0.8)):
                    a_building(area, west + SIDE * shift, south + SIDE * shift, households=10 + x)
                point = {"longitude": west + SIDE * 0.7, "latitude": south + SIDE * 0.4}
                drafts += [a_draft(grid.code, key=uuid4(), **point), a_draft(unit.code), a_draft(grid.code)]
                self.worker = a_holder("grid_worker", grid.code)
        with clock.frozen(MONDAY):
            report_cases(drafts, by=resident)
        self.closed = Case.objects.order_by("pk").first()
        Case.objects.filter(pk=self.closed.pk).update(status="withdrawn")
        DocketEntry.objects.filter(case=self.closed).delete()
        self.before = self.sums()

    def sums(self) -> dict[str, object]:
        """What no change of areas may change."""
        grids = Boundary.objects.filter(area__level="grid", area__ends_on=None).values_list("wkb", flat=True)
        shapes = [shapely.from_wkb(bytes(wkb)) for wkb in grids]
        living = Area.objects.filter(level="grid", ends_on=None)
        homes = [Building.objects.under(area.code).aggregate(n=Sum("households"))["n"] or 0 for area in living]
        return {
            "ground": round(sum(shape.area for shape in shapes) / SIDE**2, 6),
            "union": round(shapely.union_all(shapes).area / SIDE**2, 6),
            "households": sum(homes),
            "open": DocketEntry.objects.filter(holder="a", holder_id=self.street.parent_id).count(),
            "units": Area.objects.filter(level="unit", ends_on=None).count(),
        }

    def change(self, what: str, first: int, second: int) -> None:
        """One change, as far as the rules allow it, and its day."""
        self.day += timedelta(days=1)
        with clock.frozen(self.day):
            try:
                change = self.plan(what, first, second)
                if change is None:
                    return
                seen = preview(change)
                for figure in seen.figures:
                    if not figure.holding.is_shared:
                        assert sum(figure.amounts.values()) == figure.total
                approve_change(change, by=None)
            except Refused:
                return
            if what == "undo":
                undo_change(change, by=None)
                assert apply_due_changes() == []
                return
            assert [why_not for _change, why_not in apply_due_changes()] == [""]

    def plan(self, what: str, first: int, second: int) -> AreaChange | None:
        given = {"takes_effect_on": clock.local(self.day).date(), "reason": "r", "by": None}
        grids = list(Area.objects.filter(level="grid", ends_on=None).order_by("code"))
        grid, other = grids[first % len(grids)], grids[second % len(grids)]
        communities = list(Area.objects.filter(level="community", ends_on=None).order_by("code"))
        community = communities[second % len(communities)]
        name = f"n{self.day:%j}"
        if what == "merge":
            return plan_merge([grid, other], name=name, **given)
        if what == "move":
            return plan_move(grid, community, name=name, **given)
        if what == "move whole":
            to = self.other_street if community.parent_id == self.street.code else self.street
            return plan_move(community, to, name=name, **given)
        west, south, east, north = shapely.from_wkb(bytes(Boundary.objects.get(area=grid).wkb)).bounds
        x, y = west + (east - west) * 0.65, south + (north - south) * 0.65
        lines = {"split across": ((west, y), (east, y))}.get(what, ((x, south), (x, north)))
        sides = cut_area(grid, *lines)
        parts = [PartWanted(name=f"{name}{mark}", outline=side) for mark, side in zip("ab", sides, strict=True)]
        return plan_split(grid, parts, rest=second % 2, **given)

    def check(self) -> None:
        assert self.sums() == self.before
        today = clock.local(self.day).date()
        living = {area.code: area for area in Area.objects.filter(ends_on=None)}
        self.check_open_things(living)
        self.check_successions(today, living)
        self.check_dockets()

    def check_open_things(self, living: dict[int, Area]) -> None:
        assert set(Building.objects.values_list("code", flat=True)) <= living.keys()
        assert set(Case.objects.exclude(pk=self.closed.pk).values_list("code", flat=True)) <= living.keys()
        assert set(Posting.objects.filter(ends_on=None).values_list("code", flat=True)) <= living.keys()
        worked = set(Posting.objects.filter(ends_on=None).values_list("code", flat=True))
        assert {code for code, area in living.items() if area.level == "grid"} <= worked
        assert all(area.parent_id in living for area in living.values() if area.parent_id)
        with clock.frozen(self.day):
            for building in Building.objects.all():
                assert find(building.longitude, building.latitude).code == building.code

    def check_successions(self, today, living: dict[int, Area]) -> None:
        pairs = list(Succession.objects.values_list("predecessor_id", "successor_id"))
        ends = dict(Area.objects.values_list("pk", "ends_on"))
        begins = dict(Area.objects.values_list("pk", "begins_on"))
        assert all(ends[old] == begins[new] for old, new in pairs), "time runs one way, so there is no cycle"
        ended = [code for code, end in ends.items() if end is not None]
        for code, heirs in heirs_of(ended, today).items():
            assert heirs, f"nothing came after {code}"
            assert set(heirs) <= living.keys()

    def check_dockets(self) -> None:
        """The roll-ups of before and after agree, with history and without."""
        of_grids = [area.code for area in Area.objects.filter(level="grid", ends_on=None)]
        everywhere = Case.objects.filter(code__range=self.street.parent.span).count()
        spans = spans_of(*of_grids)
        within = sum(Case.objects.filter(code__range=span).count() for span in spans)
        assert within == everywhere == Case.objects.count()
        entries = Counter(DocketEntry.objects.filter(holder="a").values_list("holder_id", flat=True))
        assert sum(entries[code] for code in of_grids) == entries[self.street.parent_id]
        (heir, *_others) = heirs_of([codes.ancestor(self.closed.code, codes.Level.GRID)], clock.local(self.day).date())[
            codes.ancestor(self.closed.code, codes.Level.GRID)
        ]
        with clock.frozen(self.day):
            worker = Posting.objects.filter(code=heir, ends_on=None, role="grid_worker").first()
            assert any(post.covers(self.closed.code) for post in load_member(worker.member_id).posts)


@given(STEPS)
@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_any_changes_keep_ground_people_and_work_together(steps):
    with atomic():
        town = Town()
        for what, first, second in steps:
            town.change(what, first, second)
            town.check()
        set_rollback(True)


def test_every_kind_of_change_happens_in_this_town():
    """So that the property above is not one about refusals."""
    town = Town()
    for what, first, second in (
        ("split", 0, 1),
        ("split across", 4, 0),
        ("merge", 1, 2),
        ("move", 1, 1),
        ("move whole", 0, 0),
        ("undo", 2, 0),
    ):
        town.change(what, first, second)
        town.check()

    kinds = Counter(AreaChange.objects.values_list("kind", "state"))
    assert kinds[("split", "in_effect")] == 2
    assert kinds[("merge", "in_effect")] == 1
    assert kinds[("move", "in_effect")] == 2
    assert sum(amount for (_kind, state), amount in kinds.items() if state == "undone") == 1
