"""Everything that changes areas, boundaries and buildings. An action is one transaction.

Who may call them is asked by whoever lets a person in: people stand above places.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from jingwei.kernel.public import Refused, publish, publish_many
from jingwei.places import codes, mapversion
from jingwei.places.boundaries import keep_outlines
from jingwei.places.facts import AreaCreated, AreaEnded, AreaRenamed, BoundarySet, BuildingAdded
from jingwei.places.models import PENDING, ROOTS, Area, Building, ChangePart
from jingwei.places.outlines import Outline, check_outline
from jingwei.places.queries import today

Actor = Model | int | None
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class NewArea:
    """An area to be created. Its code says its level and its parent."""

    code: int
    name: str
    name_en: str = ""
    standard_code: str | None = None
    begins_on: date | None = None  # today, where not said
    outline: BaseGeometry | None = None  # WGS-84


@atomic
def create_area(parent: Area, *, name: str, name_en: str = "", begins_on: date | None = None, by: Actor) -> Area:
    """A new area directly below `parent`, with the next free code."""
    parent = Area.objects.locked(parent.code)
    (area,) = create_areas([NewArea(code=free_code(parent), name=name, name_en=name_en, begins_on=begins_on)], by=by)
    return area


@atomic
def create_areas(wanted: Iterable[NewArea], *, by: Actor) -> list[Area]:
    """Create many areas, parents and children together, in few statements. Refused creates none."""
    new = sorted(wanted, key=lambda one: one.code)  # parents come before their children
    above = {parent for one in new if codes.is_code(one.code) and (parent := codes.parent(one.code))}
    known = {area.code: area for area in Area.objects.select_for_update().filter(pk__in=above)}
    taken = set(Area.objects.filter(pk__in=[one.code for one in new]).values_list("pk", flat=True))
    names: set[tuple[int | None, str]] = set(
        Area.objects.filter(parent__in=above, ends_on=None).values_list("parent_id", "name")
    )
    areas = []
    for one in new:
        area = _build(one, known, taken)
        _check_beside(area, names)
        known[area.code] = area
        taken.add(area.code)
        areas.append(area)
    Area.objects.bulk_create(areas, batch_size=2000)
    publish_many([AreaCreated(code=area.code) for area in areas], by=by)
    drawn = [(area, check_outline(one.outline, one.name)) for area, one in zip(areas, new, strict=True) if one.outline]
    if drawn:
        _draw(drawn, by=by)
    return areas


def _build(new: NewArea, known: dict[int, Area], taken: set[int]) -> Area:
    if not codes.is_code(new.code):
        raise Refused(_("%(code)s is not an area code. Write its 18 digits.") % {"code": new.code})
    if new.code in taken:
        raise Refused(_("The code %(code)s is already in use. Choose another.") % {"code": new.code})
    level = codes.level_of(new.code)
    parent = known.get(codes.parent(new.code) or codes.WHOLE)
    if parent is None and level not in ROOTS:
        raise Refused(
            _("%(name)s has nothing above it. Create %(code)s first.")
            % {"name": new.name, "code": codes.parent(new.code)}
        )
    if parent and parent.ends_on:
        raise Refused(_("%(name)s has ended. Nothing can begin below it.") % {"name": parent.title})
    return Area(
        code=new.code,
        level=level,
        name=clean_name(new.name),
        name_en=_clean_english(new.name_en),
        standard_code=new.standard_code,
        parent=parent,
        begins_on=new.begins_on or today(),
    )


def _check_beside(area: Area, names: set[tuple[int | None, str]]) -> None:
    """Refuse a name that a living neighbour has; remember it otherwise. Areas without a parent have none."""
    if area.parent is None:
        return
    if (area.parent.code, area.name) in names:
        raise Refused(
            _("There is already a %(name)s in %(parent)s. Choose another name.")
            % {"name": area.name, "parent": area.parent.title}
        )
    names.add((area.parent.code, area.name))


def clean_name(name: str) -> str:
    """The name without blanks around it. Refused if nothing is left or too much."""
    name = name.strip()
    if not name:
        raise Refused(_("An area needs a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name may have %(longest)d characters at most.") % {"longest": LONGEST_NAME})
    return name


def _clean_english(name: str) -> str:
    return clean_name(name) if name.strip() else ""


def free_code(parent: Area) -> int:
    """The code after the last one directly below `parent`, or the first gap where the last is used."""
    (code,) = free_codes(parent, 1)
    return code


def free_codes(parent: Area, count: int) -> list[int]:
    """So many of them, none that a planned change has put aside."""
    level = codes.level_of(parent.code).below
    if level is None:
        raise Refused(_("%(name)s is a unit. Nothing lies below it.") % {"name": parent.title})
    taken = Area.objects.filter(parent=parent).values_list("pk", flat=True)
    aside = ChangePart.objects.filter(code__range=parent.span, change__state__in=PENDING).values_list("code", flat=True)
    used = {codes.serial(code, level) for code in taken.union(aside)}
    after = max(used, default=0) + 1
    free = [number for number in (*range(after, level.serials + 1), *range(1, after)) if number not in used][:count]
    if len(free) < count:
        raise Refused(
            _("All %(count)d codes below %(name)s are taken.") % {"name": parent.title, "count": level.serials}
        )
    return [codes.child(parent.code, number) for number in free]


@atomic
def rename_area(area: Area, *, name: str, name_en: str | None = None, by: Actor) -> Area:
    """Call an area otherwise from now on. `name_en` stays as it is if left out."""
    area = Area.objects.locked(area.code)
    name, name_en = clean_name(name), area.name_en if name_en is None else _clean_english(name_en)
    if (name, name_en) == (area.name, area.name_en):
        return area
    require_living(area)
    beside = Area.objects.filter(parent=area.parent_id, ends_on=None).exclude(pk=area.pk)
    area.name, area.name_en = name, name_en
    _check_beside(area, set(beside.values_list("parent_id", "name")))
    area.save(update_fields=["name", "name_en"])
    publish(AreaRenamed(code=area.code), by=by)
    return area


@atomic
def end_area(area: Area, *, on: date, by: Actor) -> Area:
    """From the day `on` the area is no more. What happened in it keeps its code."""
    area = Area.objects.locked(area.code)
    require_living(area)
    if on <= area.begins_on:
        raise Refused(
            _("%(name)s begins on %(day)s. Choose a later day.") % {"name": area.title, "day": area.begins_on}
        )
    living = Area.objects.filter(parent=area, ends_on=None).count()
    if living:
        raise Refused(
            _("Areas still lie below %(name)s (%(count)d). End those first.") % {"name": area.title, "count": living}
        )
    area.ends_on = on
    area.save(update_fields=["ends_on"])
    mapversion.bump()
    publish(AreaEnded(code=area.code), by=by)
    return area


def require_living(area: Area) -> None:
    if area.ends_on:
        raise Refused(
            _("%(name)s ends on %(day)s and is not changed any more.") % {"name": area.title, "day": area.ends_on}
        )


@atomic
def set_boundary(area: Area, outline: BaseGeometry, *, by: Actor) -> Area:
    """Draw the boundary of an area: a polygon or several, WGS-84. Refused names the fault and the mend."""
    (area,) = set_boundaries([(area, outline)], by=by)
    return area


@atomic
def set_boundaries(drawn: Sequence[tuple[Area, BaseGeometry]], *, by: Actor) -> list[Area]:
    """Draw the boundaries of many areas in few statements. Refused draws none."""
    wanted = [area.code for area, _outline in drawn]
    locked = {area.code: area for area in Area.objects.select_for_update().filter(pk__in=wanted)}
    checked = [(locked[area.code], check_outline(outline, area.title)) for area, outline in drawn]
    for area, _outline in checked:
        require_living(area)
    _draw(checked, by=by)
    return [area for area, _outline in checked]


def _draw(drawn: Sequence[tuple[Area, Outline]], *, by: Actor) -> None:
    keep_outlines(drawn)
    publish_many([BoundarySet(code=area.code) for area, _outline in drawn], by=by)


@atomic
def add_buildings(buildings: Iterable[Building], *, by: Actor) -> list[Building]:
    """Add buildings, each in a grid or unit that exists."""
    new = list(buildings)
    living = set(Area.objects.current().filter(pk__in={one.code for one in new}).values_list("pk", flat=True))
    for one in new:
        if one.code not in living:
            raise Refused(
                _("%(name)s stands in %(code)s, where there is no area today. Create the grid or unit first.")
                % {"name": one.name, "code": one.code}
            )
    Building.objects.bulk_create(new, batch_size=2000)
    mapversion.bump()
    publish_many([BuildingAdded(code=one.code, building_id=one.pk) for one in new], by=by)
    return new
