"""Staff from a spreadsheet: choose a file, see what it would change, let it run, see how far it is."""

from collections import Counter
from uuid import UUID

from django.forms import FileField, Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.people.exporting import as_download
from jingwei.people.importing import sheets
from jingwei.people.importing.template import template
from jingwei.people.jobs import run_staff_sheet
from jingwei.people.models import StaffSheet
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.staff.changes import arranger_required
from jingwei.people.web.staff.reading import ARRANGE, MANAGE, spans_of

MOST_SHOWN = 200
CHANGES = {
    "create": pgettext_lazy("rows", "New accounts with a posting"),
    "post": pgettext_lazy("rows", "New postings"),
    "change": pgettext_lazy("rows", "Changed postings"),
    "same": pgettext_lazy("rows", "As they are already"),
    "bad": pgettext_lazy("rows", "Not in order"),
}


class SheetForm(Form):
    file = FileField(label=_("File"), help_text=_(".xlsx, .xls, .ods or .csv, 5 MB and 5000 rows at most"))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def choose(request: MemberRequest) -> HttpResponse:
    """Choose a file. What it would change stands on the next page."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(sheets.MOST_BYTES + 1)  # no more than it takes to know that it is too large
        if sheet := attempt(form, sheets.take_sheet, content, file.name, by=request.member):
            return redirect("people:staff-sheet", sheet.pk)
    status = 422 if form.errors else 200
    return render(request, "people/staff/import.html", {"office": "people", "form": form}, status=status)


@never_cache
@require_safe
@arranger_required
def sheet(request: MemberRequest, key: UUID) -> HttpResponse:
    """What the sheet would change, how far it is, or what became of it."""
    one = get_object_or_404(StaffSheet, pk=key, member=request.member)
    planned = sheets.plan_of(one, request.member) if one.state == StaffSheet.State.LOOKED_AT else []
    counts = Counter(str(row.change) for row in planned) if planned else one.counts
    page = {
        "office": "people",
        "sheet": one,
        "counts": [(CHANGES[key], counts[key]) for key in CHANGES if counts.get(key)],
        "bad": [row for row in planned if row.troubles][:MOST_SHOWN],
        "rows": [(row, CHANGES[row.change]) for row in planned if not row.troubles][:MOST_SHOWN],
        "percent": 100 * one.done // one.total // 5 * 5,
    }
    return render(request, "people/staff/sheet.html", page)


@require_POST
@arranger_required
def begin(request: MemberRequest, key: UUID) -> HttpResponse:
    """Let it run."""
    one = get_object_or_404(StaffSheet, pk=key, member=request.member)
    sheets.begin_sheet(one, by=request.member)
    run_staff_sheet.defer(key=str(one.pk))
    return redirect("people:staff-sheet", one.pk)


@never_cache
@require_safe
@arranger_required
def blank(request: MemberRequest) -> HttpResponse:
    """The template, with the postings, areas and offices that may stand in it."""
    spans = spans_of(request.member, ARRANGE, MANAGE)
    return as_download(template(spans, with_apart=request.member.has_duty(MANAGE)), "staff.xlsx")
