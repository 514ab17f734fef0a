"""Webhooks: what leaves the site is decided by whoever sets things up, and by nobody else."""

from typing import Any

from jingwei.exchange.webhooks.models import Subscription
from tests.security.route import Deed, Given, Route
from tests.security.table.administration import ADMINISTRATORS
from tests.security.world import World


def _hook(world: World) -> Given:
    return {"key": world.hook.pk}


def _no_hook(_world: World) -> Given:
    return {"key": 999999999}


def _row(world: World) -> Any:
    return Subscription.objects.filter(pk=world.hook.pk).values().first()


def _typed(_world: World) -> Given:
    return {"name": "Hall", "url": "https://example.org/other", "kinds": ["case.moved"]}


ROUTES: tuple[Route, ...] = (
    Route("webhooks:list", ADMINISTRATORS),
    Deed("webhooks:list", ADMINISTRATORS, typed=_typed, changes=lambda _world: Subscription.objects.count()),
    Route("webhooks:one", ADMINISTRATORS, _hook, _no_hook),
    Deed("webhooks:switch", ADMINISTRATORS, _hook, _no_hook, changes=_row),
    Deed("webhooks:trial", ADMINISTRATORS, _hook, _no_hook, changes=_row),
    Deed("webhooks:replay", ADMINISTRATORS, _hook, _no_hook, typed=lambda _world: {"after_seq": 0}, changes=_row),
    Deed("webhooks:renew", ADMINISTRATORS, _hook, _no_hook, changes=_row),
    Deed("webhooks:delete", ADMINISTRATORS, _hook, _no_hook, changes=_row),
)
