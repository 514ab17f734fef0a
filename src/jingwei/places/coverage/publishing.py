"""Putting a draft of boundaries on the map. One transaction: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.kernel.public import Refused, clock, publish, publish_many
from jingwei.places import mapversion
from jingwei.places.actions import Actor, set_boundaries
from jingwei.places.coverage.check import check
from jingwei.places.coverage.drafting import again, check_of, number_of
from jingwei.places.coverage.ground import Finding, Severity
from jingwei.places.coverage.loading import drafted_moves, drafted_outlines, load
from jingwei.places.facts import BoundariesPublished, BoundaryDraftChanged, BuildingMoved
from jingwei.places.models import Area, Boundary, BoundaryDraft, Building, DraftOutline
from jingwei.places.outlines import Outline

LONGEST_REASON = 300
State = BoundaryDraft.State


def faults_left(draft: BoundaryDraft) -> list[Finding]:
    """What must be mended before a draft can be published by one person: in the streets that it touches."""
    changed = DraftOutline.objects.filter(step__draft=draft).values_list("area_id", flat=True).distinct()
    found: list[Finding] = []
    for street in sorted({check_of(code) for code in changed}):
        loaded = load(street, draft)
        found += [one for one in check(loaded.ground, loaded.limits) if one.severity is Severity.MUST]
    return found


@dataclass(frozen=True)
class Plan:
    """What publishing a draft would do. `is_mine`: whoever looks has asked for it, so that another has to publish."""

    areas: tuple[Area, ...]
    buildings: int
    steps: int
    faults: tuple[Finding, ...]
    is_asked: bool
    is_mine: bool


def plan_of(draft: BoundaryDraft, person: int) -> Plan:
    outlines, moves = drafted_outlines(draft), drafted_moves(draft)
    return Plan(
        areas=tuple(Area.objects.filter(pk__in=outlines).select_related("parent").order_by("code")),
        buildings=len(moves),
        steps=draft.steps.count(),
        faults=tuple(faults_left(draft)),
        is_asked=draft.asked_by is not None,
        is_mine=draft.asked_by == person,
    )


@atomic
def publish_draft(draft: BoundaryDraft, *, reason: str = "", by: Actor, now: datetime | None = None) -> BoundaryDraft:
    """Put the draft on the map; buildings are registered as it says.

    With faults left the first person only asks, with a reason, and another one publishes. The system needs only the
    reason.
    """
    draft = again(draft, by=by)
    now = now or clock.now()
    outlines, moves = drafted_outlines(draft), drafted_moves(draft)
    if not outlines and not moves:
        raise Refused(_("The draft changes nothing yet."))
    _check_base(draft, outlines)
    left = faults_left(draft)
    if left and not _is_second(draft, by):
        _ask(draft, len(left), reason, by=by, now=now)
        if by is not None:
            return draft
    draft.faults_left = len(left)
    _put(outlines, moves, by=by)
    draft.state, draft.closed_at, draft.closed_by = State.PUBLISHED, now, number_of(by)
    draft.save(update_fields=["state", "closed_at", "closed_by", "faults_left"])
    publish(BoundariesPublished(code=draft.code, draft_id=draft.pk, faults_left=len(left)), by=by, at=now)
    return draft


def _check_base(draft: BoundaryDraft, outlines: Mapping[int, Outline]) -> None:
    """Refuse what was drawn on a map that has changed since."""
    areas = {area.code: area for area in Area.objects.filter(pk__in=outlines)}
    now = dict(Boundary.objects.filter(pk__in=outlines).values_list("area_id", "version"))
    first: dict[int, int | None] = {}
    rows = DraftOutline.objects.filter(step__draft=draft).order_by("step__number").values_list("area_id", "base")
    for code, base in rows:
        first.setdefault(code, base)
    for code, base in first.items():
        if areas[code].ends_on:
            raise Refused(
                _("%(name)s has ended. Take back the steps that draw it, or discard the draft.")
                % {"name": areas[code].title}
            )
        if now.get(code) != base:
            raise Refused(
                _("The boundary of %(name)s on the map has changed since. Take back the steps that draw it.")
                % {"name": areas[code].title}
            )


def _is_second(draft: BoundaryDraft, by: Actor) -> bool:
    """Whether somebody else has asked for it, as the draft is now."""
    return draft.asked_by is not None and draft.asked_by != number_of(by)


def _ask(draft: BoundaryDraft, count: int, reason: str, *, by: Actor, now: datetime) -> None:
    reason = reason.strip()
    if not reason:
        raise Refused(
            ngettext(
                "%(count)d place must still be mended. Mend it, or give a reason, and a second person publishes.",
                "%(count)d places must still be mended. Mend them, or give a reason, and a second person publishes.",
                count,
            )
            % {"count": count}
        )
    draft.reason, draft.asked_at, draft.asked_by = reason[:LONGEST_REASON], now, number_of(by)
    draft.save(update_fields=["reason", "asked_at", "asked_by"])
    publish(BoundaryDraftChanged(code=draft.code, draft_id=draft.pk), by=by, at=now)


def _put(outlines: Mapping[int, Outline], moves: Mapping[UUID, int], *, by: Actor) -> None:
    areas = {area.code: area for area in Area.objects.filter(pk__in=outlines)}
    kept = dict(Boundary.objects.filter(pk__in=outlines).values_list("area_id", "wkb"))
    drawn = [
        (areas[code], outline)
        for code, outline in sorted(outlines.items())
        if code not in kept or bytes(kept[code]) != outline.wkb
    ]
    if drawn:
        set_boundaries(drawn, by=by)
    moved = list(Building.objects.select_for_update().filter(pk__in=moves))
    for building in moved:
        building.code = moves[building.pk]
    if moved:
        Building.objects.bulk_update(moved, ["code"], batch_size=500)
        mapversion.bump()
        publish_many([BuildingMoved(code=one.code, building_id=one.pk) for one in moved], by=by)
