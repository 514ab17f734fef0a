"""Where a ticket is about: the community or grid that it names, a building in its address, or the seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from jingwei.places.public import Area, Building, Level, codes, span

SHORTEST = 4
"""Characters that the name of a building needs to be told from others within an address."""


@dataclass(frozen=True)
class Where:
    """`is_found`: more closely than the place of the counter."""

    code: int
    longitude: float | None = None
    latitude: float | None = None
    is_found: bool = True


@dataclass(frozen=True)
class Ground:
    """Names of areas and buildings of one place, read once for a whole file."""

    seat: int
    areas: Mapping[str, Sequence[int]]
    buildings: Sequence[tuple[str, Building]]

    @classmethod
    def read(cls, seat: int) -> Self:
        """`seat`: the area of whoever brings the tickets in. Nothing outside it is meant."""
        within = {"code__range": span(seat)}
        areas: dict[str, list[int]] = {}
        for area in Area.objects.current().at(Level.COMMUNITY, Level.GRID).filter(**within).order_by("code"):
            for name in {area.name, area.name_en, codes.write(area.code)} - {""}:
                areas.setdefault(_plain(name), []).append(area.code)
        named = [
            (text, one)
            for one in Building.objects.filter(**within).order_by("code", "name").defer("footprint")
            for text in {_plain(one.address), _plain(one.name)}
            if len(text) >= SHORTEST
        ]
        return cls(seat, areas, sorted(named, key=lambda pair: -len(pair[0])))

    def find(self, area: str, address: str) -> Where:
        """The building that the address names, within the area that is named; else that area; else the seat."""
        named = self.areas.get(_plain(area), ())
        within = named[0] if len(named) == 1 else None
        building = self._building(_plain(address), within)
        if building is not None:
            return Where(building.code, building.longitude, building.latitude)
        if within is not None:
            return Where(within)
        return Where(self.seat, is_found=False)

    def _building(self, address: str, within: int | None) -> Building | None:
        """The longest name that the address holds; none where two buildings go by it."""
        found = [(name, one) for name, one in self.buildings if name in address] if address else []
        if within is not None:
            first, last = span(within)
            found = [(name, one) for name, one in found if first <= one.code <= last]
        longest = [one for name, one in found if len(name) == len(found[0][0])]
        return longest[0] if len({one.pk for one in longest}) == 1 else None


def _plain(text: str) -> str:
    """Without spaces, and alike in case: "荷塘小区 5 栋" is "荷塘小区5栋"."""
    return "".join(text.split()).casefold()
