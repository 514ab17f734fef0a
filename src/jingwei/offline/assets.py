"""What a phone keeps of the application itself: styles, scripts and icons, the same for everybody."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

ASSETS = (
    "ui/tokens.css",
    "ui/tokens-dark.css",
    "ui/components.css",
    "ui/resident.css",
    "ui/field.css",
    "ui/icons.svg",
    "ui/logo.svg",
    "ui/icon-192.png",
    "ui/once.js",
    "ui/draft.js",
    "ui/dialog.js",
    "ui/live.js",
    "ui/photo.js",
    "ui/place.js",
    "django_htmx/htmx-2.min.js",
    "cases/photos.js",
    "attachments/upload.js",
    "offline/page.js",
)
IMPORTED = ("attachments/upload.js",)
"""Fetched by another script, which knows no name but the plain one."""


def assets() -> list[dict[str, str | None]]:
    """Addresses for the phone's cache, as Workbox takes them: one whose name follows its content needs no revision."""
    return [_entry(name) for name in ASSETS]


@cache
def _entry(name: str) -> dict[str, str | None]:
    plain = f"{settings.STATIC_URL}{name}"
    url = plain if name in IMPORTED else static(name)
    return {"url": url, "revision": _digest(name) if url == plain else None}


def _digest(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:16]
