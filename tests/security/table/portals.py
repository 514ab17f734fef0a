"""First pages of the portals, and writing a report, which is its writer's alone."""

from collections.abc import Mapping
from typing import Any

from tests.security.route import SIGNED_IN, Everyone, Got, Route
from tests.security.table.groups import FIELD, LEADERS_ANYWHERE
from tests.security.world import ABSENT_ID, World

ANYBODY = Everyone()


def _of_nobody(_world: World) -> Mapping[str, Any]:
    return {"key": ABSENT_ID}


def _anothers(world: World) -> Mapping[str, Any]:
    """A report that somebody else is writing, in a browser of their own."""
    return {"key": world.pending.pk}


def _anothers_photo(world: World) -> Mapping[str, Any]:
    return {"key": world.pending.pk, "photo_id": ABSENT_ID}


def _no_photo(_world: World) -> Mapping[str, Any]:
    return {"key": ABSENT_ID, "photo_id": ABSENT_ID}


ROUTES: tuple[Route, ...] = (
    Route("desk:home", SIGNED_IN),
    Route("field:home", FIELD),
    Route("field:me", FIELD),
    Route("field:report", FIELD),
    Route("field:report-guess", FIELD, method="post"),
    Route("field:report-what", FIELD, _of_nobody),  # an id that nobody has used begins a report
    Route("field:report-what", FIELD, _anothers, looks_like=_of_nobody),
    Route("field:report-anew", (), _anothers, _of_nobody, method="post"),
    Route("field:report-photo", (), _anothers_photo, _no_photo),
    Route("field:report-where", (), _anothers, _of_nobody),
    Route("field:report-send", (), _anothers, _of_nobody),
    Route("supervise:home", LEADERS_ANYWHERE),
    Route("supervise:standings", LEADERS_ANYWHERE),
    Route("supervise:me", LEADERS_ANYWHERE),
    Route("resident:home", ANYBODY),
    Route("resident:me", ANYBODY),
    Route("resident:matters", SIGNED_IN),
    Route("resident:report", ANYBODY),
    Route("resident:report-guess", ANYBODY, method="post"),
    Route("resident:report-what", ANYBODY, _of_nobody),
    Route("resident:report-what", Everyone("reporter"), _anothers, looks_like=_of_nobody),  # who is on another phone
    Route("resident:report-anew", (), _anothers, _of_nobody, method="post", visitor=Got.HIDDEN),
    Route("resident:report-photo", (), _anothers_photo, _no_photo, visitor=Got.HIDDEN),
    Route("resident:report-where", (), _anothers, _of_nobody, visitor=Got.HIDDEN),
    Route("resident:report-send", (), _anothers, _of_nobody, visitor=Got.HIDDEN),
    Route("resident:report-done", (), _anothers, _of_nobody, visitor=Got.HIDDEN),
)
