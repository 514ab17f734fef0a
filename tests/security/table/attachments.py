"""Uploads in pieces: everybody who is signed in has their own."""

from uuid import UUID

from jingwei.attachments.models import Upload
from jingwei.attachments.uploading import add_piece, begin_upload
from tests.security.route import SIGNED_IN, Deed, Given, Route
from tests.security.world import ABSENT_ID, World, jpeg

KEY = UUID("01a1f4a0-0000-7000-8000-0000000000a1")
PHOTO = UUID("01a1f4a0-0000-7000-8000-0000000000a2")


def _reporters(world: World) -> Given:
    if not Upload.objects.filter(pk=KEY).exists():
        begin_upload(KEY, 4, by=world.home.resident)
    return {"key": KEY}


def _a_photo(world: World) -> Given:
    data = jpeg("maroon")
    if not Upload.objects.filter(pk=PHOTO).exists():
        begin_upload(PHOTO, len(data), by=world.home.resident)
        add_piece(PHOTO, 0, data, by=world.home.resident)
    return {"key": PHOTO}


def _begun(world: World) -> object:
    """When it was begun; taken back, it is begun anew."""
    _reporters(world)
    return Upload.objects.get(pk=KEY).changed_at


def _none(_world: World) -> Given:
    return {"key": ABSENT_ID}


ROUTES: tuple[Route, ...] = (
    Deed(
        "attachments:begin",
        SIGNED_IN,
        typed=lambda _world: {"id": ABSENT_ID, "size": 4},
        changes=lambda _world: Upload.objects.count(),
    ),
    Route("attachments:piece", frozenset({"reporter"}), _reporters, _none),
    Route("attachments:small", frozenset({"reporter"}), _a_photo, _none),
    Deed(
        "attachments:piece",
        frozenset({"reporter"}),
        _reporters,
        _none,
        method="delete",
        changes=_begun,
    ),
)
