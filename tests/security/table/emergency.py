"""Emergencies: those who answer alarms at the place work on them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from jingwei.cases.testing import a_condition
from jingwei.emergency.models import Incident, LogEntry, Plan, Shift
from jingwei.emergency.testing import FIRE
from jingwei.kernel.public import FactRow
from jingwei.places.public import codes
from tests.security.route import SIGNED_IN, Deed, Everyone, Given, Got, Route, at, elsewhere, walkers
from tests.security.table.groups import FIELD
from tests.security.table.machines import HERE, KEYS, Api, ApiDeed
from tests.security.world import ABSENT_ID, ABSENT_NUMBER, World

ANSWERING = at("dispatcher duty_officer leader", "street", "district")
ANYWHERE = ANSWERING | elsewhere("dispatcher duty_officer leader")


def _alarmed(world: World) -> Given:
    return {"number": world.cases["alarmed"].number}


def _none(_world: World) -> Given:
    return {"number": ABSENT_NUMBER}


def _step(world: World) -> Given:
    return {**_alarmed(world), "step": 1}


def _no_step(_world: World) -> Given:
    return {"number": ABSENT_NUMBER, "step": 1}


def _reported(world: World) -> Given:
    return {"number": world.cases["reported"].number}


def _danger(_world: World) -> Given:
    return {"condition": str(a_condition(*FIRE).pk)}


def _logged(_world: World) -> Any:
    return LogEntry.objects.count()


def _words(_world: World) -> Given:
    return {"words": "Nobody is inside"}


def _ending(_world: World) -> Given:
    return {"words": "Put out", "outcome": "handled"}


def _incidents(_world: World) -> Any:
    return Incident.objects.count()


def _deed(name: str, to: Callable[[World], Given], absent: Callable[[World], Given], **more: Any) -> Deed:
    return Deed(f"emergency:{name}", ANSWERING, to, absent, **{"changes": _logged, **more})


def _class(_world: World) -> Given:
    condition = a_condition(*FIRE)
    return {"category": condition.category.code, "condition": condition.number}


def _key_deed(
    name: str,
    to: Callable[[World], Given] = _alarmed,
    absent: Callable[[World], Given] = _none,
    **more: Any,
) -> ApiDeed:
    return ApiDeed(f"api-1:{name}", HERE, to, absent, **{"changes": _logged, "others": Got.HIDDEN, **more})


MANAGING = at("administrator", "district")
MANAGERS = MANAGING | elsewhere("administrator")
MANAGING_KEYS = walkers("key", "key elsewhere")
SHIFT = 990000001


def _here(world: World) -> Given:
    return {"area": codes.write(world.home.street)}


def _nowhere(_world: World) -> Given:
    return {"area": "0"}


def _typed_shift(world: World) -> Given:
    return {
        "member": str(world.home.dispatcher.pk),
        "rank": "1",
        "starts_at": "2099-01-01T08:00",
        "ends_at": "2099-01-01T20:00",
    }


def _typed_pattern(world: World) -> Given:
    return {
        "members": [str(world.home.dispatcher.pk)],
        "pattern": "three",
        "begins_on": "2099-01-01",
        "days": "2",
    }


def _shift_of_software(world: World) -> Given:
    times = {"starts_at": "2099-01-01T08:00:00+08:00", "ends_at": "2099-01-01T20:00:00+08:00"}
    return {"member": world.home.dispatcher.pk, "rank": 1, **times}


def _pattern_of_software(world: World) -> Given:
    return {"members": [world.home.dispatcher.pk], "pattern": "three", "begins_on": "2099-01-01", "days": 2}


def _shift(world: World) -> Given:
    day = datetime(2099, 2, 1, tzinfo=UTC)
    seat = {"code": world.home.street, "member": world.home.dispatcher, "rank": 1}
    Shift.objects.get_or_create(pk=SHIFT, defaults={**seat, "starts_at": day, "ends_at": day + timedelta(hours=8)})
    return {**_here(world), "shift": SHIFT}


def _no_shift(_world: World) -> Given:
    return {"area": "0", "shift": SHIFT}


def _told(_world: World) -> Any:
    """Each change of a roster or plan is told once."""
    return FactRow.objects.filter(kind__startswith="emergency.").count()


def _fire(_world: World) -> Given:
    return {"kind": FIRE[0]}


def _own_plan(_world: World) -> Given:
    texts = {"title_zh": "火情", "steps_zh": "一\n二", "changed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    Plan.objects.get_or_create(category_code="2501", defaults=texts)
    return {"kind": "2501"}


def _typed_plan(_world: World) -> Given:
    return {"title_zh": "火情", "title_en": "", "steps_zh": "一\n二", "steps_en": ""}


def _pressing(world: World) -> Given:
    return {
        "key": str(ABSENT_ID),
        "condition": str(a_condition(*FIRE).pk),
        "area": f"a{codes.write(world.home.grid)}",
        "place": "Block 5",
    }


def _sent(world: World) -> Given:
    return {"number": world.cases["reported"].number}


ROUTES: tuple[Route, ...] = (
    Route("emergency:incidents", ANYWHERE),
    Route("emergency:incident", ANSWERING, _alarmed, _none),
    _deed("incident", _alarmed, _none, typed=_words),
    _deed("answer", _alarmed, _none),
    _deed("done", _step, _no_step),
    Route("emergency:not-needed", ANSWERING, _step, _no_step),
    _deed("not-needed", _step, _no_step, typed=_words),
    # Whoever leads: the first who was called, who is none of the walkers.
    Route("emergency:end", frozenset(), _alarmed, _none),
    Deed("emergency:end", frozenset(), _alarmed, _none, typed=_ending, changes=_logged),
    Route("emergency:alarm", ANSWERING, _reported, _none),
    _deed("alarm", _reported, _none, typed=_danger, changes=_incidents),
    Route("emergency:rosters", MANAGERS),
    Route("emergency:roster", MANAGING, _here, _nowhere),
    Deed("emergency:roster", MANAGING, _here, _nowhere, typed=_typed_shift, changes=_told),
    Deed("emergency:roster-fill", MANAGING, _here, _nowhere, typed=_typed_pattern, changes=_told),
    Deed("emergency:roster-remove", MANAGING, _shift, _no_shift, changes=_told),
    Route("emergency:plans", MANAGERS),
    Route("emergency:plan", MANAGERS, _fire),
    Deed("emergency:plan", MANAGERS, _fire, typed=_typed_plan, changes=_told),
    Deed("emergency:plan-restore", MANAGERS, _own_plan, changes=_told),
    Route("resident:emergency", Everyone()),
    Deed("resident:emergency", SIGNED_IN, typed=_pressing, changes=_incidents, visitor=Got.REFUSED),
    Route("resident:emergency-sent", frozenset({"reporter"}), _sent, _none),
    Route("field:emergency", FIELD),
    Deed("field:emergency", FIELD, typed=_pressing, changes=_incidents),
    Route("field:emergency-sent", frozenset(), _sent, _none),
    Api("api-1:emergencies", KEYS),
    Api("api-1:one_emergency", HERE, _alarmed, _none),
    _key_deed("raise_alarm", _reported, typed=_class, changes=_incidents),
    _key_deed("answer"),
    _key_deed("answer_step", _step, _no_step, typed=lambda _world: {"answer": "done"}),
    _key_deed("write_log", typed=_words),
    Api("api-1:duty_rosters", MANAGING_KEYS, told=KEYS),
    Api("api-1:duty_roster", HERE, _here, _nowhere),
    ApiDeed(
        "api-1:add_duty_shift",
        HERE,
        _here,
        _nowhere,
        typed=_shift_of_software,
        changes=_told,
        others=Got.HIDDEN,
    ),
    ApiDeed(
        "api-1:fill_duty_roster",
        HERE,
        _here,
        _nowhere,
        typed=_pattern_of_software,
        changes=_told,
        others=Got.HIDDEN,
    ),
    ApiDeed("api-1:remove_duty_shift", HERE, _shift, _no_shift, changes=_told, others=Got.HIDDEN),
    Api("api-1:emergency_plans", MANAGING_KEYS, told=KEYS),
    Api("api-1:emergency_plan", MANAGING_KEYS, _fire, told=KEYS),
    ApiDeed(
        "api-1:lay_down_emergency_plan",
        MANAGING_KEYS,
        _fire,
        typed=lambda _world: {"title_zh": "火情", "steps": [{"zh": "一"}, {"zh": "二"}]},
        changes=_told,
        told=KEYS,
    ),
    ApiDeed("api-1:restore_emergency_plan", MANAGING_KEYS, _own_plan, changes=_told, told=KEYS),
    # Whoever leads.
    ApiDeed("api-1:end", frozenset(), _alarmed, _none, typed=_ending, changes=_logged, told=HERE, others=Got.HIDDEN),
)
