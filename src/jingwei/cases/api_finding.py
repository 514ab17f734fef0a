"""What forms offer while one types, for other software: places for an address or a point, classes for words."""

from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field, StringConstraints

from jingwei.cases.api import router
from jingwei.cases.spots import Spot, spot_at, spots_named
from jingwei.cases.suggesting import suggest
from jingwei.kernel.public import STORABLE
from jingwei.people.public import KeyRequest
from jingwei.places.public import codes

LONGEST_SEARCH, LONGEST_WORDS = 60, 2000


class Sought(Schema):
    """A piece of an address or a name (one Chinese character, or two of others, at least), or a point (WGS-84)."""

    q: Annotated[str, StringConstraints(max_length=LONGEST_SEARCH, pattern=STORABLE)] = ""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None


class PlaceOut(Schema):
    """A building or an area. `area` is what reports and calls name; `note` says in which grid it lies."""

    area: str
    title: str
    note: str
    longitude: float | None
    latitude: float | None


class SuggestedOut(Schema):
    code: str
    name: str


@router.get("/places", response=list[PlaceOut])
def places(request: KeyRequest, sought: Query[Sought]) -> list[dict[str, Any]]:  # noqa: ARG001 - open to any key
    """Where something may be: a few buildings and areas, or the one place at a point. None outside our areas."""
    if sought.longitude is None or sought.latitude is None:
        return [_place(one) for one in spots_named(sought.q)]
    spot = spot_at("", sought.longitude, sought.latitude)
    return [_place(spot)] if spot else []


@router.get("/suggestions", response=list[SuggestedOut])
def suggestions(
    request: KeyRequest,  # noqa: ARG001 - open to any key
    words: Query[Annotated[str, StringConstraints(max_length=LONGEST_WORDS, pattern=STORABLE)]],
) -> list[dict[str, Any]]:
    """The classes that fit the words of a report, the likeliest first, three at most. A person decides."""
    return [{"code": one.code, "name": one.name} for one in suggest(words)]


def _place(spot: Spot) -> dict[str, Any]:
    names = ("title", "note", "longitude", "latitude")
    return {name: getattr(spot, name) for name in names} | {"area": codes.write(spot.code)}
