"""What other modules may use of working without a network."""

from django.urls import path

from jingwei.offline.web import app

__all__ = ["field_app_pages", "resident_app_pages"]

field_app_pages = [
    path("worker.js", app.worker, name="worker"),
    path("app.webmanifest", app.field_manifest, name="manifest"),
    path("offline/", app.shell, name="offline"),
]
"""For the field's portal: its service worker sees what lies beside it."""
resident_app_pages = [path("app.webmanifest", app.resident_manifest, name="manifest")]
