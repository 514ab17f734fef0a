"""What a reporter sees and does with their own cases. Anybody else's are not there."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.cases import matters as reading
from jingwei.cases.actions import appeal_case, check_case, rate_case, reopen_case, rework_case, urge_case, withdraw_case
from jingwei.cases.appealing import Ground, grounds
from jingwei.cases.forms_matter import AppealForm, ConfirmForm, RateForm, ReopenForm, SeenForm, UrgeForm, WithdrawForm
from jingwei.cases.leading import leader_of
from jingwei.cases.limits import RATING_WINDOW
from jingwei.cases.models import Case, Photo
from jingwei.cases.offers import offers
from jingwei.cases.progress import Reader, Record, entries, read_record, steps_at
from jingwei.cases.spots import where_is
from jingwei.cases.workflow import Status, above
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, VisitorRequest, attempt
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import ancestor, name_of

View = Callable[..., HttpResponse]


def resident_required(view: View) -> View:
    """Members only; whoever is not signed in does so by phone, and comes back."""

    @wraps(view)
    def guarded(request: VisitorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member is None:
            back = request.get_full_path() if request.method == "GET" else reverse("resident:matters")
            return redirect(f"{reverse('people:phone')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def mine(request: MemberRequest, number: str) -> Case:
    """The case, if this member reported it."""
    try:
        return reading.matter(request.member, number)
    except Case.DoesNotExist:
        raise Http404 from None


@require_safe
@resident_required
def matters(request: MemberRequest) -> HttpResponse:
    """All that this member reported."""
    page = reading.matters(request.member, now=clock.now(), after=request.GET.get("after", ""))
    return render(request, "cases/resident/matters.html", {"page": page, "is_first": "after" not in request.GET})


@require_safe
@resident_required
def case(request: MemberRequest, number: str) -> HttpResponse:
    """One case, with all that happened to it."""
    return show(request, mine(request, number))


def show(
    request: MemberRequest, case: Case, form: RateForm | None = None, confirm: ConfirmForm | None = None
) -> HttpResponse:
    """The page; with a form that was refused, that form as it was sent."""
    now = clock.now()
    record = read_record(case, now)
    seen = {"seen": case.version}
    open_moves = {offer.verb for offer in offers(case, request.member) if offer.is_open}
    given = {
        "case": case,
        "record": record,
        "title": reading.title_of(case, record.first_words),
        "is_late": case.is_late(now),
        "entries": entries(record, now, member_id=request.member.pk, reader=Reader.REPORTER),
        "at": steps_at(record),
        "photos": photos_of(record),
        "area": where_is([case.code])[case.code],
        "form": form or (RateForm(initial=seen) if "rate" in open_moves else None),
        "confirm": confirm or (ConfirmForm(initial=seen) if "check" in open_moves else None),
        "rate_until": case.closed_at + RATING_WINDOW if case.closed_at else None,
        **{f"may_{verb}": verb in open_moves for verb in ("reopen", "withdraw", "urge")},
        **_appealing(request, case),
        **_leading(request, case, now),
    }
    return render(request, "cases/resident/case.html", given, status=422 if form or confirm else 200)


def _appealing(request: MemberRequest, case: Case) -> dict[str, Any]:
    """Of a report that was not filed: that it may be appealed against, or the appeal that waits."""
    if case.status != Status.REJECTED:
        return {}
    waiting = (one for one in case.errands.all() if one.about == "rejection" and one.is_open)
    return {"ground": _against(case, request), "appealed": next(waiting, None)}


def _leading(request: MemberRequest, case: Case, now: datetime) -> dict[str, Any]:
    """The case in which this one goes on, as far as whoever reported this one may follow it."""
    leader = leader_of(case)
    if leader is None:
        return {}
    record = read_record(leader, now)
    return {
        "leader": leader,
        "leader_stage": record.stage,
        "leader_entries": entries(record, now, member_id=request.member.pk, reader=Reader.FOLLOWER),
    }


def photos_of(record: Record) -> list[dict[str, Any]]:
    """Photos as the part `photos` shows them."""
    return [
        {
            "url": reverse("cases:photo", args=[photo.pk]),
            "thumbnail_url": reverse("cases:small-photo", args=[photo.pk]),
            "alt": Photo.Moment(photo.moment).label,
            "caption": Photo.Moment(photo.moment).label,
        }
        for photo in record.photos
    ]


@require_safe
@resident_required
def news(request: MemberRequest, number: str) -> HttpResponse:
    """Whether the case has moved on since the version that is being looked at. Nothing new is 204."""
    case = mine(request, number)
    if str(case.version) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "cases/news.html", {"url": reverse("resident:case", args=[number])})


@require_POST
@resident_required
def rate(request: MemberRequest, number: str) -> HttpResponse:
    """Grade the result. After a poor grade comes the offer to open it again."""
    case = mine(request, number)
    form = RateForm(request.POST)
    if form.is_valid() and attempt(form, _rate, case, form, request):
        messages.success(request, _("Thank you. Your rating is noted."))
        return redirect("resident:case", number)
    return show(request, case, form)


def _rate(case: Case, form: RateForm, request: MemberRequest) -> Case:
    said = form.cleaned_data
    return rate_case(
        case, grade=said["grade"], reasons=form.reasons, words=said["words"], by=request.member, seen=said["seen"]
    )


@require_POST
@resident_required
def confirm(request: MemberRequest, number: str) -> HttpResponse:
    """The reporter's own check, where the class of the case leaves it to them."""
    case = mine(request, number)
    form = ConfirmForm(request.POST)
    if form.is_valid() and attempt(form, _confirm, case, form, request):
        return redirect("resident:case", number)
    return show(request, case, confirm=form)


