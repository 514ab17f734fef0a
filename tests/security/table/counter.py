"""Calls: whoever has a counter begins their own; what others have open is nobody else's."""

from collections.abc import Callable
from typing import Any

from jingwei.counter.models import Call
from tests.security.route import Deed, Route, at, elsewhere
from tests.security.world import ABSENT_ID, World

CLERKS = (
    at("counter_clerk community_officer", "community")
    | at("counter_clerk", "street")
    | at("call_taker dispatcher duty_officer", "street", "district")
    | elsewhere("counter_clerk community_officer call_taker dispatcher duty_officer")
)
NOBODY: frozenset[str] = frozenset()


def _mine(world: World) -> dict[str, Any]:
    """A call that is open at another clerk's."""
    return {"key": world.call.pk}


def _ended(world: World) -> dict[str, Any]:
    return {"key": world.ended_call.pk}


def _absent(_world: World) -> dict[str, Any]:
    return {"key": ABSENT_ID}


def _state(call: str) -> Callable[[World], Any]:
    def read(world: World) -> Any:
        row = Call.objects.get(pk=getattr(world, call).pk)
        return row.state, row.outcome, row.words, row.parked_at, row.phone

    return read


def _deed(name: str, to: Callable[[World], dict[str, Any]] = _mine, **typed: str) -> Deed:
    kept = "call" if to is _mine else "ended_call"
    said = {"words": "Changed", "phone": "13900004444"} | typed
    return Deed(f"counter:{name}", NOBODY, to, _absent, typed=lambda _world: said, changes=_state(kept))


ROUTES: tuple[Route, ...] = (
    Route("counter:home", CLERKS),
    Deed(
        "counter:begin",
        CLERKS,
        typed=lambda _world: {"way": "phone"},
        changes=lambda _world: Call.objects.count(),
    ),
    Route("counter:call", NOBODY, _mine, _absent),
    _deed("call"),
    _deed("look-up"),
    _deed("park"),
    _deed("report"),
    _deed("answer", answer="At nine"),
    Deed(
        "counter:follow",
        NOBODY,
        _mine,
        _absent,
        typed=lambda world: {"case": world.cases["filed"].number},
        changes=_state("call"),
    ),
    _deed("drop"),
    _deed("wrap", _ended, note="x"),
)
