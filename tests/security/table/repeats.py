"""Reports to look at: officers of the place decide, leaders hear appeals, the administrator sets the rules."""

from jingwei.repeats.models import Flag, Limit, RuleSet
from tests.security.route import SIGNED_IN, Deed, Given, Route, at, elsewhere
from tests.security.world import ABSENT_ID, World

DECIDE = at("community_officer", "community") | at("dispatcher", "street", "district")
REVIEW = at("leader", "street", "district")
OFFICERS = DECIDE | REVIEW | elsewhere("community_officer dispatcher leader")
ADMINISTRATORS = at("administrator", "district") | elsewhere("administrator")
RULES = {"most": "5", "hours": "24", "twin_hours": "72", "words": "idiot"}
LIMIT = {"measure": "look", "days": "3", "reason": "x"}


def _flag(world: World) -> Given:
    return {"key": world.flag.pk}


def _limit(world: World) -> Given:
    return {"key": world.limit.pk}


def _fresh(world: World) -> Given:
    """One that nobody has appealed against."""
    return {"key": world.unappealed.pk}


def _nothing(_world: World) -> Given:
    return {"key": ABSENT_ID}


def _flags(_world: World) -> object:
    return list(Flag.objects.order_by("pk").values_list("pk", "decision"))


def _limits(_world: World) -> object:
    return list(Limit.objects.order_by("pk").values_list("pk", "ends_at", "appeal", "answer"))


def _rules(_world: World) -> object:
    return list(RuleSet.objects.values_list("most", "words"))


ROUTES: tuple[Route, ...] = (
    Route("repeats:home", OFFICERS),
    Deed("repeats:go-on", DECIDE, _flag, _nothing, changes=_flags),
    Route("repeats:limit", DECIDE, _flag, _nothing),
    Deed("repeats:limit", DECIDE, _flag, _nothing, typed=lambda _world: LIMIT, changes=_limits),
    Deed("repeats:lift", DECIDE, _limit, _nothing, changes=_limits),
    Route("repeats:answer", REVIEW, _limit, _nothing),
    Deed(
        "repeats:answer",
        REVIEW,
        _limit,
        _nothing,
        typed=lambda _world: {"is_lifted": "no", "words": "x"},
        changes=_limits,
    ),
    Route("repeats:rules", ADMINISTRATORS),
    Deed("repeats:rules", ADMINISTRATORS, typed=lambda _world: RULES, changes=_rules),
    Route("repeats:own", SIGNED_IN),
    Deed(
        "repeats:appeal",
        frozenset({"reporter"}),
        _fresh,
        _nothing,
        typed=lambda _world: {"words": "x"},
        changes=_limits,
    ),
)
