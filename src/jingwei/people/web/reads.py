"""Who looked at whose data: for the person concerned, for whoever looked, and for the auditor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.kernel.public import clock
from jingwei.people.actions import note_read
from jingwei.people.models import Member
from jingwei.people.reads import Reading, Sought, reads_by, reads_of, reads_sought
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms_reads import SoughtForm
from jingwei.people.web.guards import duty_required, member_required
from jingwei.people.web.sheets import csv_answer

OWN_KEY, OFFICE_KEY = "reads", "reads"
LOG = "people.log"
MOST_EXPORTED = 10_000


@never_cache
@require_safe
@member_required
def own_reads(request: MemberRequest) -> HttpResponse:
    """Who looked at mine; for those who work here also what they looked at themselves."""
    is_mine = request.member.kind == Member.Kind.STAFF and "mine" in request.GET
    read = reads_by if is_mine else reads_of
    given = {
        "own": OWN_KEY,
        "page": read(request.member, after=request.GET.get("after", "")),
        "is_mine": is_mine,
        "is_staff": request.member.kind == Member.Kind.STAFF,
        "is_first": "after" not in request.GET,
    }
    return render(request, "people/own/reads.html", given)


@never_cache
@require_safe
@duty_required("people.audit")
def audit(request: MemberRequest) -> HttpResponse:
    """The whole log, searched. That somebody's own log is looked at is noted in it."""
    form = SoughtForm(request.GET)
    sought = form.sought() if form.is_valid() else None
    after = request.GET.get("after", "")
    if sought and not after:
        for subject_id in sought.subject_ids or ():
            note_read(LOG, subject_id=subject_id, reason="audit", by=request.member)
    if sought and "export" in request.GET:
        return _exported(sought)
    given = {
        "office": OFFICE_KEY,
        "form": form,
        "page": reads_sought(sought, after=after) if sought else None,
        "is_first": not after,
        "is_sought": sought != Sought(),
    }
    return render(request, "people/desk/reads.html", given, status=422 if form.errors else 200)


def _exported(sought: Sought) -> HttpResponse:
    """What was found, as a table to keep."""
    heads = [_("When"), _("Who looked"), _("Office"), _("At whose data"), _("What"), _("On"), _("Reason"), _("Words")]
    found = reads_sought(sought, limit=MOST_EXPORTED).list
    return csv_answer(f"reads-{clock.local(clock.now()):%Y%m%d}", [*heads, _("Times")], [_row(one) for one in found])


def _row(one: Reading) -> list[object]:
    on = one.thing.name if one.thing else ""
    return [one.at, one.reader, one.office, one.subject, one.what, on, one.reason, one.words, one.times]
