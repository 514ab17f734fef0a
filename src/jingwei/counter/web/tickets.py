"""Tickets of another hotline from a spreadsheet: choose a file, name its columns, look at it, let it run."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.counter.jobs import run_ticket_sheet
from jingwei.counter.models import TicketSheet
from jingwei.counter.policy import IMPORT
from jingwei.counter.tickets import sheets
from jingwei.counter.tickets.columns import FIELDS, NEEDED
from jingwei.counter.tickets.judging import Judged
from jingwei.kernel.public import LARGEST_FILE, clock
from jingwei.people.public import MemberRequest, attempt, duty_required

PAGE = {"office": "tickets"}
MOST_SHOWN = 200
FATES = {
    "new": pgettext_lazy("tickets", "New reports"),
    "already": pgettext_lazy("tickets", "In already"),
    "bad": pgettext_lazy("tickets", "Not in order"),
}


class FileForm(forms.Form):
    source = forms.RegexField(
        label=_("Which hotline"),
        regex=r"^[\w.-]{1,40}\Z",
        initial="12345",
        help_text=_("The same name each time: by it and its number a ticket is known again."),
    )
    file = forms.FileField(label=_("File"), help_text=_(".xlsx, .xls, .ods or .csv, 5 MB and 5000 rows at most"))


class ColumnsForm(forms.Form):
    """A select for each of our fields, with the heads of the file."""

    def __init__(self, data: Any, *, sheet: TicketSheet) -> None:
        super().__init__(data, initial={name: str(at) for name, at in sheet.mapping.items()})
        heads = [(str(at), head) for at, head in enumerate(sheets.lines_of(sheet).heads) if head]
        for name, title in FIELDS.items():
            choices = [("", pgettext_lazy("column", "Not in the file")), *heads]
            self.fields[name] = forms.ChoiceField(label=str(title), required=name in NEEDED, choices=choices)

    def mapping(self) -> dict[str, int]:
        return {name: int(at) for name, at in self.cleaned_data.items() if at}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(IMPORT)
def choose(request: MemberRequest) -> HttpResponse:
    """Choose a file; those that were chosen in the last days stand below."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, source = form.cleaned_data["file"], form.cleaned_data["source"]
        content = file.read(LARGEST_FILE + 1)  # no more than it takes to know that it is too large
        sheet = attempt(form, sheets.take_tickets, content, file.name, source=source, by=request.member)
        if sheet:
            return redirect("counter:ticket-sheet", sheet.pk)
    mine = TicketSheet.objects.filter(member=request.member).order_by("-created_at")
    given = {"form": form, "sheets": mine}
    return render(request, "counter/tickets.html", PAGE | given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(IMPORT)
def sheet(request: MemberRequest, key: UUID) -> HttpResponse:
    """Which column holds what, and what the file would bring; how far it is, or what became of it."""
    one = _mine(request, key)
    if one.state != TicketSheet.State.LOOKED_AT:
        return render(request, "counter/ticket_sheet.html", PAGE | _shown(one, []))
    form = ColumnsForm(request.POST or None, sheet=one)
    if form.is_valid() and attempt(form, sheets.name_columns, one, form.mapping(), by=request.member):
        return redirect("counter:ticket-sheet", key)
    judged = sheets.plan_of(one, request.member, clock.now())
    given = _shown(one, judged) | {"form": form}
    return render(request, "counter/ticket_sheet.html", PAGE | given, status=422 if form.errors else 200)


@require_POST
@duty_required(IMPORT)
def begin(request: MemberRequest, key: UUID) -> HttpResponse:
    """Let it run."""
    one = sheets.begin_tickets(_mine(request, key), by=request.member)
    run_ticket_sheet.defer(key=str(one.pk))
    return redirect("counter:ticket-sheet", one.pk)


def _mine(request: MemberRequest, key: UUID) -> TicketSheet:
    return get_object_or_404(TicketSheet, pk=key, member=request.member)


def _shown(one: TicketSheet, judged: list[Judged]) -> dict[str, Any]:
    counts = Counter(str(row.fate) for row in judged) if judged else one.counts
    return {
        "sheet": one,
        "counts": [(title, counts[key]) for key, title in FATES.items() if counts.get(key)],
        "bad": [(row, trouble, FIELDS.get(trouble.field, "")) for row in judged for trouble in row.troubles][
            :MOST_SHOWN
        ],
        "unplaced": sum(1 for row in judged if row.draft and not row.troubles and not row.is_placed),
        "may_run": any(row.fate == "new" for row in judged),
        "percent": 100 * one.done // one.total // 5 * 5,
    }
