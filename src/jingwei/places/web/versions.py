"""Desk: what was published of a district's boundaries, and taking it back by a draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import Refused
from jingwei.places.coverage.drafting import open_draft_of, restore_version
from jingwei.places.coverage.loading import district_of
from jingwei.places.coverage.versions import versions_of
from jingwei.places.models import BoundaryDraft
from jingwei.places.web.coverage import DUTY, area_or_404, member_of, show
from jingwei.ui.public import duty_required


@never_cache
@require_safe
@duty_required(DUTY)
def versions(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    draft = open_draft_of(code)
    return show(request, "versions", here, draft=draft, versions=versions_of(district_of(code)))


@require_POST
@duty_required(DUTY)
def restore(request: HttpRequest, code: int, draft_id: str) -> HttpResponse:
    """Draw in the draft what the boundaries were before that version."""
    here = area_or_404(request, code)
    district = area_or_404(request, district_of(code))
    published = get_object_or_404(BoundaryDraft, pk=draft_id, code=district.code)
    if published.state != BoundaryDraft.State.PUBLISHED:
        raise Http404
    try:
        restore_version(district, published, by=member_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("What was before stands in the draft. Look at it, then publish."))
    return redirect("places:coverage-area", here.code)
