"""Where everything goes when areas change: from an old code and a point to a new code. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import shapely

from jingwei.places import codes
from jingwei.places.outlines import Outline
from jingwei.places.succession import Span


class Spot(NamedTuple):
    """Where a thing lies: the code of its area, and its point where it has one."""

    code: int
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Heir:
    """An area that a change leaves, and its outline where it has one."""

    code: int
    outline: Outline | None = None


@dataclass(frozen=True)
class Recoding:
    """`roots` are the areas that end, with all below them. `targets` says which area comes after each that has one
    heir only. A root without a target is split: its `heirs` share it by their outlines, and `rest` takes what lies in
    none.
    """

    roots: tuple[int, ...]
    heirs: tuple[Heir, ...]
    targets: Mapping[int, int] = field(default_factory=dict)
    rest: int = 0

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(codes.span(root) for root in self.roots)

    def place(self, spots: Sequence[Spot]) -> list[int]:
        """The new code of each. What an area below the root took along goes with it; else its point says where."""
        placed = [self._target(spot.code) for spot in spots]
        free = [index for index, code in enumerate(placed) if code is None]
        where = self._by_point([spots[index] for index in free])
        for index, code in zip(free, where, strict=True):
            placed[index] = code
        return [code if code is not None else self.rest for code in placed]

    def all_heirs(self, code: int) -> tuple[int, ...]:
        """Every area that has a part of the old one."""
        target = self._target(code)
        return tuple(heir.code for heir in self.heirs) if target is None else (target,)

    def part_of(self, code: int) -> int:
        """Of the areas that the change leaves, the one in which a new code lies."""
        return next(heir.code for heir in self.heirs if codes.span(heir.code)[0] <= code <= codes.span(heir.code)[1])

    def _target(self, code: int) -> int | None:
        """The heir of the area or, where it had ended before, of the one above it. None: it was split."""
        for one in reversed(codes.lineage(code)):
            if one in self.targets:
                return self.targets[one]
            if one in self.roots:
                return None
        raise ValueError(f"{code} does not lie in what changes")

    def _by_point(self, spots: Sequence[Spot]) -> list[int | None]:
        longitudes = np.array([np.nan if spot.longitude is None else spot.longitude for spot in spots])
        latitudes = np.array([np.nan if spot.latitude is None else spot.latitude for spot in spots])
        found: list[int | None] = [None] * len(spots)
        for heir in self._drawn:
            for index in np.flatnonzero(shapely.intersects_xy(heir.outline, longitudes, latitudes)):
                if found[index] is None:
                    found[index] = heir.code
        return found

    @cached_property
    def _drawn(self) -> tuple[Heir, ...]:
        drawn = tuple(heir for heir in self.heirs if heir.outline is not None)
        shapely.prepare([heir.outline for heir in drawn])
        return drawn


def shifted(code: int, old: int, new: int) -> int:
    """What lies below the area `old`, at the same place below `new`."""
    return new + code - old


def side_by_side(children: Sequence[int], above: int, serials: int) -> dict[int, int]:
    """New codes directly below `above` for areas of several parents: their own number where it is free.

    Raises ValueError where more come than `serials` leaves room for.
    """
    if len(children) > serials:
        raise ValueError(f"{len(children)} areas do not fit below {above}")
    level = codes.level_of(children[0])
    targets: dict[int, int] = {}
    used: set[int] = set()
    late: list[int] = []
    for child in sorted(children):
        number = codes.serial(child, level)
        if number in used:
            late.append(child)
        else:
            used.add(number)
            targets[child] = codes.child(above, number)
    free = (number for number in range(1, serials + 1) if number not in used)
    for child, number in zip(late, free, strict=False):
        targets[child] = codes.child(above, number)
    return targets
