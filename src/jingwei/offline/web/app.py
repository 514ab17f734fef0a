"""What makes the field an application on the phone: its manifest, its service worker, the page for no signal.

None of them says anything about a person, so whoever asks gets them, and the phone may keep them in plain.
"""

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from jingwei.offline.assets import assets

WORKER = Path(__file__).resolve().parent.parent / "static/offline/worker.js"
PAPER = "#f5f6f8"
ICONS = (
    ("ui/icon-192.png", "192x192", "any"),
    ("ui/icon-512.png", "512x512", "any"),
    ("ui/icon-maskable-512.png", "512x512", "maskable"),
)


@cache_control(no_cache=True)
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, with what it is to keep. Browsers compare it byte by byte: another asset, another worker."""
    given = {"assets": assets(), "shell": reverse("field:offline")}
    text = f"self.jingwei = {json.dumps(given)};\n{WORKER.read_text('utf-8')}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@never_cache
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """What is shown where there is no signal and the phone has nothing else."""
    return render(request, "offline/shell.html")


@require_safe
def field_manifest(_request: HttpRequest) -> HttpResponse:
    """The field as an application."""
    return _manifest(_("Grid work"), start=reverse("field:home"))


@require_safe
def resident_manifest(_request: HttpRequest) -> HttpResponse:
    """The residents' portal as an application."""
    return _manifest(_("My neighbourhood"), start=reverse("resident:home"))


def _manifest(name: str, *, start: str) -> HttpResponse:
    icons = [
        {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose} for file, sizes, purpose in ICONS
    ]
    told = {
        "id": start,
        "name": name,
        "short_name": name,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "lang": get_language(),
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
