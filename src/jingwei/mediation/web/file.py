"""The file of one dispute: to read, to print, its papers, and who mediates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.attachments.public import picture_bytes
from jingwei.cases.public import send_picture
from jingwei.kernel.public import Refused, clock
from jingwei.mediation import actions
from jingwei.mediation.forms import PartyForm, SignatureForm, VisitForm
from jingwei.mediation.sheet import sheet_of
from jingwei.mediation.web.finding import back, found
from jingwei.people.public import Member, MemberRequest, member_required


@never_cache
@require_safe
@member_required
def sheet(request: MemberRequest, number: str) -> HttpResponse:
    """The whole file."""
    row, now = found(request, number), clock.now()
    day = clock.local(now).date()
    given = {
        "sheet": sheet_of(row, request.member, now),
        "party_form": PartyForm(),
        "visit_form": VisitForm(),
        "today": day,
    }
    return render(request, "mediation/sheet.html", given)


@never_cache
@require_safe
@member_required
def printed(request: MemberRequest, number: str) -> HttpResponse:
    """The agreement on paper, with a line for each signature."""
    shown = sheet_of(found(request, number), request.member, clock.now())
    if shown.agreement is None:
        raise Http404
    return render(request, "mediation/print.html", {"sheet": shown})


@never_cache
@require_safe
@member_required
def paper(request: MemberRequest, number: str, key: UUID) -> HttpResponseBase:
    """A signed paper."""
    return send_picture(get_object_or_404(found(request, number).papers, pk=key).file, is_final=False)


@require_POST
@member_required
def add_paper(request: MemberRequest, number: str) -> HttpResponse:
    row = found(request, number, "mediation.work")
    file = request.FILES.get("paper")
    if file is None:
        raise Refused(_("Choose a photo or a scan of the paper."))
    actions.add_paper(row, picture_bytes(file), by=request.member)
    messages.success(request, _("The paper is kept."))
    return back(row)


@require_POST
@member_required
def add_party(request: MemberRequest, number: str) -> HttpResponse:
    row, form = found(request, number, "mediation.work"), PartyForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give each party a name."))
    actions.add_party(row, form.given(), by=request.member)
    return back(row)


@require_POST
@member_required
def drop_party(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    row = found(request, number, "mediation.work")
    actions.drop_party(get_object_or_404(row.parties, pk=key), by=request.member)
    return back(row)


@require_POST
@member_required
def sign(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    """A party signed on a day, or did not after all."""
    row, form = found(request, number, "mediation.work"), SignatureForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the day as a date."))
    party = get_object_or_404(row.parties, pk=key)
    actions.note_signature(party, form.cleaned_data["signed_on"], by=request.member)
    return back(row)


@require_POST
@member_required
def name(request: MemberRequest, number: str) -> HttpResponse:
    """Somebody is to mediate."""
    row = found(request, number, "mediation.arrange")
    key = request.POST.get("member", "")
    member = get_object_or_404(Member, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    actions.name_mediator(row, member, by=request.member)
    messages.success(request, _("%(name)s mediates, and has been told.") % {"name": member.name})
    return back(row)


@require_POST
@member_required
def release(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    row = found(request, number, "mediation.arrange")
    seat = get_object_or_404(row.seats.select_related("member"), pk=key)
    actions.release_mediator(seat, by=request.member)
    messages.success(request, _("%(name)s mediates no longer.") % {"name": seat.member.name})
    return back(row)
