"""The pages of the desk beside its queues: where things are set up, and where other work is done. The module of a page
tells its own; the rail lists those a member may open.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class AdminPage:
    """`url` is the name of its first page, `key` what that page says it is; it opens for holders of any duty named.

    `is_work`: work is done there all day long, and nothing set up.
    """

    key: str
    title: Promise
    icon: str
    url: str
    duties: tuple[str, ...]
    is_work: bool = False


@dataclass(frozen=True)
class AdminDoor:
    """A page as the rail links it."""

    key: str
    title: Promise
    icon: str
    url: str
    is_work: bool = False


_pages: dict[str, AdminPage] = {}


def register_admin_page(page: AdminPage) -> None:
    """Called once for each page when Django starts; the order of calls is the order shown."""
    _pages[page.key] = page


def admin_doors(member: Any) -> list[AdminDoor]:
    """The pages that `member` may open, those of work first. Asks the database nothing."""
    return [
        AdminDoor(page.key, page.title, page.icon, reverse(page.url), page.is_work)
        for page in sorted(_pages.values(), key=lambda page: not page.is_work)
        if any(member.has_duty(duty) for duty in page.duties)
    ]
