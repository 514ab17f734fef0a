"""Photos of cases for other software: what is shown, and one more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from ninja import File, Schema, Status
from ninja.files import UploadedFile

from jingwei.attachments.public import picture_bytes
from jingwei.cases import actions
from jingwei.cases.actions.reading import open_photo
from jingwei.cases.api import numbered, router
from jingwei.cases.models import Case, Photo
from jingwei.kernel.public import may
from jingwei.people.public import KeyRequest

PICTURE_ANSWER: dict[str, Any] = {
    "responses": {
        "200": {
            "description": "The photo",
            "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class PhotoOut(Schema):
    """A photo without its bytes. `moment`: before, after, or check; `taken_at` is what the camera said."""

    id: UUID
    moment: str
    width: int
    height: int
    taken_at: datetime | None
    recorded_at: datetime


class PhotosOut(Schema):
    """The photos of a case, the oldest first."""

    items: list[PhotoOut]


@router.get("/cases/{number}/photos", response=PhotosOut)
def photos(request: KeyRequest, number: str) -> dict[str, Any]:
    """What photos a case has, as far as the key may see them."""
    case = numbered(request.auth, number)
    return {"items": list(Photo.objects.filter(case_id=case.pk).order_by("pk"))}


@router.post("/cases/{number}/photos", response={200: PhotoOut, 201: PhotoOut})
def add_photo(request: KeyRequest, number: str, photo: File[UploadedFile]) -> Status[Photo]:
    """Add a JPEG, PNG or WebP picture. Place and time in it are read, then all metadata is dropped.

    The same bytes again are the same photo (200). What it shows follows from the state of the case: until it is in
    work what was reported, then the result. A condition that asks for a photo is handled or solved after this.
    """
    case = _sent_or_seen(request, number)
    known = set(Photo.objects.filter(case_id=case.pk).values_list("pk", flat=True))
    kept = actions.add_photo(case, picture_bytes(photo), by=request.auth)
    return Status(200 if kept.pk in known else 201, kept)


def _sent_or_seen(request: KeyRequest, number: str) -> Case:
    """The case with this number: also for the software that reported it, which need not see any other."""
    case = Case.objects.by_numbers([number]).select_related("category").get()
    if not (may(request.auth, "cases.see", case) or may(request.auth, "cases.add_photo", case)):
        raise Case.DoesNotExist
    return case


@router.get("/photos/{uuid:photo_id}", openapi_extra=PICTURE_ANSWER)
def photo(request: KeyRequest, photo_id: UUID, *, small: bool = False) -> FileResponse:
    """The picture itself, which is noted in the log of reads, or its small copy (360 pixels) once that is drawn."""
    row = Photo.objects.select_related("case").get(pk=photo_id)
    if not may(request.auth, "cases.see", row.case):
        raise Photo.DoesNotExist
    if not small:
        open_photo(row, by=request.auth)
    name = actions.thumbnail_name(row) if small and row.has_thumbnail else row.file
    try:
        return FileResponse(default_storage.open(name), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
