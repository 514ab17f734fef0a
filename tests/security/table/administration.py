"""What the desk sets up. None of it opens to anybody for being at work in the place: each page has its duty."""

from collections.abc import Mapping
from typing import Any

from jingwei.exchange.configuration.models import ConfigurationSet
from tests.security.route import Deed, Route, at, elsewhere
from tests.security.world import World

ADMINISTRATORS = at("administrator", "district") | elsewhere("administrator")
"""Categories and roles are those of the whole installation, and so is their setting up."""


def _set(world: World) -> Mapping[str, Any]:
    return {"number": world.set.number}


def _no_set(_world: World) -> Mapping[str, Any]:
    return {"number": 999999}


ROUTES: tuple[Route, ...] = (
    Route("configuration:sets", ADMINISTRATORS),
    Route("configuration:now", ADMINISTRATORS),
    Route("configuration:set", ADMINISTRATORS, _set, _no_set),
    Route("configuration:files", ADMINISTRATORS, _set, _no_set),
    Deed(
        "configuration:adopt",
        ADMINISTRATORS,
        _set,
        _no_set,
        changes=lambda world: ConfigurationSet.objects.values_list("adopted_at", flat=True).get(pk=world.set.pk),
    ),
)
