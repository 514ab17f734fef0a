"""Changes of areas as tests make them."""

from datetime import date

from jingwei.kernel.public import clock
from jingwei.places.changes.effect import apply_due_changes, approve_change
from jingwei.places.models import Area, AreaChange
from jingwei.places.queries import today

WHY = {"reason": "Decision 12 of the street", "by": None}


def on_day(day: date | None = None) -> dict[str, object]:
    """What every plan is told."""
    return {"takes_effect_on": day or today(), **WHY}


def in_effect(change: AreaChange) -> AreaChange:
    """The change, approved, and its day come. AssertionError with the sentence where something is in its way."""
    approve_change(change, by=None)
    at = clock.now().replace(
        year=change.takes_effect_on.year, month=change.takes_effect_on.month, day=change.takes_effect_on.day
    )
    with clock.frozen(max(at, clock.now())):
        results = apply_due_changes()
    assert [why_not for _change, why_not in results] == [""]
    return AreaChange.objects.get(pk=change.pk)


def parts_of(change: AreaChange) -> list[Area]:
    return [Area.objects.get(pk=part.code) for part in change.parts.all()]
