"""Approving, undoing, and what happens on the day: old areas end, new ones begin, and all that is open goes along."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import shapely
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE as EVERYWHERE
from jingwei.kernel.public import Fact, Refused, clock, opened, publish, publish_many, require
from jingwei.places import codes, mapversion
from jingwei.places.actions import Actor, free_codes, rename_area, require_living
from jingwei.places.boundaries import keep_outlines
from jingwei.places.changes.checks import check_neighbours, check_undisturbed
from jingwei.places.changes.holdings import Holding, Moment, Moved, Thing, holdings
from jingwei.places.changes.planning import number_of
from jingwei.places.changes.plans import Plan, outline_of, outlines_of, past_recoding, plan_of
from jingwei.places.changes.recoding import Recoding
from jingwei.places.facts import (
    AreaChangeApproved,
    AreaChangeUndone,
    AreaCreated,
    AreaEnded,
    AreaMoved,
    AreasMerged,
    AreaSplit,
    BoundarySet,
)
from jingwei.places.models import Area, AreaChange, Succession
from jingwei.places.outlines import Outline
from jingwei.places.succession import succession

Kind, State = AreaChange.Kind, AreaChange.State
LATECOMERS = timedelta(days=2)
"""For so long after a change, what was still written under an old code is brought along."""


@atomic
def approve_change(change: AreaChange, *, by: Actor, now: datetime | None = None) -> AreaChange:
    """From now on the change takes effect on its day by itself."""
    now = now or clock.now()
    change = _held(change, by)
    if change.state != State.DRAFT:
        raise Refused(_("Only a draft is approved."))
    if change.takes_effect_on < clock.local(now).date():
        raise Refused(_("Its day, %(day)s, has passed. Plan the change anew.") % {"day": change.takes_effect_on})
    _check(plan_of(change))
    change.state, change.approved_at, change.approved_by = State.APPROVED, now, number_of(by)
    change.save(update_fields=["state", "approved_at", "approved_by"])
    publish(AreaChangeApproved(change_id=change.pk, code=change.code), by=by, at=now)
    return change


@atomic
def undo_change(change: AreaChange, *, by: Actor, now: datetime | None = None) -> AreaChange:
    """The change does not happen. Refused once it has taken effect."""
    now = now or clock.now()
    change = _held(change, by)
    if change.state == State.IN_EFFECT:
        raise Refused(_("The change is in effect already. Plan another one that leads back."))
    if change.state == State.UNDONE:
        raise Refused(_("This change was undone already."))
    change.state, change.undone_at, change.undone_by = State.UNDONE, now, number_of(by)
    change.save(update_fields=["state", "undone_at", "undone_by"])
    change.sources.update(is_pending=False)
    publish(AreaChangeUndone(change_id=change.pk, code=change.code), by=by, at=now)
    return change


def _held(change: AreaChange, by: Actor) -> AreaChange:
    held = AreaChange.objects.select_for_update().get(pk=change.pk)
    if by is not None:
        require(by, "places.change", held)
    return held


def obstacle(change: AreaChange) -> str:
    """Why a change that is still to come could not take effect as things are; "" if nothing is in its way."""
    try:
        _check(plan_of(change))
    except Refused as no:
        return no.message
    return ""


def _check(plan: Plan) -> None:
    above = _above(plan)
    for area in (*plan.sources, above):
        require_living(area)
    check_undisturbed(plan.change, plan.sources, above)
    check_neighbours(plan.change, plan.sources, above, plan.parts)
    assert plan.recoding.heirs


def _above(plan: Plan) -> Area:
    if plan.change.kind == Kind.RENAME:
        return plan.sources[0]
    return Area.objects.get(pk=codes.parent(plan.parts[0].code) or codes.WHOLE)


def apply_due_changes(now: datetime | None = None) -> list[tuple[AreaChange, str]]:
    """Let all approved changes whose day has come take effect, in the order of their days.

    Each is one transaction: after a crash the next run goes on where this one was. Gives what was due, with the
    sentence that says why it could not be ("" where it could).
    """
    now = now or clock.now()
    today = clock.local(now).date()
    due = AreaChange.objects.filter(state=State.APPROVED, takes_effect_on__lte=today)
    results = []
    for pk in due.order_by("takes_effect_on", "approved_at", "pk").values_list("pk", flat=True):
        change = apply_change(pk, now)
        if change is not None:
            results.append(change)
    return results


def apply_change(key: UUID, now: datetime) -> tuple[AreaChange, str] | None:
    """One of them. None if it is not due, or has taken effect meanwhile."""
    with opened(EVERYWHERE):
        change = AreaChange.objects.select_for_update().get(pk=key)
        if change.state != State.APPROVED or change.takes_effect_on > clock.local(now).date():
            return None
        try:
            with atomic():
                _apply(plan_of(change, lock=True), now)
        except Refused as no:
            return change, no.message
        return change, ""


def _apply(plan: Plan, now: datetime) -> None:
    change = plan.change
    _check(plan)
    if change.kind == Kind.RENAME:
        _rename(plan)
    else:
        _number_anew(plan)
        recoding = plan.recoding
        new = _replace(plan, recoding)
        drawn = _draw(plan, recoding, new)
        _bring_along(recoding, Moment(change.pk, change.takes_effect_on, change.approved_by, now))
        publish_many(_told(plan, new, drawn), by=change.approved_by, at=now)
    change.state, change.took_effect_at = State.IN_EFFECT, now
    change.save(update_fields=["state", "took_effect_at"])
    for source in change.sources.select_related("area"):
        source.is_pending = False
        source.save(update_fields=["is_pending"])


def _rename(plan: Plan) -> None:
    (area,), (part,) = plan.sources, plan.parts
    plan.change.sources.update(name=area.name, name_en=area.name_en)
    rename_area(area, name=part.name, name_en=part.name_en, by=plan.change.approved_by)


def _number_anew(plan: Plan) -> None:
    """Parts keep the codes that were put aside for them, unless an import has used one."""
    taken = set(Area.objects.filter(pk__in=[part.code for part in plan.parts]).values_list("pk", flat=True))
    late = [part for part in plan.parts if part.code in taken]
    for part, code in zip(late, free_codes(_above(plan), len(late)) if late else (), strict=True):
        part.code = code
        part.save(update_fields=["code"])


def _replace(plan: Plan, recoding: Recoding) -> dict[int, Area]:
    """End the old areas with all below, begin the new ones, and keep what came from what. Gives the new by code."""
    change, on = plan.change, plan.change.takes_effect_on
    old = [*plan.sources, *plan.below]
    Area.objects.filter(pk__in=[area.code for area in old]).update(ends_on=on)
    new = {part.code: _begin(part.code, part.name, part.name_en, on) for part in plan.parts}
    names = plan.names
    for area in plan.below:
        code = recoding.targets[area.code]
        new[code] = _begin(code, *names[area.code], on, area)
    Area.objects.bulk_create([new[code] for code in sorted(new)], batch_size=2000)
    Succession.objects.bulk_create(
        [succession(change, area, new[code]) for area in old for code in recoding.all_heirs(area.code)],
        batch_size=2000,
    )
    return new


def _begin(code: int, name: str, name_en: str, on: date, like: Area | None = None) -> Area:
    return Area(
        code=code,
        level=codes.level_of(code),
        name=name,
        name_en=name_en,
        parent_id=codes.parent(code),
        begins_on=on,
        longitude=like.longitude if like else None,
        latitude=like.latitude if like else None,
    )


def _draw(plan: Plan, recoding: Recoding, new: dict[int, Area]) -> list[int]:
    """Keep the outlines of what is new, and of the areas above that lose or gain something. Gives their codes."""
    drawn = [(new[part.code], outline) for part in plan.parts if (outline := outline_of(part)) is not None]
    below = outlines_of(plan.below)
    drawn += [(new[recoding.targets[code]], outline) for code, outline in below.items()]
    if plan.change.kind == Kind.MOVE:
        drawn += _above_redrawn(plan)
    if drawn:
        keep_outlines(drawn)
    else:
        mapversion.bump()
    return [area.code for area, _outline in drawn]


def _above_redrawn(plan: Plan) -> list[tuple[Area, Outline]]:
    """The boundaries of the areas that lose and gain the one that moves, where they are drawn at all."""
    (source,) = plan.sources
    outline = outline_of(plan.parts[0])
    both = [Area.objects.get(children=source), _above(plan)]
    drawn = outlines_of(both)
    if outline is None or len(drawn) < len(both):
        return []
    less = shapely.difference(drawn[both[0].code], outline)
    more = shapely.union(drawn[both[1].code], outline)
    changed = [(both[0], less), (both[1], more)]
    return [(area, shapely.normalize(shape)) for area, shape in changed if isinstance(shape, Outline) and shape.area]


def _bring_along(recoding: Recoding, moment: Moment) -> None:
    for holding in holdings():
        moved = assigned(holding, holding.things(recoding.spans, moment.on), recoding)
        if moved:
            holding.move(moved, moment)


def assigned(holding: Holding, things: Sequence[Thing], recoding: Recoding) -> list[Moved]:
    """Each of the things with its new codes."""
    if holding.is_shared:
        return [Moved(thing.key, thing.spot.code, recoding.all_heirs(thing.spot.code)) for thing in things]
    placed = recoding.place([thing.spot for thing in things])
    return [Moved(thing.key, thing.spot.code, (code,)) for thing, code in zip(things, placed, strict=True)]


def _told(plan: Plan, new: Iterable[int], drawn: Iterable[int]) -> list[Fact]:
    change = plan.change
    roots = [area.code for area in plan.sources]
    parts = [part.code for part in plan.parts]
    facts: list[Fact] = [AreaEnded(code=area.code) for area in (*plan.sources, *plan.below)]
    facts += [AreaCreated(code=code) for code in new]
    facts += [BoundarySet(code=code) for code in drawn]
    if change.kind == Kind.SPLIT:
        return [*facts, AreaSplit(change_id=change.pk, code=roots[0], parts=tuple(parts))]
    if change.kind == Kind.MERGE:
        return [*facts, AreasMerged(change_id=change.pk, code=parts[0], before=tuple(roots))]
    return [*facts, AreaMoved(change_id=change.pk, code=parts[0], before=roots[0])]


@opened(EVERYWHERE)
def bring_latecomers(now: datetime | None = None) -> None:
    """What was being written under an old code while a change took effect goes along as well."""
    now = now or clock.now()
    recent = AreaChange.objects.filter(state=State.IN_EFFECT, took_effect_at__gte=now - LATECOMERS)
    for change in recent.exclude(kind=Kind.RENAME).order_by("took_effect_at"):
        _bring_along(past_recoding(change), Moment(change.pk, change.takes_effect_on, change.approved_by, now))
