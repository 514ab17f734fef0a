"""A year is announced: the text is read, every day shown and checked, what would move is told, then it is adopted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.calendars.actions import announce_year, announced_row, supposed
from jingwei.calendars.announcement import HOLIDAYS, Announcement, Holiday, read_notice
from jingwei.calendars.book import Calendars
from jingwei.calendars.files import read_file
from jingwei.calendars.forms import AnnounceForm
from jingwei.calendars.impact import impact_of
from jingwei.calendars.policy import MANAGE
from jingwei.calendars.words import stretch_of_days, together
from jingwei.calendars.year_grid import months_of
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required
from jingwei.ui.public import WEEKDAYS

PAGE = {"office": "calendars"}


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def announce(request: MemberRequest) -> HttpResponse:
    """The form; with a text in it, what the text says; confirmed, the year."""
    form = AnnounceForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {"form": form}
    if form.is_valid() and (read := attempt(form, _read, form)):
        if "confirm" in request.POST:
            source = form.cleaned_data["source"]
            if row := attempt(form, announce_year, read, source=source, by=request.member):
                messages.success(request, _("%(year)d is adopted.") % {"year": row.year})
                return redirect("calendars:home")
        else:
            given |= _preview(read)
    return render(request, "calendars/announce.html", PAGE | given, status=422 if form.errors else 200)


def _read(form: AnnounceForm) -> Announcement:
    """The year in the text, or in the file: of several, the last."""
    data = form.cleaned_data
    year = data["year"] or 0
    if data["file"]:
        return read_file(data["file"].read(), year)[-1]
    return read_notice(data["text"], year)


def _preview(read: Announcement) -> dict[str, Any]:
    """Every day of the year as it would be, and which dates would move. What has faults cannot be adopted."""
    if not read.year:
        return {"read": read}
    holidays = [_shown(one) for one in read.holidays]
    book = supposed(announced_row(read))
    months = months_of(read.year, Calendars.of(book).nobodys(), clock.local(clock.now()).date())
    return {
        "read": read,
        "holidays": holidays,
        "weekdays": WEEKDAYS,
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "impact": None if read.faults else impact_of(book),
    }


def _shown(one: Holiday) -> dict[str, Any]:
    """A holiday with its days as the page shows them."""
    return {
        "name": HOLIDAYS[one.key],
        "off": _(", ").join(stretch_of_days(first, last) for first, last in together(one.off)),
        "on": _(", ").join(day.isoformat() for day in one.on),
        "count": len(one.off),
    }
