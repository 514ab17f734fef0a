"""What everybody may see of cases, and who decides about it."""

from collections.abc import Callable, Mapping
from typing import Any

from jingwei.places.public import codes
from jingwei.publication.public import PublicCase, ReleasedPhoto, Support
from tests.security.route import SIGNED_IN, Deed, Everyone, Got, Route
from tests.security.table.groups import FILERS
from tests.security.table.machines import HERE, Api, ApiDeed
from tests.security.world import ABSENT_ID, ABSENT_NUMBER, World

ANYBODY = Everyone()


def _area(world: World) -> Mapping[str, Any]:
    return {"area": codes.write(world.home.community)}


def _case(world: World) -> Mapping[str, Any]:
    return {"number": world.cases["dispatched"].number}


def _none(_world: World) -> Mapping[str, Any]:
    return {"number": ABSENT_NUMBER}


def _shown(_world: World) -> int:
    return PublicCase.objects.filter(hidden_at=None).count()


def _private(world: World) -> Mapping[str, Any]:
    """A case of a class that nobody else is to know of."""
    return {"number": world.cases["private"].number}


def _deciding(
    name: str, to: Callable[[World], Mapping[str, Any]], changes: Callable[[World], Any], **said: str
) -> Deed:
    return Deed(
        f"publication:{name}",
        FILERS,
        to,
        lambda world: {**to(world), "number": ABSENT_NUMBER},
        typed=lambda _world: said,
        changes=changes,
    )


ROUTES: tuple[Route, ...] = (
    Route("public:home", ANYBODY),
    Route("public:cases", ANYBODY, _area, lambda _world: {"area": "0"}),
    Route("public:map", ANYBODY, _area, lambda _world: {"area": "0"}),
    Route("public:figures", ANYBODY, _area, lambda _world: {"area": "0"}),
    Route("public:data", ANYBODY, _area, lambda _world: {"area": "0"}),
    Route("public:feed", ANYBODY, _area, lambda _world: {"area": "0"}),
    Route(
        "public:file",
        ANYBODY,
        lambda world: {**_area(world), "kind": "csv"},
        lambda _world: {"area": "0", "kind": "csv"},
    ),
    Route("public:case", ANYBODY, _case, lambda _world: {"number": ABSENT_NUMBER}),
    Route("public:case", frozenset(), _private, lambda _world: {"number": ABSENT_NUMBER}, visitor=Got.HIDDEN),
    Route(
        "public:photo", ANYBODY, lambda world: {"photo_id": world.released.pk}, lambda _world: {"photo_id": ABSENT_ID}
    ),
    Route(
        "public:photo",
        frozenset(),
        lambda world: {"photo_id": world.photo.pk},
        lambda _world: {"photo_id": ABSENT_ID},
        visitor=Got.HIDDEN,
    ),
    Deed(
        "public:wish",
        SIGNED_IN,
        _case,
        typed=lambda _world: {"wish": "concerned"},
        changes=lambda _world: Support.objects.count(),
    ),
    Api("api-1:publicity", HERE, _case, _none),
    ApiDeed(
        "api-1:set_publicity",
        HERE,
        _case,
        _none,
        typed=lambda _world: {"is_hidden": True, "because": "person"},
        changes=_shown,
        others=Got.HIDDEN,
    ),
    ApiDeed(
        "api-1:release",
        HERE,
        lambda world: {"number": world.filed_photo.case.number, "photo": world.filed_photo.pk},
        lambda _world: {"number": ABSENT_NUMBER, "photo": ABSENT_ID},
        typed=lambda _world: {"is_released": True},
        changes=lambda _world: ReleasedPhoto.objects.count(),
        others=Got.HIDDEN,
    ),
    Route("publication:desk", FILERS, _case, lambda _world: {"number": ABSENT_NUMBER}),
    _deciding("hide", _case, _shown, because="person"),
    _deciding(
        "show",
        lambda world: {"number": world.hidden.number},
        _shown,
    ),
    _deciding(
        "release",
        lambda world: {"number": world.filed_photo.case.number, "photo_id": world.filed_photo.pk},
        lambda _world: ReleasedPhoto.objects.count(),
    ),
    _deciding(
        "withdraw",
        lambda world: {"number": world.released.case.number, "photo_id": world.released.pk},
        lambda _world: ReleasedPhoto.objects.count(),
    ),
)
