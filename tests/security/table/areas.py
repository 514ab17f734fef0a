"""Areas and their changes: for the administrator of the district. A change of the first street's grid is planned."""

from collections.abc import Callable
from typing import Any

from jingwei.places.public import AreaChange, ancestor, codes
from tests.security.route import Deed, Given, Route, at, elsewhere, walkers
from tests.security.world import ABSENT_ID, World

ADMINISTRATORS = at("administrator", "district")
ANY_DISTRICT = walkers(ADMINISTRATORS, elsewhere("administrator"))
PLAN = {"takes_effect_on": "2099-01-01", "reason": "Decision 12"}


def area(level: str) -> Callable[[World], Given]:
    return lambda world: {"code": ancestor(world.unit, codes.Level(level))}


def no_area(_world: World) -> Given:
    return {"code": codes.make(999999)}


def planned(**more: str) -> Callable[[World], Given]:
    return lambda world: {"key": world.change.pk, **more}


def no_change(**more: str) -> Callable[[World], Given]:
    return lambda _world: {"key": ABSENT_ID, **more}


def kind(name: str, level: str) -> Callable[[World], Given]:
    return lambda world: {**area(level)(world), "kind": name}


def no_kind(name: str) -> Callable[[World], Given]:
    return lambda world: {**no_area(world), "kind": name}


def known(_world: World) -> Any:
    return sorted(AreaChange.objects.values_list("pk", "state"))


ROUTES: tuple[Route, ...] = (
    Route("places:areas", ANY_DISTRICT),
    Route("places:area", ADMINISTRATORS, area("grid"), no_area),
    Route("places:changes", ANY_DISTRICT),
    Route("places:change", ADMINISTRATORS, planned(), no_change()),
    Route("places:holding", ADMINISTRATORS, planned(name="cases"), no_change(name="cases")),
    Route("places:holding", (), planned(name="nothing"), no_change(name="nothing")),
    Route("places:split", ADMINISTRATORS, area("community"), no_area),
    Route("places:plan", ADMINISTRATORS, kind("rename", "street"), no_kind("rename")),
    Route("places:plan", (), kind("merge", "street"), no_kind("merge")),  # streets are not merged here
    Deed(
        "places:split",
        ADMINISTRATORS,
        area("community"),
        no_area,
        typed=lambda _world: {**PLAN, "how": "choice", "name_0": "A", "name_1": "B", "rest": "0"},
        changes=known,
    ),
    Deed(
        "places:plan",
        ADMINISTRATORS,
        kind("rename", "street"),
        no_kind("rename"),
        typed=lambda _world: {**PLAN, "name": "Another"},
        changes=known,
    ),
    Deed("places:decide", ADMINISTRATORS, planned(verb="approve"), no_change(verb="approve"), changes=known),
    Deed("places:decide", ADMINISTRATORS, planned(verb="undo"), no_change(verb="undo"), changes=known),
)
