"""From a planned change to where everything goes: read from its parts before it takes effect, from the successions
that it left afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import shapely
from django.db.models import Q
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.actions import LONGEST_NAME
from jingwei.places.changes.recoding import Heir, Recoding, Spot, shifted, side_by_side
from jingwei.places.models import Area, AreaChange, ChangePart
from jingwei.places.outlines import Outline

Kind = AreaChange.Kind


@dataclass(frozen=True)
class Plan:
    """A change with the areas that it ends (`sources`), all areas below them (`below`) and what it leaves (`parts`)."""

    change: AreaChange
    sources: Sequence[Area]
    below: Sequence[Area]
    parts: Sequence[ChangePart]

    @property
    def recoding(self) -> Recoding:
        roots = tuple(area.code for area in self.sources)
        heirs = tuple(Heir(part.code, outline_of(part)) for part in self.parts)
        rest = next((part.code for part in self.parts if part.takes_rest), 0)
        return Recoding(roots, heirs, self._targets(heirs, rest), rest)

    def _targets(self, heirs: Sequence[Heir], rest: int) -> dict[int, int]:
        if self.change.kind == Kind.RENAME:
            return {area.code: area.code for area in self.sources}
        roots = {area.code for area in self.sources}
        children = [area for area in self.below if area.parent_id in roots]
        if self.change.kind == Kind.SPLIT:
            first = self._split(children, heirs, rest)
        else:
            (heir,) = heirs
            first = dict.fromkeys(roots, heir.code) | _gathered(children, heir.code)
        targets = dict(first)
        for area in self.below:  # parents come before their children
            above = area.parent_id or codes.WHOLE
            if area.code not in targets and above in targets:
                targets[area.code] = shifted(area.code, above, targets[above])
        return targets

    @property
    def names(self) -> dict[int, tuple[str, str]]:
        """What the areas below are called afterwards. Where a merger brings two of one name together, the second says
        where it comes from.
        """
        names = {area.code: (area.name, area.name_en) for area in self.below}
        if self.change.kind != Kind.MERGE:
            return names
        above = {area.code: area for area in self.sources}
        used: set[str] = set()
        for area in self.below:
            if area.parent_id in above:
                names[area.code] = _told_apart(area, above[area.parent_id], used)
                used.add(names[area.code][0])
        return names

    def _split(self, children: Sequence[Area], heirs: Sequence[Heir], rest: int) -> dict[int, int]:
        (source,) = self.sources
        chosen = {code: part.code for part in self.parts for code in part.areas}
        free = [area for area in children if area.code not in chosen]
        by_point = Recoding((source.code,), tuple(heirs), rest=rest)
        placed = by_point.place([Spot(source.code, area.longitude, area.latitude) for area in free])
        chosen |= {area.code: code for area, code in zip(free, placed, strict=True)}
        return {area.code: shifted(area.code, source.code, chosen[area.code]) for area in children}


def _told_apart(area: Area, above: Area, used: set[str]) -> tuple[str, str]:
    if area.name not in used:
        return area.name, area.name_en
    origins = [above.name, *(f"{above.name}{number}" for number in range(2, len(used) + 2))]
    name = next(name for origin in origins if (name := _with(area.name, f"（{origin}）")) not in used)
    return name, _with(area.name_en, f" ({above.name_en or above.name})") if area.name_en else ""


def _with(name: str, addition: str) -> str:
    return name[: LONGEST_NAME - len(addition)] + addition


def _gathered(children: Sequence[Area], above: int) -> dict[int, int]:
    if not children:
        return {}
    serials = codes.level_of(children[0].code).serials
    try:
        return side_by_side([area.code for area in children], above, serials)
    except ValueError:
        raise Refused(
            _("%(count)d areas would lie side by side, and an area has room for %(most)d. Merge fewer.")
            % {"count": len(children), "most": serials}
        ) from None


def plan_of(change: AreaChange, *, lock: bool = False) -> Plan:
    """A change that has not taken effect, with what is there now. With `lock`, the areas are held."""
    areas = Area.objects.select_for_update() if lock else Area.objects.all()
    sources = list(areas.filter(changes__change=change).order_by("code"))
    below: list[Area] = []
    if change.kind != Kind.RENAME:
        inside = reduce(or_, (Q(code__gt=first, code__lte=last) for first, last in (area.span for area in sources)))
        below = list(areas.filter(inside, ends_on=None).order_by("code"))
    return Plan(change, sources, below, list(change.parts.all()))


def past_recoding(change: AreaChange) -> Recoding:
    """Where things went when the change took effect."""
    pairs = change.successions.order_by("predecessor_id", "successor_id").values_list("predecessor_id", "successor_id")
    heirs: dict[int, list[int]] = {}
    for old, new in pairs:
        heirs.setdefault(old, []).append(new)
    parts = list(change.parts.all())
    return Recoding(
        roots=tuple(change.sources.order_by("area_id").values_list("area_id", flat=True)),
        heirs=tuple(Heir(part.code, outline_of(part)) for part in parts),
        targets={old: new[0] for old, new in heirs.items() if len(new) == 1},
        rest=next((part.code for part in parts if part.takes_rest), 0),
    )


def outline_of(part: ChangePart) -> Outline | None:
    if part.wkb is None:
        return None
    outline = shapely.from_wkb(bytes(part.wkb))
    assert isinstance(outline, Outline)
    return outline


def outlines_of(areas: Iterable[Area]) -> dict[int, Outline]:
    """The boundaries of those areas that have one: one query."""
    found: dict[int, Outline] = {}
    rows = Area.objects.filter(pk__in=[area.code for area in areas], boundary__isnull=False)
    for code, wkb in rows.values_list("code", "boundary__wkb"):
        outline = shapely.from_wkb(bytes(wkb))
        assert isinstance(outline, Outline)
        found[code] = outline
    return found
