"""Photos that came in pieces before their form (static/cases/photos.js): they stand in it beside the others."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import Form
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from jingwei.attachments.public import drop_upload, is_whole, keep_upload, read_upload
from jingwei.kernel.public import Refused
from jingwei.people.public import MemberRequest, VisitorRequest

FIELD = "photos"
UPLOADS = "photos-upload"
MOST = 12
"""No form takes more."""


def files_of(request: MemberRequest | VisitorRequest) -> "MultiValueDict[str, UploadedFile[bytes]]":
    """The files of a form. Refused where one that is named has not arrived whole."""
    files = request.FILES.copy()
    if request.member is not None:
        for place, key in enumerate(_keys(request), 1):
            file = SimpleUploadedFile(f"{place}.jpg", read_upload(key, by=request.member))
            files.appendlist(FIELD, file)
    return files


@dataclass(frozen=True)
class KeptPhoto:
    """A photo of a form that came back; `name` is the field that sends it along again."""

    key: UUID
    name: str = UPLOADS

    @property
    def url(self) -> str:
        return reverse("attachments:small", args=[self.key])


def kept_photos(request: MemberRequest | VisitorRequest, form: Form) -> list[KeptPhoto]:
    """The photos of a form that comes back, refused or to be looked at again: nobody has to choose them once more.

    What came with the form itself is kept beside what came before. None where the photos are what is wrong.
    """
    if request.method != "POST" or request.member is None or FIELD not in form.fields or FIELD in form.errors:
        return []
    keys = [key for key in _keys(request) if is_whole(key, by=request.member)]
    for file in request.FILES.getlist(FIELD)[: MOST - len(keys)]:
        file.seek(0)
        with suppress(Refused):  # too large, or too many in one hour: it has to be chosen again
            keys.append(keep_upload(file.read(), by=request.member).pk)
    return [KeptPhoto(key) for key in keys]


def drop_used(request: MemberRequest | VisitorRequest) -> None:
    """What the form brought was taken: its pieces are no longer needed."""
    if request.member is not None:
        for key in _keys(request):
            drop_upload(key, by=request.member)


def _keys(request: MemberRequest | VisitorRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist(UPLOADS)[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
