"""How well classes are suggested: for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.models import Case, Learned
from jingwei.cases.suggesting import FEWEST, HELD_OUT, learned
from jingwei.cases.workflow import Status
from jingwei.people.public import duty_required

NIGHTS = 30


@never_cache
@require_safe
@duty_required("calendars.manage")
def suggestions(request: HttpRequest) -> HttpResponse:
    """What was learned night by night, and what it is worth beside the words of the category table."""
    rows = list(Learned.objects.defer("data").order_by("-learned_at")[:NIGHTS])
    given = {
        "office": "suggestions",
        "rows": rows,
        "has_meaning": any(row.meaning_among_three is not None for row in rows),
        "newest": rows[0] if rows else None,
        "is_used": learned() is not None,
        "fewest": FEWEST,
        "closed": min(Case.objects.filter(status=Status.CLOSED)[:FEWEST].count(), FEWEST),
        "one_of": HELD_OUT,
    }
    return render(request, "cases/desk/suggestions.html", given)
