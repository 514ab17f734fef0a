"""Reporting in three steps: what, where, send. Each step is a page that works alone; what was said is kept between.

The address carries the report's id from the first page on, so that going back, sending twice or a lost line leads
to one report.
"""

from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.attachments.public import LARGEST
from jingwei.cases.actions import (
    MOST_PENDING_PHOTOS,
    add_pending_photo,
    discard_pending,
    drop_pending_photo,
    place_pending,
    write_pending,
)
from jingwei.cases.forms_report import WhatForm
from jingwei.cases.heard import heard_in
from jingwei.cases.locator import locator
from jingwei.cases.models import PendingReport
from jingwei.cases.web.choosing import Choice
from jingwei.cases.web.photos import send_picture
from jingwei.cases.web.pieces import drop_used, files_of, kept_photos
from jingwei.cases.web.writing import WriterRequest, pending, show, writing
from jingwei.kernel.public import Refused, let_record
from jingwei.people.public import client_address


@require_safe
@writing
def start(request: WriterRequest) -> HttpResponse:
    """To the report that was begun here and not sent, or to a new one."""
    begun = PendingReport.objects.of(request.browser, request.member).filter(case=None).order_by("-changed_at").first()
    return redirect(f"{request.portal}:report-what", begun.pk if begun else uuid4())


@require_POST
@writing
def anew(request: WriterRequest, key: UUID) -> HttpResponse:
    """Throw away what was begun."""
    row = pending(request, key)
    if row.case_id is None:
        discard_pending(row)
    return redirect(f"{request.portal}:report-what", uuid4())


@require_http_methods(["GET", "POST"])
@writing
def what(request: WriterRequest, key: UUID) -> HttpResponse:
    """First step: photos, words, a category."""
    row = PendingReport.objects.filter(pk=key).first()
    if row is not None and (row := pending(request, key)).case_id is not None:
        return redirect(f"{request.portal}:report-done", key)
    has_photo = row is not None and row.photos.exists()
    if request.method == "GET":
        kept = {"words": row.words, "category": row.category_code} if row else {}
        return _show_what(request, key, row, WhatForm(initial=kept, has_photo=has_photo))
    form = WhatForm(request.POST, files_of(request), has_photo=has_photo)
    if "remove" in request.POST and row is not None:
        _remove(row, request.POST["remove"])
    if form.is_valid() and (row := _keep(request, key, form)) and not form.errors and "remove" not in request.POST:
        return redirect(f"{request.portal}:report-where", key)
    return _show_what(request, key, row, form)


def _remove(row: PendingReport, photo: str) -> None:
    try:
        drop_pending_photo(row, UUID(photo))
    except ValueError:
        return


def _keep(request: WriterRequest, key: UUID, form: WhatForm) -> PendingReport | None:
    """Keep what is right; what is not stands over its field. None where nothing could be kept."""
    said = {"words": form.cleaned_data["words"], "category_code": form.cleaned_data["category_code"]}
    address = client_address(request)
    try:
        row = write_pending(key, browser=request.browser, by=request.member, address=address, **said)
    except Refused as no:
        form.add_error(None, no.message)
        return None
    for file in form.cleaned_data["photos"]:
        try:
            add_pending_photo(row, file.read(LARGEST + 1))
        except Refused as no:
            form.add_error("photos", _("%(file)s: %(why)s") % {"file": file.name, "why": no.message})
    drop_used(request)
    return row


def _show_what(request: WriterRequest, key: UUID, row: PendingReport | None, form: WhatForm) -> HttpResponse:
    photos = list(row.photos.order_by("pk")) if row else []
    given = {"form": form, "key": key, "row": row, "photos": photos, "most": MOST_PENDING_PHOTOS - len(photos)}
    given["kept"] = kept_photos(request, form) if form.errors else []
    response = show(request, "what", given, status=422 if form.errors else 200)
    let_record(response)  # words may be spoken; the sound stays with the browser
    return response


@require_POST
@writing
def guess(request: WriterRequest) -> HttpResponse:
    """The chips that fit the words so far."""
    return render(request, "cases/report/guess.html", {"form": WhatForm(request.POST), "portal": request.portal})


@require_safe
@writing
def photo(request: WriterRequest, key: UUID, photo_id: UUID) -> HttpResponseBase:
    """A photo of the report that is being written."""
    return send_picture(get_object_or_404(pending(request, key).photos, pk=photo_id).file)


@require_http_methods(["GET", "POST"])
@writing
def where(request: WriterRequest, key: UUID) -> HttpResponse:
    """Second step: the place."""
    row = pending(request, key)
    if row.case_id is not None:
        return redirect(f"{request.portal}:report-done", key)
    choice = Choice.read(request.POST if request.method == "POST" else None, row, request.member)
    if choice.is_final and choice.chosen is not None:
        place_pending(row, choice.chosen, detail=choice.detail)
        return redirect(f"{request.portal}:report-send", key)
    spot = choice.chosen
    drawing = locator(spot.code, spot.longitude, spot.latitude) if spot else None
    given = {"key": key, "choice": choice, "form": choice.form, "locator": drawing, "heard": heard_in(row.words)}
    if request.htmx and not choice.is_final:
        return render(request, "cases/report/spots.html", given)
    return show(request, "where", given, status=422 if choice.is_final else 200)
