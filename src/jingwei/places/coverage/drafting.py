"""Changing a draft of boundaries: steps are added at its end and taken back from there. One transaction each.

A district has one draft at a time. Nothing of it is on the map until it is published (`publishing.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import shapely
from django.db.models import Max
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.places import codes
from jingwei.places.actions import Actor
from jingwei.places.codes import Level
from jingwei.places.coverage.check import check
from jingwei.places.coverage.ground import Finding
from jingwei.places.coverage.loading import Loaded, district_of, load
from jingwei.places.coverage.mends import Mend, mends
from jingwei.places.facts import BoundaryDraftChanged
from jingwei.places.models import (
    Area,
    Boundary,
    BoundaryDraft,
    DraftMove,
    DraftOutline,
    DraftStep,
    PastBoundary,
)
from jingwei.places.outlines import Outline, check_outline

PERMIT = "places.draw"
"""Asked about the district."""
Act = DraftStep.Act
State = BoundaryDraft.State


def open_draft_of(code: int) -> BoundaryDraft | None:
    """The draft of the district that `code` lies in, where there is one."""
    return BoundaryDraft.objects.filter(code=district_of(code), state=State.OPEN).first()


def check_of(code: int) -> int:
    """The area whose ground is looked at together for `code`: its street, where it lies in one."""
    return codes.ancestor(code, Level.STREET) if codes.level_of(code).depth >= Level.STREET.depth else code


@atomic
def adopt_mend(area: Area, *, finding: str, mend: str, by: Actor, now: datetime | None = None) -> DraftStep:
    """Add a mend of a finding to the draft, both by their keys. Refused where the map has moved on meanwhile."""
    draft = _held(area.code, by=by, now=now)
    loaded = load(check_of(area.code), draft)
    found = find(loaded, finding)
    way = next((one for one in mends(found, loaded.ground) if one.key == mend), None) if found else None
    if found is None or way is None:
        raise Refused(_("This has been mended or has changed meanwhile. Look at the list again."))
    moves = {loaded.building_ids[index]: code for index, code in way.moves.items()}
    return _add(draft, Act(found.kind), way.outlines, moves, concerned=_concerned(found, way), by=by, now=now)


def find(loaded: Loaded, key: str) -> Finding | None:
    """The finding of that key, as the ground is now."""
    return next((one for one in check(loaded.ground, loaded.limits) if one.key == key), None)


def _concerned(finding: Finding, way: Mend) -> list[int]:
    return sorted({*finding.codes[:2], *way.outlines})


@atomic
def draw_in_draft(
    district: Area, outlines: Mapping[int, Outline], *, act: Act, by: Actor, now: datetime | None = None
) -> DraftStep:
    """Add many outlines of areas of a district as one step: an import, a version taken back."""
    draft = _held(district.code, by=by, now=now)
    first, last = codes.span(draft.code)
    areas = {area.code: area for area in Area.objects.current().filter(pk__in=outlines)}
    for code in outlines:
        if code not in areas or not first <= code <= last:
            raise Refused(_("There is no area %(code)s in this district today.") % {"code": codes.write(code)})
    checked = {code: check_outline(outline, areas[code].title) for code, outline in outlines.items()}
    return _add(draft, act, checked, {}, concerned=sorted(checked), by=by, now=now)


@atomic
def restore_version(district: Area, published: BoundaryDraft, *, by: Actor, now: datetime | None = None) -> DraftStep:
    """Draw again in the draft what the boundaries were before something was published."""
    if published.state != State.PUBLISHED or published.code != district.code:
        raise Refused(_("Only what was published can be taken back."))
    changed = set(DraftOutline.objects.filter(step__draft=published).values_list("area_id", flat=True))
    living = set(Area.objects.current().filter(pk__in=changed).values_list("pk", flat=True))
    past = (
        PastBoundary.objects.filter(area__in=living, replaced_at__gte=published.closed_at)
        .order_by("area_id", "-replaced_at")
        .values_list("area_id", "wkb")
    )
    outlines = {area: check_outline(shapely.from_wkb(bytes(wkb)), codes.write(area)) for area, wkb in past}
    if not outlines:
        raise Refused(_("The areas that were drawn then had no boundary before, or have ended."))
    return draw_in_draft(district, outlines, act=Act.RESTORE, by=by, now=now)


@atomic
def undo_step(draft: BoundaryDraft, *, number: int, by: Actor) -> BoundaryDraft:
    """Take back the last step, whose number the person has seen."""
    draft = again(draft, by=by)
    last = draft.steps.last()
    if last is None or last.number != number:
        raise Refused(_("Something was done after this step. Look at the draft again."))
    last.delete()
    _changed(draft, by=by)
    return draft


@atomic
def discard_draft(draft: BoundaryDraft, *, by: Actor, now: datetime | None = None) -> BoundaryDraft:
    """Give the draft up. Its steps are kept for the record."""
    draft = again(draft, by=by)
    draft.state, draft.closed_at, draft.closed_by = State.DISCARDED, now or clock.now(), number_of(by)
    draft.save(update_fields=["state", "closed_at", "closed_by"])
    publish(BoundaryDraftChanged(code=draft.code, draft_id=draft.pk), by=by)
    return draft


def _held(code: int, *, by: Actor, now: datetime | None) -> BoundaryDraft:
    """The open draft of a district, held until the transaction ends; begun where there is none."""
    district = Area.objects.locked(district_of(code))
    if by is not None:
        require(by, PERMIT, district)
    draft = open_draft_of(code)
    if draft:
        return draft
    return BoundaryDraft.objects.create(code=district.code, opened_by=number_of(by), opened_at=now or clock.now())


def again(draft: BoundaryDraft, *, by: Actor) -> BoundaryDraft:
    """Read an open draft again and hold it. Refused once it is closed."""
    district = Area.objects.locked(draft.code)
    if by is not None:
        require(by, PERMIT, district)
    draft = BoundaryDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != State.OPEN:
        raise Refused(_("This draft has been published or discarded. Look at the boundaries again."))
    return draft


def _add(
    draft: BoundaryDraft,
    act: Act,
    outlines: Mapping[int, Outline],
    moves: Mapping[UUID, int],
    *,
    concerned: Sequence[int],
    by: Actor,
    now: datetime | None,
) -> DraftStep:
    last = draft.steps.aggregate(last=Max("number"))["last"] or 0
    step = DraftStep.objects.create(
        draft=draft, number=last + 1, act=act, codes=list(concerned), at=now or clock.now(), by=number_of(by)
    )
    bases = _bases(outlines)
    DraftOutline.objects.bulk_create(
        [
            DraftOutline(step=step, area_id=code, wkb=outline.wkb, base=bases.get(code))
            for code, outline in outlines.items()
        ],
        batch_size=500,
    )
    DraftMove.objects.bulk_create(
        [DraftMove(step=step, building_id=key, code=code) for key, code in moves.items()], batch_size=500
    )
    _changed(draft, by=by)
    return step


def _bases(areas: Iterable[int]) -> dict[int, int]:
    return dict(Boundary.objects.filter(pk__in=list(areas)).values_list("area_id", "version"))


def _changed(draft: BoundaryDraft, *, by: Actor) -> None:
    """What was asked for with other contents is asked for no more."""
    if draft.asked_by is not None or draft.reason:
        draft.asked_at, draft.asked_by, draft.reason = None, None, ""
        draft.save(update_fields=["asked_at", "asked_by", "reason"])
    publish(BoundaryDraftChanged(code=draft.code, draft_id=draft.pk), by=by)


def number_of(by: Actor) -> int | None:
    """Of the member who acts; None for the system."""
    return by if by is None or isinstance(by, int) else by.pk
