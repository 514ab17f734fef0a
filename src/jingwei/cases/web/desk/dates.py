"""How the dates of a case were reckoned, and the table of limits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.calendars.public import calendars
from jingwei.cases.catalogue import current
from jingwei.cases.limit_table import majors_of, rows_of
from jingwei.cases.progress import read_record
from jingwei.cases.reckoning import reckonings
from jingwei.cases.said import headline
from jingwei.cases.spots import where_is
from jingwei.cases.web.desk.cases import open_case
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, duty_required


@never_cache
@require_safe
@duty_required("cases.see")
def dates(request: MemberRequest, number: str) -> HttpResponse:
    """The promise and every stage, step by step. Nothing of the reporter, nothing of the words."""
    case = open_case(request.member, number)
    place = where_is([case.code])[case.code]
    record = read_record(case, clock.now())
    given = {"case": case, "headline": headline(case), "place": place, "dates": reckonings(record, calendars(), place)}
    return render(request, "cases/desk/dates.html", given)


@never_cache
@require_safe
@duty_required("calendars.manage")
def limits(request: MemberRequest) -> HttpResponse:
    """Classes, conditions and limits, each with the date it comes to for a report of this moment."""
    categories = current()
    majors = majors_of(categories)
    major = request.GET.get("major", "")
    chosen = next((one for one in majors if one.key == major), majors[0] if majors else None)
    post = next(post for post in request.member.posts if "calendars.manage" in post.duties)
    now = clock.now()
    rows = rows_of(categories, chosen.key, now, calendars().place(post.first)) if chosen else []
    given = {"office": "limits", "majors": majors, "chosen": chosen, "categories": rows, "now": now}
    return render(request, "cases/desk/limits.html", given)
