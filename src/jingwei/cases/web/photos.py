"""Photos of cases, for those who may see the case."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from jingwei.cases.actions import thumbnail_name
from jingwei.cases.actions.reading import open_photo
from jingwei.cases.models import Photo
from jingwei.kernel.public import may
from jingwei.people.public import MemberRequest, member_required

FOR_A_WEEK = "private, max-age=604800, immutable"


@require_safe
@member_required
def photo(request: MemberRequest, photo_id: UUID, *, is_small: bool = False) -> HttpResponseBase:
    """A photo, or its small copy once that is drawn."""
    row = get_object_or_404(Photo.objects.select_related("case"), pk=photo_id)
    if not may(request.member, "cases.see", row.case):
        raise Http404
    if not is_small:
        open_photo(row, by=request.member)
    has_small = is_small and row.has_thumbnail
    return send_picture(thumbnail_name(row) if has_small else row.file, is_final=has_small or not is_small)


def send_picture(name: str, *, is_final: bool = True) -> FileResponse:
    """A kept JPEG. One that stands in for another only for now is not to be kept by the browser."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = FOR_A_WEEK if is_final else "private, no-store"
    return response
