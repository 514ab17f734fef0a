"""The pages where members look after their own account. The module of a page tells its own; each lists the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class OwnPage:
    """`url` is the name of the page, `key` what it says it is; `opens_for(member)` says who has it."""

    key: str
    title: Promise
    icon: str
    url: str
    opens_for: Callable[[Any], bool]


@dataclass(frozen=True)
class OwnDoor:
    key: str
    title: Promise
    icon: str
    url: str


_pages: dict[str, OwnPage] = {}


def register_own_page(page: OwnPage) -> None:
    """Called once for each page when Django starts; the order of calls is the order shown."""
    _pages[page.key] = page


def own_doors(member: Any) -> list[OwnDoor]:
    """The pages that `member` has. Asks the database nothing."""
    return [
        OwnDoor(page.key, page.title, page.icon, reverse(page.url))
        for page in _pages.values()
        if page.opens_for(member)
    ]
