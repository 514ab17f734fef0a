"""Outlines of a file beside those of the map: which reach out of the area above, and which overlap a neighbour."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely
from django.utils.translation import gettext as _

from jingwei.places import codes
from jingwei.places.models import Area, Boundary
from jingwei.places.outlines import Outline
from jingwei.places.projections import square_metres

NOTICED = 1.0
"""Square metres below which nothing is said: roundings of the file."""


@dataclass(frozen=True)
class Misfit:
    """`code` lies outside `other` (its parent) or overlaps it (a neighbour), on so many square metres."""

    code: int
    other: str
    metres: float
    is_outside: bool

    def sentence(self) -> str:
        if self.is_outside:
            sentence = _("It reaches out of %(other)s by %(metres)s m². Look at it under Areas and boundaries.")
        else:
            sentence = _("It overlaps %(other)s on %(metres)s m². Look at it under Areas and boundaries.")
        return sentence % {"other": self.other, "metres": f"{self.metres:,.0f}"}


def misfits(drawn: Mapping[int, Outline]) -> list[Misfit]:
    """What is noticed of new outlines, each by the code of its area, if they were taken. Three queries."""
    parents = {above for code in drawn if (above := codes.parent(code))}
    kept = _kept(parents)
    around = {**kept, **drawn}
    areas = Area.objects.filter(pk__in=around).only("code", "name", "name_en")
    names = {area.code: area.title for area in areas}
    found = [*_outside(drawn, around), *_overlaps(drawn, around)]
    found.sort(key=lambda one: (one[0], one[1]))
    return [Misfit(code, names[other], metres, is_outside) for code, other, metres, is_outside in found]


def _kept(parents: set[int]) -> dict[int, Outline]:
    """The boundaries of these areas and of what lies directly below them."""
    below = Area.objects.current().filter(parent__in=parents).values("pk")
    rows = [
        *Boundary.objects.filter(area__in=below).values_list("area_id", "wkb"),
        *Boundary.objects.filter(area__in=parents).values_list("area_id", "wkb"),
    ]
    return {code: cast(Outline, shapely.from_wkb(bytes(wkb))) for code, wkb in rows}


Found = tuple[int, int, float, bool]


def _outside(drawn: Mapping[int, Outline], around: Mapping[int, Outline]) -> list[Found]:
    pairs = [(code, above) for code in drawn if (above := codes.parent(code)) and above in around]
    over = shapely.difference([drawn[code] for code, _above in pairs], [around[above] for _code, above in pairs])
    metres = square_metres(np.asarray(over, dtype=object))
    return [(*pair, float(one), True) for pair, one in zip(pairs, metres, strict=True) if one >= NOTICED]


def _overlaps(drawn: Mapping[int, Outline], around: Mapping[int, Outline]) -> list[Found]:
    """Pairs of one level that share land; a pair of two new ones is told once, of the later code."""
    listed = list(around)
    outlines = np.array([around[code] for code in listed], dtype=object)
    new = list(drawn)
    mine, others = shapely.STRtree(outlines).query([drawn[code] for code in new], predicate="intersects")
    pairs = [
        (code, other)
        for code, other in ((new[one], listed[two]) for one, two in zip(mine, others, strict=True))
        if codes.level_of(code) is codes.level_of(other) and (other < code or other not in drawn) and code != other
    ]
    shared = shapely.intersection([around[code] for code, _other in pairs], [around[other] for _code, other in pairs])
    metres = square_metres(np.asarray(shared, dtype=object))
    return [(*pair, float(one), False) for pair, one in zip(pairs, metres, strict=True) if one >= NOTICED]
