"""At the desk: what everybody sees of a case, and who decides about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.cases.public import Case, Photo, photos_of
from jingwei.kernel.public import clock, may
from jingwei.people.public import MemberRequest, duty_required
from jingwei.publication.actions import hide_case, release_photo, show_case, withdraw_photo
from jingwei.publication.models import PublicCase, ReleasedPhoto
from jingwei.publication.reading import shown


def decided(request: MemberRequest, number: str) -> Case:
    """The case, if this member decides what everybody sees of it. Raises Http404."""
    case = Case.objects.by_numbers([number]).first()
    if case is None or not may(request.member, "publication.decide", case):
        raise Http404
    return case


@never_cache
@require_safe
@duty_required("cases.file")
def publicity(request: MemberRequest, number: str) -> HttpResponse:
    """The public copy, its photos, and what may be changed."""
    case = decided(request, number)
    row = PublicCase.objects.filter(pk=case.pk).first()
    released = set(ReleasedPhoto.objects.filter(case_id=case.pk).values_list("pk", flat=True))
    given = {
        "case": case,
        "row": row,
        "copy": shown(row, clock.now()) if row and row.is_shown else None,
        "reasons": PublicCase.Reason.choices,
        "photos": [(photo, photo.pk in released) for photo in photos_of(case)],
    }
    return render(request, "publication/desk.html", given)


@require_POST
@duty_required("cases.file")
def hide(request: MemberRequest, number: str) -> HttpResponse:
    hide_case(decided(request, number), because=request.POST.get("because", ""), by=request.member)
    messages.success(request, _("The case is hidden from everybody."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def show(request: MemberRequest, number: str) -> HttpResponse:
    show_case(decided(request, number), by=request.member)
    messages.success(request, _("Everybody may see the case again."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def release(request: MemberRequest, number: str, photo_id: UUID) -> HttpResponse:
    release_photo(_photo(request, number, photo_id), by=request.member)
    messages.success(request, _("Everybody may see the photo."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def withdraw(request: MemberRequest, number: str, photo_id: UUID) -> HttpResponse:
    withdraw_photo(_photo(request, number, photo_id), by=request.member)
    messages.success(request, _("The photo is no longer public."))
    return redirect("publication:desk", number)


def _photo(request: MemberRequest, number: str, photo_id: UUID) -> Photo:
    case = decided(request, number)
    photo = get_object_or_404(case.photos.all(), pk=photo_id)
    photo.case = case
    return photo
