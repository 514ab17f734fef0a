"""Uploads in pieces, as docs/guides/uploads.md has it: begin, ask how much is there, send the next, take back."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.attachments.models import Upload
from jingwei.attachments.pictures import read_picture, thumbnail
from jingwei.attachments.uploading import add_piece, begin_upload, drop_upload, read_upload
from jingwei.kernel.public import Refused, environment
from jingwei.people.public import MemberRequest, member_required

OFFSET = "Upload-Offset"


@never_cache
@require_POST
@member_required
def begin(request: MemberRequest) -> HttpResponse:
    """201 for a new upload or one that was begun; 422 for an id or a size that is none, 409 for what is refused."""
    try:
        key, size = UUID(request.POST.get("id", "")), int(request.POST.get("size", ""))
    except ValueError:
        return JsonResponse({"why": "id and size"}, status=422)
    try:
        upload = begin_upload(key, size, by=request.member)
    except Refused as no:
        return JsonResponse({"why": no.message}, status=409)
    return _said(upload, 201)


@never_cache
@require_http_methods(["GET", "PATCH", "DELETE"])
@member_required
def piece(request: MemberRequest, key: UUID) -> HttpResponse:
    """One's own upload: how much is there; the next piece (409 with the offset where it has to begin); gone."""
    upload = Upload.objects.filter(pk=key, member=request.member).first()
    if upload is None:
        raise Http404
    if request.method == "DELETE":
        drop_upload(key, by=request.member)
        return HttpResponse(status=204)
    if request.method == "GET":
        return _said(upload, 200)
    offset = request.headers.get(OFFSET, "")
    if not offset.isdecimal():
        return JsonResponse({"why": OFFSET}, status=422)
    try:
        after = add_piece(key, int(offset), request.body, by=request.member)
    except Refused as no:
        return JsonResponse({"why": no.message}, status=409)
    return _said(after, 200 if after.received == int(offset) + len(request.body) else 409)


@never_cache
@require_safe
@member_required
def small(request: MemberRequest, key: UUID) -> HttpResponse:
    """One's own photo, small: it is shown in a form that came back."""
    try:
        data = read_upload(key, by=request.member)
        picture = read_picture(data, environment().zone())
    except Refused:
        raise Http404 from None
    return HttpResponse(thumbnail(picture.data), content_type="image/jpeg")


def _said(upload: Upload, status: int) -> HttpResponse:
    answer = JsonResponse({"id": str(upload.pk), "offset": upload.received, "size": upload.size}, status=status)
    answer[OFFSET] = str(upload.received)
    return answer
