"""The cases that go on in one: a page of the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.models import Case
from jingwei.cases.said import headline
from jingwei.cases.spots import where_is
from jingwei.cases.web.desk.cases import open_case
from jingwei.kernel.public import allowed
from jingwei.people.public import MemberRequest, duty_required

MOST_SHOWN = 500


@never_cache
@require_safe
@duty_required("cases.see")
def group(request: MemberRequest, number: str) -> HttpResponse:
    """Those that were merged into a case or follow it in its group, as far as they are open to the member."""
    case = open_case(request.member, number)
    following = allowed(request.member, "cases.desk", Case.objects.filter(follows_id=case.pk))
    found = list(following.select_related("category").order_by("reported_at", "pk")[:MOST_SHOWN])
    places = where_is([one.code for one in found]) if found else {}
    rows = [{"case": one, "headline": headline(one), "where": places[one.code]} for one in found]
    return render(request, "cases/desk/group.html", {"case": case, "headline": headline(case), "rows": rows})
