"""What browsers kept pages from doing: counted by day, and of nobody."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jingwei.kernel.public import PolicyReport, clock
from jingwei.people.requests import MemberRequest
from jingwei.people.web.guards import duty_required

OFFICE_KEY = "policy-reports"
SHOWN = timedelta(days=30)
MOST = 200


@require_safe
@duty_required("people.accounts")
def policy_reports(request: MemberRequest) -> HttpResponse:
    """The last month, the newest and most frequent first."""
    since = clock.local(clock.now() - SHOWN).date()
    found = PolicyReport.objects.filter(day__gte=since).order_by("-day", "-count", "pk")[:MOST]
    return render(request, "people/desk/policy_reports.html", {"office": OFFICE_KEY, "reports": found})
