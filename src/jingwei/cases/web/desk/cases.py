"""One case on the desk: beside a queue, on a page of its own, and found by its number."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.cases.actions.reading import open_words
from jingwei.cases.finding import found_by_number, found_by_words
from jingwei.cases.forms_search import SearchForm
from jingwei.cases.joinable import offered_twins
from jingwei.cases.models import Case
from jingwei.cases.sheet import Sheet
from jingwei.kernel.public import clock, may
from jingwei.people.public import Member, MemberRequest, duty_required

LONGEST_NUMBER = 20
SERIAL_DIGITS = 6
TAIL_REACHES = timedelta(days=730)
"""How far back a number is found without its day."""


def open_case(member: Member, number: str) -> Case:
    """The case with this number, if the member may open it on the desk. Raises Http404."""
    case = Case.objects.by_numbers([number]).select_related("category", "condition").first()
    if case is None or not may(member, "cases.desk", case):
        raise Http404
    return case


def opened(member: Member, number: str, now: datetime) -> Sheet:
    """The sheet of a case that a member opens; that they are shown the reporter's words is noted."""
    sheet = Sheet(open_case(member, number), member, now)
    if sheet.may_contact:
        open_words(sheet.case, sheet.record.report, by=member)
    return sheet


def pane(request: MemberRequest, now: datetime, *, back: str) -> dict[str, Any]:
    """The context of the case beside the list: that of `?case=`, if any. `back` is where its moves return to."""
    number = request.GET.get("case", "")
    if not number:
        return {"sheet": None, "back": back}
    sheet = opened(request.member, number, now)
    return {"sheet": sheet, "twins": offered_twins(sheet), "back": back}


@never_cache
@require_safe
@duty_required("cases.see")
def case(request: MemberRequest, number: str) -> HttpResponse:
    """The whole case on one page, for reading and for paper."""
    now = clock.now()
    sheet = opened(request.member, number, now)
    given = {"sheet": sheet, "twins": offered_twins(sheet), "back": request.path, "now": now}
    return render(request, "cases/desk/case.html", given)


@never_cache
@require_safe
@duty_required("cases.see")
def news(request: MemberRequest, number: str) -> HttpResponse:
    """What has happened to a case since `?seen=`, as a part of a page; empty where nothing has."""
    case = open_case(request.member, number)
    seen = whole(request.GET.get("seen", ""))
    sheet = Sheet(case, request.member, clock.now())
    fresh = sheet.since(seen) if seen is not None else []
    return render(request, "cases/desk/news.html", {"sheet": sheet, "seen": seen, "last": fresh[-1] if fresh else None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required("cases.see")
def search(request: MemberRequest) -> HttpResponse:
    """To the case with a number, whole or in part; a sentence where there is none. Posted: by words."""
    if request.method == "POST":
        return _by_words(request)
    text = request.GET.get("q", "").strip()[:LONGEST_NUMBER]
    case = _numbered(text, clock.now()) if text else None
    if case is not None and may(request.member, "cases.desk", case):
        return redirect("desk:case", case.number)
    numbered = found_by_number(request.member, text)
    if len(numbered) == 1:
        return redirect("desk:case", numbered[0].number)
    said = (
        _("There is no case with the number %(number)s here, or it is not open to you.") % {"number": text}
        if text
        else _("Write the number of a case, whole or the digits after the hyphen.")
    )
    given = {"text": text, "said": said, "form": _words_form(request), "numbered": numbered}
    return render(request, "cases/desk/search.html", given, status=404 if text and not numbered else 200)


def _words_form(request: MemberRequest) -> SearchForm | None:
    """For whoever may read words at all. What is looked for is posted: it says of people and stays out of addresses."""
    return SearchForm(request.POST or None) if request.member.has_duty("cases.contact") else None


def _by_words(request: MemberRequest) -> HttpResponse:
    form = _words_form(request)
    if form is None:
        raise Http404
    found = found_by_words(request.member, form.cleaned_data["words"]) if form.is_valid() else None
    given = {"form": form, "found": found}
    return render(request, "cases/desk/search.html", given, status=422 if form.errors else 200)


def whole(text: str) -> int | None:
    """The whole number that an address says; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER - 1 else None


def _numbered(text: str, now: datetime) -> Case | None:
    """A serial is the district's own: one day at most has it, so all of its possible numbers are looked up at once."""
    numbers = [text]
    if text.isascii() and text.isdigit():
        today, serial = clock.local(now).date(), text.zfill(SERIAL_DIGITS)
        numbers += [f"{today - timedelta(days=back):%Y%m%d}-{serial}" for back in range(TAIL_REACHES.days)]
    return Case.objects.by_numbers(numbers).order_by("-reported_at").first()
