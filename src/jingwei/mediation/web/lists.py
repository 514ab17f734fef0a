"""One's own mediations, those that wait to be arranged, and how many there are."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.cases.public import Case
from jingwei.kernel.public import clock, may
from jingwei.mediation import actions
from jingwei.mediation.figures import figures
from jingwei.mediation.forms import OpenForm
from jingwei.mediation.models import Mediation
from jingwei.mediation.opening import kind_of, lowest, places_for
from jingwei.mediation.policy import APPOINT, LEADS, MEDIATE, is_concerned
from jingwei.mediation.sheet import lists_of
from jingwei.mediation.web.finding import back
from jingwei.people.public import MemberRequest, attempt, member_required
from jingwei.places.public import Area, codes

YEAR = timedelta(days=365)


@never_cache
@require_safe
@member_required
def home(request: MemberRequest) -> HttpResponse:
    """Disputes at which the member has a seat, and those that wait."""
    member, now = request.member, clock.now()
    if not is_concerned(member):
        raise Http404
    given = {
        "lists": lists_of(member, now),
        "today": clock.local(now).date(),
        "may_open": member.has_duty(MEDIATE) or member.has_duty(APPOINT),
        "may_count": member.has_duty(LEADS) or member.has_duty(APPOINT),
    }
    return render(request, "mediation/home.html", given)


@never_cache
@require_safe
@member_required
def count(request: MemberRequest) -> HttpResponse:
    """How many, by level and result, where the member leads or arranges. No dispute is named."""
    posts = [post for post in request.member.posts if post.duties & {LEADS, APPOINT} and post.has_area]
    if not posts:
        raise Http404
    rows = figures([span for post in posts for span in post.spans], clock.now() - YEAR)
    return render(request, "mediation/figures.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def new(request: MemberRequest) -> HttpResponse:
    """A new dispute, from a case or told directly."""
    case = _case(request)
    places = places_for(request.member, case)
    if not places:
        raise Http404
    first = {"level": lowest(places[0][0]), "place": places[0][0], "kind": kind_of(case)}
    form = OpenForm(places, request.POST or None, has_case=case is not None, initial=first)
    if form.is_valid():
        area = get_object_or_404(Area.objects.current(), pk=codes.read(form.cleaned_data.pop("place")))
        said = form.cleaned_data | {"parties": form.parties(), "case": case, "by": request.member}
        if row := attempt(form, actions.open_mediation, area, **said):
            messages.success(request, _("The mediation is open."))
            return back(row)
    return render(request, "mediation/new.html", {"form": form, "case": case}, status=422 if form.errors else 200)


def _case(request: MemberRequest) -> Case | None:
    """The case that is named, if there is one. Raises Http404 where the member could not mediate in it."""
    number = request.GET.get("case", "")
    if not number:
        return None
    case = Case.objects.by_numbers([number]).first()
    if (
        case is None
        or not may(request.member, "cases.see", case)
        or not may(request.member, "mediation.open_for", case)
    ):
        raise Http404
    return case


@require_POST
@member_required
def take_on(request: MemberRequest, number: str) -> HttpResponse:
    row = None if "\0" in number else Mediation.objects.filter(number=number).first()
    if row is None or not may(request.member, "mediation.take_on", row):
        raise Http404
    actions.take_on(row, by=request.member)
    messages.success(request, _("You arrange this mediation. Its file is open to you."))
    return redirect("mediation:sheet", number)
