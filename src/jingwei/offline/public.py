"""What other modules may use of working without a network."""

from django.urls import path

from jingwei.offline.queued import Queued, queued
from jingwei.offline.taking import Taken, register_taken
from jingwei.offline.web import app, keeping

__all__ = ["Queued", "Taken", "field_app_pages", "queued", "register_taken", "resident_app_pages"]

field_app_pages = [
    path("worker.js", app.worker, name="worker"),
    path("app.webmanifest", app.field_manifest, name="manifest"),
    path("offline/", app.shell, name="offline"),
    path("offline/who/", keeping.who, name="offline-who"),
    path("offline/pages/", keeping.pages, name="offline-pages"),
    path("offline/key/<uuid:phone_id>/", keeping.key, name="offline-key"),
    path("sync/", keeping.sync, name="sync"),
]
"""For the field's portal: its service worker sees what lies beside it."""
resident_app_pages = [path("app.webmanifest", app.resident_manifest, name="manifest")]
