"""Where cases go: for administrators. The rules are those of the whole installation, and so is their setting up."""

from collections.abc import Mapping
from typing import Any

from jingwei.cases.routing.actions import draft
from jingwei.cases.routing.models import Rule, RuleEdition
from tests.security.route import Deed, Route
from tests.security.table.administration import ADMINISTRATORS
from tests.security.world import World


def _rule(_world: World) -> Mapping[str, Any]:
    return {"key": "walked"}


def _no_rule(_world: World) -> Mapping[str, Any]:
    return {"key": "absent-0"}


def _switch(_world: World) -> Mapping[str, Any]:
    return {"key": "walked", "deed": "off"}


def _no_switch(_world: World) -> Mapping[str, Any]:
    return {"key": "absent-0", "deed": "off"}


def _edition(world: World) -> Mapping[str, Any]:
    return {"number": world.rules.number}


def _no_edition(_world: World) -> Mapping[str, Any]:
    return {"number": 999999}


def _rules(_world: World) -> list[Any]:
    return list(Rule.objects.order_by("edition_id", "position").values_list("edition__number", "name", "is_on"))


def _typed(_world: World) -> Mapping[str, Any]:
    return {"name": "Another", "urgency": "urgent"}


ROUTES: tuple[Route, ...] = (
    Route("routing:home", ADMINISTRATORS),
    Route("routing:new", ADMINISTRATORS),
    Deed("routing:new", ADMINISTRATORS, typed=_typed, changes=_rules),
    Route("routing:rule", ADMINISTRATORS, _rule, _no_rule),
    Deed("routing:rule", ADMINISTRATORS, _rule, _no_rule, typed=_typed, changes=_rules),
    Deed("routing:change", ADMINISTRATORS, _switch, _no_switch, changes=_rules),
    Route("routing:try", ADMINISTRATORS),
    Route("routing:replay", ADMINISTRATORS),
    Route("routing:publish", ADMINISTRATORS),
    Deed(
        "routing:publish",
        ADMINISTRATORS,
        typed=lambda _world: {"reason": "Walked"},
        changes=lambda _world: RuleEdition.objects.filter(published_at__isnull=False).count(),
    ),
    Deed("routing:discard", ADMINISTRATORS, changes=lambda _world: draft() is None),
    Route("routing:editions", ADMINISTRATORS),
    Route("routing:edition", ADMINISTRATORS, _edition, _no_edition),
    Deed("routing:restore", ADMINISTRATORS, _edition, _no_edition, changes=_rules),
)
