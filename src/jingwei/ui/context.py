"""What every shell shows around a page. Asks the database nothing, so that error pages can use it too."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jingwei.ui.administration import AdminDoor, admin_doors
from jingwei.ui.bell import Bell, the_bell
from jingwei.ui.own import OwnDoor, own_doors
from jingwei.ui.switch import Door, portals_of

NATIVE = {"zh-hans": "中文", "en": "English"}
LIVE_URL = "/live"
THEME_COOKIE, CARE_COOKIE = "theme", "care"


@dataclass(frozen=True)
class Shell:
    request: HttpRequest | None = None

    @property
    def product(self) -> str:
        return _("Jingwei")

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        return [(code, NATIVE[code]) for code, _name in settings.LANGUAGES if code != self.language]

    @property
    def member(self) -> Any | None:
        """Whoever is signed in, None for a guest."""
        return getattr(self.request, "member", None)

    @cached_property
    def portals(self) -> list[Door]:
        return portals_of(self.member) if self.member else []

    @cached_property
    def admin_doors(self) -> list[AdminDoor]:
        return admin_doors(self.member) if self.member else []

    @cached_property
    def own_doors(self) -> list[OwnDoor]:
        return own_doors(self.member) if self.member else []

    @property
    def bell(self) -> Bell | None:
        """None for a guest."""
        return the_bell() if self.member else None

    @property
    def live_url(self) -> str:
        """Where the stream of facts is, "" for a guest."""
        return LIVE_URL if self.member else ""

    @property
    def theme(self) -> str:
        """light, dark, or nothing where the device decides."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "") if self.request else ""
        return chosen if chosen in ("light", "dark") else ""

    @property
    def is_care(self) -> bool:
        return self.request is not None and self.request.COOKIES.get(CARE_COOKIE) == "on"


def page(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
