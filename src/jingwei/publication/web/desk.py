"""At the desk: what everybody sees of a case, and who decides about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, duty_required
from jingwei.publication.actions import hide_case, release_photo, show_case, withdraw_photo
from jingwei.publication.deciding import decided, decided_photo, publicity_of
from jingwei.publication.models import PublicCase
from jingwei.publication.reading import shown


@never_cache
@require_safe
@duty_required("cases.file")
def publicity(request: MemberRequest, number: str) -> HttpResponse:
    """The public copy, its photos, and what may be changed."""
    case = decided(number, request.member)
    known = publicity_of(case)
    given = {
        "case": case,
        "row": known.row,
        "copy": shown(known.row, clock.now()) if known.row and known.row.is_shown else None,
        "reasons": PublicCase.Reason.choices,
        "photos": known.photos,
    }
    return render(request, "publication/desk.html", given)


@require_POST
@duty_required("cases.file")
def hide(request: MemberRequest, number: str) -> HttpResponse:
    hide_case(decided(number, request.member), because=request.POST.get("because", ""), by=request.member)
    messages.success(request, _("The case is hidden from everybody."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def show(request: MemberRequest, number: str) -> HttpResponse:
    show_case(decided(number, request.member), by=request.member)
    messages.success(request, _("Everybody may see the case again."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def release(request: MemberRequest, number: str, photo_id: UUID) -> HttpResponse:
    release_photo(decided_photo(number, photo_id, request.member), by=request.member)
    messages.success(request, _("Everybody may see the photo."))
    return redirect("publication:desk", number)


@require_POST
@duty_required("cases.file")
def withdraw(request: MemberRequest, number: str, photo_id: UUID) -> HttpResponse:
    withdraw_photo(decided_photo(number, photo_id, request.member), by=request.member)
    messages.success(request, _("The photo is no longer public."))
    return redirect("publication:desk", number)
