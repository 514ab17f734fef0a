"""What a change of areas costs for each open case that goes along, at 1,000,000 cases and at 100,000.

A community moves to another street with its grids, boundaries and open cases; the transaction is taken back afterwards.
"""

import statistics
import time
from datetime import timedelta

from django.db.models import Count
from django.db.transaction import atomic, set_rollback

from benchmarks import city
from benchmarks.harness import Bench
from jingwei.cases.public import DocketEntry
from jingwei.kernel.public import clock
from jingwei.places.public import Area, AreaChange, apply_due_changes, approve_change, codes, plan_move, preview

TIMES = 3
MOST_TIMES_DEARER = 1.5


def run(bench: Bench) -> None:
    departments = city.lay_out()
    tomorrow = clock.now() + timedelta(days=1)
    with clock.frozen(tomorrow):
        city.grow(departments, city.SMALL)
        small = measured()
        city.grow(departments, city.LARGE)
        large = measured()
    told = {"goal": MOST_TIMES_DEARER, "at_most": True}
    for name, value, baseline in zip(("preview", "change"), large, small, strict=True):
        bench.report(name=f"areas.{name}", value=value * 1e6, unit="us/case", baseline=baseline * 1e6, **told)


def measured() -> tuple[float, float]:
    """Seconds for each open case: counting where they would go, and the change itself."""
    communities = Area.objects.filter(level="community").values("code")
    crowded = (
        DocketEntry.objects.filter(holder="a", holder_id__in=communities)
        .values("holder_id")
        .annotate(n=Count("case_id", distinct=True))
    )
    rounds = [one_change(row["holder_id"], row["n"]) for row in crowded.order_by("-n", "holder_id")[:TIMES]]
    return statistics.median(seen for seen, _done in rounds), statistics.median(done for _seen, done in rounds)


def one_change(code: int, cases: int) -> tuple[float, float]:
    with atomic():
        community = Area.objects.get(pk=code)
        to = Area.objects.get(pk=city.street(1 if codes.parent(code) == city.street(2) else 2))
        day = clock.local(clock.now()).date()
        change = plan_move(community, to, name="Moved", takes_effect_on=day, reason="bench", by=None)
        began = time.perf_counter()
        (figure,) = [figure for figure in preview(change).figures if figure.key == "cases"]
        seen = time.perf_counter() - began
        assert figure.total == cases
        approve_change(AreaChange.objects.get(pk=change.pk), by=None)
        began = time.perf_counter()
        results = apply_due_changes()
        done = time.perf_counter() - began
        assert [why_not for _change, why_not in results] == [""]
        set_rollback(True)
    return seen / cases, done / cases
