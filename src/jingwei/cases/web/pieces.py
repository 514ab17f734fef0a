"""Photos that came in pieces before their form (static/cases/photos.js): they stand in it beside the others."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from jingwei.attachments.public import drop_upload, read_upload
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
