"""Disputes open to those who have a seat at them, whatever their office. Two of the walkers have one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from jingwei.kernel.public import clock
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Visit
from jingwei.places.public import codes
from tests.security.route import Deed, Given, Route, at, elsewhere
from tests.security.world import World

MEDIATE_HERE = (
    at("grid_worker grid_leader professional", "grid")
    | at("grid_leader professional community_officer social_worker", "community")
    | at("professional dispatcher", "street", "district")
    | at("professional", "other category")
)
MEDIATE_BESIDE = elsewhere("grid_worker grid_leader professional community_officer dispatcher social_worker") | at(
    "professional", "other department"
)
LEADERS = at("leader", "street", "district") | elsewhere("leader")
APPOINT_HERE = at("community_officer", "community") | at("dispatcher", "street", "district")
APPOINT = APPOINT_HERE | elsewhere("community_officer dispatcher")
MEDIATOR = frozenset({"grid_worker@grid"})
ARRANGER = frozenset({"community_officer@community"})
SEATED = MEDIATOR | ARRANGER
NONE = {"number": "M20200101-99999"}


def _number(world: World) -> Given:
    return {"number": world.mediation.number}


def _first(model: Any, **which: Any) -> Callable[[World], Given]:
    def given(world: World) -> Given:
        return {**_number(world), "key": model.objects.filter(mediation=world.mediation, **which).first().pk}

    return given


def _rows(model: Any) -> Callable[[World], object]:
    return lambda _world: sorted(map(str, model.objects.values_list()))


def _page(name: str, opens_to: frozenset[str], to: Callable[[World], Given] = _number) -> Route:
    return Route(f"mediation:{name}", opens_to, to, lambda world: {**to(world), **NONE})


def _deed(
    what: str,
    model: Any,
    to: Callable[[World], Given] = _number,
    by: frozenset[str] = MEDIATOR,
    **said: Any,
) -> Deed:
    def typed(world: World) -> Given:
        return {key: value(world) if callable(value) else value for key, value in said.items()}

    return Deed(f"mediation:{what}", by, to, lambda world: {**to(world), **NONE}, typed=typed, changes=_rows(model))


def _soon() -> str:
    return str(clock.local(clock.now()).date() + timedelta(days=30))


def _candidate(world: World) -> int:
    return world.home.community_officer.pk


def _held(world: World) -> Given:
    return {"key": Seat.objects.get(mediation=world.mediation, member=world.home.grid_leader).pk, **_number(world)}


def _mediators(world: World) -> list[int]:
    member = world.walkers["grid_worker@grid"].member
    return [member.pk] if member else []


SESSION = {
    "held_at": "2026-11-16T09:00",
    "place": "Room",
    "mediators": _mediators,
    "others": "Nobody came",
    "said": "x",
}
NEW = {
    "place": lambda world: codes.write(world.home.grid),
    "kind": "family",
    "level": "grid",
    "words": "x",
    "party0-name": "Wang",
}

ROUTES: tuple[Route, ...] = (
    Route("mediation:home", MEDIATE_HERE | MEDIATE_BESIDE | LEADERS),
    Route("mediation:figures", APPOINT | LEADERS),
    Route("mediation:new", MEDIATE_HERE | MEDIATE_BESIDE),
    Deed(
        "mediation:new",
        MEDIATE_HERE,
        typed=lambda world: {key: value(world) if callable(value) else value for key, value in NEW.items()},
        told=MEDIATE_BESIDE,
        changes=_rows(Mediation),
    ),
    _page("sheet", SEATED),
    _page("print", SEATED),
    _page("paper", SEATED, _first(Paper)),
    Deed(
        "mediation:take-on",
        APPOINT_HERE,
        lambda world: {"number": world.waiting.number},
        lambda _world: NONE,
        changes=_rows(Seat),
    ),
    _deed("name", Seat, by=ARRANGER, member=_candidate),
    _deed("release", Seat, _held, ARRANGER),
    _deed("party", Party, name="Aunt"),
    _deed("drop-party", Party, _first(Party)),
    _deed("sign", Party, _first(Party), signed_on="2026-11-16"),
    replace(_deed("add-paper", Paper, by=frozenset()), told=MEDIATOR),  # without a file
    _page("plan", MEDIATOR),
    _deed("plan", Session, held_at=lambda _world: f"{_soon()}T10:00", place="Room"),
    _page("session", MEDIATOR),
    _deed("session", Session, **SESSION),
    _page("planned", MEDIATOR, _first(Session)),
    _deed("planned", Session, _first(Session), **SESSION),
    _deed("drop-session", Session, _first(Session)),
    _page("agreement", MEDIATOR),
    _deed("agreement", Agreement, text="Quiet after eight"),
    _deed("plan-visit", Visit, due_on=lambda _world: _soon()),
    _page("visit", MEDIATOR, _first(Visit)),
    _deed("visit", Visit, _first(Visit), seen="kept"),
    _deed("drop-visit", Visit, _first(Visit)),
    _page("end", MEDIATOR),
    _deed("end", Mediation, result="withdrawn", words="x"),
    _page("escalate", MEDIATOR),
    _page("resume", MEDIATOR),
    *(  # nothing was tried at this level yet, and it is under way already
        replace(_deed(name, Mediation, by=frozenset(), words="x"), told=MEDIATOR) for name in ("escalate", "resume")
    ),
)
