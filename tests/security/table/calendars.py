"""Calendars and hours: for the administrator of the place. Holidays are everyone's: any administrator adopts a year."""

from collections.abc import Mapping
from typing import Any

from jingwei.calendars.models import Edition, OwnDays
from jingwei.calendars.public import quiet_hours
from jingwei.cases.models import SignalRule
from tests.security.route import Deed, Given, Route, at, elsewhere
from tests.security.world import World

HERE = at("administrator", "district")
ANYWHERE = HERE | elsewhere("administrator")
RULE = {
    "seen": "0",
    "signal": "half",
    "category": "0201",
    "tell": "leader",
    "makes_urgent": "no",
    "raises": "no",
    "number": "1",
}
NOTICE = "元旦：1月1日（周五）至3日（周日）放假，共3天。"
WEEK = {f"first_{day}": "9:00-12:00" for day in ("mon", "tue", "wed", "thu", "fri")}


def _office(world: World) -> Given:
    return {"key": f"d{world.home.department.pk}"}


def _no_office(_world: World) -> Given:
    return {"key": "d999999999"}


def _days(world: World) -> Given:
    return {**_office(world), "row": world.days.pk}


def _no_days(world: World) -> Given:
    return {**_office(world), "row": 999999}


def _editions(_world: World) -> int:
    return Edition.objects.count()


def _typed(**fields: str) -> Any:
    return lambda _world: fields


def _kept(world: World) -> Mapping[str, Any]:
    return OwnDays.objects.values("until_id").get(pk=world.days.pk)


def _rule(_world: World) -> Given:
    return {"number": 2}


def _no_rule(_world: World) -> Given:
    return {"number": 999}


def _rules(_world: World) -> int:
    return SignalRule.objects.count()


ROUTES: tuple[Route, ...] = (
    Route("calendars:home", ANYWHERE),
    Route("calendars:calculator", ANYWHERE),
    Route("calendars:announce", ANYWHERE),
    Deed(
        "calendars:announce",
        ANYWHERE,
        typed=_typed(text=NOTICE, year="2027", confirm="yes"),
        changes=_editions,
    ),
    Route("calendars:office", HERE, _office, _no_office),
    Route("calendars:hours", HERE, _office, _no_office),
    Deed(
        "calendars:hours",
        HERE,
        _office,
        _no_office,
        typed=_typed(kind="week", begins_on="2099-01-01", **WEEK),
        changes=_editions,
    ),
    Route("calendars:days", HERE, _office, _no_office),
    Deed(
        "calendars:days",
        HERE,
        _office,
        _no_office,
        typed=_typed(first_on="2099-01-05", reason="Storm", confirm="yes"),
        changes=_editions,
    ),
    Deed("calendars:withdraw", HERE, _days, _no_days, changes=_kept),
    Route("desk:limits", ANYWHERE),
    Route("desk:suggestions", ANYWHERE),
    Route("desk:signals", ANYWHERE),
    Route("desk:signal-new", ANYWHERE),
    Route("desk:signal", ANYWHERE, _rule, _no_rule),
    Deed("desk:signal-new", ANYWHERE, typed=_typed(**RULE), changes=_rules),
    Deed("desk:signal", ANYWHERE, _rule, _no_rule, typed=_typed(**RULE), changes=_rules),
    Deed("desk:signal-remove", ANYWHERE, _rule, _no_rule, changes=_rules),
    Deed(
        "desk:signal-quiet", ANYWHERE, typed=_typed(begins="22:00", ends="06:00"), changes=lambda _world: quiet_hours()
    ),
)
