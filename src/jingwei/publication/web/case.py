"""One public case: its six steps, released photos, and whom else it concerns."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jingwei.cases.public import Photo, send_picture
from jingwei.kernel.public import clock
from jingwei.people.public import VisitorRequest
from jingwei.places.public import codes
from jingwei.publication.actions import support
from jingwei.publication.models import PublicCase, ReleasedPhoto, Support
from jingwei.publication.reading import find_case, shown
from jingwei.publication.web.guards import Places, public_page

WISHES = {"concerned": (True, True), "follow": (False, True), "nothing": (False, False)}
"""What somebody may wish of a case: whether it concerns them too, and whether they follow it."""


def found(number: str) -> PublicCase:
    """The public case with this number. What is hidden or private is not there."""
    row = find_case(number)
    if row is None:
        raise Http404
    return row


@public_page
def case(request: VisitorRequest, number: str) -> HttpResponse:
    """The case, and what a member may say of it."""
    row = found(number)
    places = Places(codes.write(row.code))
    stand = Support.objects.filter(case_id=row.pk, member=request.member).first() if request.member else None
    given = {
        "case": shown(row, clock.now()),
        "row": row,
        "times": _times(row),
        "area": places.area,
        "above": places.above,
        "code": codes.write(row.community),
        "photos": _photos(row),
        "stand": stand,
    }
    return render(request, "publication/case.html", given)


def _times(row: PublicCase) -> dict[str, datetime]:
    """When each of the six steps was taken, as far as the case has come."""
    taken = {
        "report": row.reported_at,
        "file": row.filed_at,
        "dispatch": row.dispatched_at,
        "handle": row.handled_at,
        "check": row.closed_at,
        "rate": row.rated_at,
    }
    return {step: at for step, at in taken.items() if at is not None}


def _photos(row: PublicCase) -> list[dict[str, str]]:
    """Released photos, as the part `photos` shows them."""
    photos = ReleasedPhoto.objects.filter(case_id=row.pk).order_by("photo_id")
    return [
        {
            "url": reverse("public:photo", args=[one.photo_id]),
            "thumbnail_url": reverse("public:photo", args=[one.photo_id]),
            "alt": str(Photo.Moment(one.moment).label),
            "caption": str(Photo.Moment(one.moment).label),
        }
        for one in photos
    ]


@public_page
def photo(request: VisitorRequest, photo_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """A released photo of a case that everybody may see."""
    row = get_object_or_404(ReleasedPhoto, pk=photo_id)
    if not PublicCase.objects.filter(pk=row.case_id, is_shown=True).exists():
        raise Http404
    answer = send_picture(row.file)
    answer["Cache-Control"] = "private, max-age=300"  # it may be taken back
    return answer


@require_POST
def wish(request: VisitorRequest, number: str) -> HttpResponse:
    """It concerns me too, or I want to hear of it, or no longer. Whoever is not signed in does so first."""
    row = found(number)
    here = reverse("public:case", args=[number])
    if request.member is None:
        return redirect(f"{reverse('people:phone')}?{urlencode({'next': here})}")
    if request.POST.get("wish") not in WISHES:
        raise Http404
    is_concerned, follows = WISHES[request.POST["wish"]]
    support(row, is_concerned=is_concerned, follows=follows, by=request.member)
    messages.success(request, _("You follow this case.") if follows else _("You no longer follow this case."))
    return redirect(here)