def _confirm(case: Case, form: ConfirmForm, request: MemberRequest) -> Case:
    said = {"words": form.cleaned_data["words"], "seen": form.cleaned_data["seen"]}
    if form.cleaned_data["answer"] == "bad":
        return rework_case(case, by=request.member, **said)
    return check_case(case, outcome=Case.Outcome.SOLVED, by=request.member, **said)


@require_http_methods(["GET", "POST"])
@resident_required
def reopen(request: MemberRequest, number: str) -> HttpResponse:
    """It is not good yet: open it again, one level up."""
    case = mine(request, number)
    form = ReopenForm(request.POST or None, initial={"seen": case.version})
    higher = above(case.level)
    if form.is_valid() and attempt(
        form, reopen_case, case, words=form.said, level=higher or "", by=request.member, seen=form.cleaned_data["seen"]
    ):
        messages.success(request, _("It is open again, with a new time limit."))
        return redirect("resident:case", number)
    answers = name_of(ancestor(case.code, AreaLevel(higher or case.level)))
    return ask(request, case, form, "reopen", {"answers": answers})


@require_http_methods(["GET", "POST"])
@resident_required
def withdraw(request: MemberRequest, number: str) -> HttpResponse:
    """Take it back, after a question that names it."""
    case = mine(request, number)
    form = WithdrawForm(request.POST or None, initial={"seen": case.version})
    if form.is_valid() and attempt(form, withdraw_case, case, by=request.member, **form.cleaned_data):
        messages.success(request, _("It is withdrawn."))
        return redirect("resident:case", number)
    return ask(request, case, form, "withdraw", {})


@require_http_methods(["GET", "POST"])
@resident_required
def appeal(request: MemberRequest, number: str) -> HttpResponse:
    """It was not filed, and should be: somebody else decides."""
    case = mine(request, number)
    form = AppealForm(request.POST or None, initial={"seen": case.version})
    if form.is_valid() and attempt(form, appeal_case, case, about="rejection", by=request.member, **form.cleaned_data):
        messages.success(request, _("Your appeal is made. Somebody else looks at it, and you will be told."))
        return redirect("resident:case", number)
    return ask(request, case, form, "appeal", {"ground": _against(case, request)})


def _against(case: Case, request: MemberRequest) -> Ground | None:
    """That it was not filed, if it may still be appealed against."""
    found = grounds(case, request.member, clock.now())
    return next((one for one in found if one.about == "rejection" and not one.why_not), None)


@require_http_methods(["GET", "POST"])
@resident_required
def urge(request: MemberRequest, number: str) -> HttpResponse:
    """Say that one is waiting, once a day."""
    case = mine(request, number)
    form = UrgeForm(request.POST or None, initial={"seen": case.version})
    if form.is_valid() and attempt(form, urge_case, case, by=request.member, **form.cleaned_data):
        messages.success(request, _("Whoever has it now knows that you are waiting."))
        return redirect("resident:case", number)
    return ask(request, case, form, "urge", {})


def ask(request: HttpRequest, case: Case, form: SeenForm, name: str, more: dict[str, Any]) -> HttpResponse:
    """The page, or the inside of a dialog, that asks before a move."""
    given = {"case": case, "form": form, "title": reading.title_of(case, reading.first_words(case)), **more}
    return render(request, f"cases/resident/{name}.html", given, status=422 if form.errors else 200)
