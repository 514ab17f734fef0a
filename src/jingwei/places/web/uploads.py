"""Desk: a map file is put up, looked at with its columns and coordinates, and taken into the draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.kernel.public import Refused
from jingwei.places.coverage.drafting import open_draft_of
from jingwei.places.coverage.forms import FileForm, LookForm
from jingwei.places.coverage.loading import district_of
from jingwei.places.coverage.uploads import adopt_upload, columns_of, keep_upload, look_at
from jingwei.places.models import BoundaryUpload
from jingwei.places.web.coverage import DUTY, area_or_404, member_of, show
from jingwei.ui.public import duty_required


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def upload(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep_upload(here, name=file.name, content=file.read(), by=member_of(request))
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("places:coverage-look", code, kept.pk)
    return show(request, "upload", here, form=form, draft=open_draft_of(code), status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def look(request: HttpRequest, code: int, upload_id: str) -> HttpResponse:
    """What would come of the file. Other columns and coordinates are tried by GET; POST takes it in."""
    here = area_or_404(request, code)
    kept = get_object_or_404(BoundaryUpload, pk=upload_id, code=district_of(code), by=member_of(request).pk)
    given = request.POST if request.method == "POST" else request.GET
    form = LookForm(given, columns=columns_of(kept))
    context: dict[str, object] = {"upload": kept, "form": form, "draft": open_draft_of(code)}
    if not form.is_valid():
        return show(request, "look", here, **context, status=422)
    try:
        if request.method == "POST":
            step = adopt_upload(kept, columns=form.columns, datum=form.chosen_datum, by=member_of(request))
            messages.success(request, _taken(len(step.codes)))
            return redirect("places:coverage-area", code)
        context["look"] = look_at(kept, columns=form.columns, datum=form.chosen_datum)
    except Refused as refused:
        form.add_error(None, refused.message)
    return show(request, "look", here, **context, status=422 if form.errors else 200)


def _taken(count: int) -> str:
    said = ngettext("%(count)d boundary is in the draft.", "%(count)d boundaries are in the draft.", count)
    return said % {"count": count}
