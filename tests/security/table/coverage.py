"""Boundaries: drawn, checked and published by the administrator of their district, and by nobody else."""

from typing import Any

from jingwei.places.public import BoundaryDraft
from tests.security.route import Deed, Given, Route, at, elsewhere
from tests.security.world import ABSENT_ID, World

ADMINISTRATORS = at("administrator", "district")
NOWHERE = 990199000000000000


def _place(world: World) -> Given:
    return {"code": world.home.street}


def _nowhere(_world: World) -> Given:
    return {"code": NOWHERE}


def _version(world: World) -> Given:
    return {**_place(world), "draft_id": world.published.pk}


def _no_version(world: World) -> Given:
    return {**_place(world), "draft_id": ABSENT_ID}


def _no_upload(world: World) -> Given:
    return {**_place(world), "upload_id": ABSENT_ID}


def _step(world: World) -> Given:
    return {"number": world.draft.steps.get().number}


def _drafts(_world: World) -> Any:
    return list(BoundaryDraft.objects.order_by("pk", "steps").values_list("pk", "state", "asked_at", "steps"))


ROUTES: tuple[Route, ...] = (
    Route("places:coverage", ADMINISTRATORS | elsewhere("administrator")),  # to the own district
    Route("places:coverage-area", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-versions", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-export", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-limits", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-import", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-publish", ADMINISTRATORS, _place, _nowhere),
    Route("places:coverage-look", (), _no_upload, _no_upload),  # a file is there for whoever put it up
    Route("places:coverage-adopt", ADMINISTRATORS, _place, _nowhere, method="post"),
    Deed("places:coverage-undo", ADMINISTRATORS, _place, _nowhere, typed=_step, changes=_drafts),
    Deed("places:coverage-discard", ADMINISTRATORS, _place, _nowhere, changes=_drafts),
    Deed("places:coverage-publish", ADMINISTRATORS, _place, _nowhere, changes=_drafts),
    Deed("places:coverage-restore", ADMINISTRATORS, _version, _no_version, changes=_drafts),
)
