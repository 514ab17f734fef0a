"""The portals that exist. The module of a portal tells its own; the shells list those that a member may enter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Portal:
    """`url` is the name of its first page; `opens_for(member)` says who may enter."""

    key: str
    title: Promise
    icon: str
    url: str
    opens_for: Callable[[Any], bool]


@dataclass(frozen=True)
class Door:
    key: str
    title: Promise
    icon: str
    url: str


_portals: dict[str, Portal] = {}


def register_portal(portal: Portal) -> None:
    """Called once for each portal when Django starts; the order of calls is the order shown."""
    _portals[portal.key] = portal


def portals_of(member: Any) -> list[Door]:
    return [
        Door(portal.key, portal.title, portal.icon, reverse(portal.url))
        for portal in _portals.values()
        if portal.opens_for(member)
    ]
