"""A worker's report on one page: the one that a phone keeps for where there is no signal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.cases.actions import report_on_the_spot
from jingwei.cases.forms_now import NowForm
from jingwei.cases.models import Case
from jingwei.cases.spots import listed_areas, spots_of
from jingwei.cases.web.pieces import files_of
from jingwei.cases.web.writing import field_only
from jingwei.offline.public import queued
from jingwei.people.public import Member, MemberRequest, attempt


@never_cache
@require_http_methods(["GET", "POST"])
@field_only
def now(request: MemberRequest) -> HttpResponse:
    """Write it down and go on: it is reported at once, or as soon as there is a signal."""
    form = NowForm(request.POST, files_of(request)) if request.method == "POST" else NowForm()
    form.offer_areas(_areas(request.member))
    is_again = "again" in request.POST  # opened with what was written, to be looked at before it is sent
    case = _reported(form, request.member) if form.is_bound and not is_again else None
    if case is not None:
        messages.success(request, _("Reported under the number %(number)s.") % {"number": case.number})
        return redirect("field:case", case.number)
    return render(request, "cases/report/now.html", {"form": form}, status=422 if form.errors and not is_again else 200)


def _areas(member: Member) -> list[tuple[str, list[tuple[str, str]]]]:
    """The worker's own grids first."""
    own = [(spot.key, spot.title) for spot in spots_of(member)]
    return [*([(_("My grids"), own)] if own else []), *listed_areas()]


def _reported(form: NowForm, member: Member) -> Case | None:
    if not form.is_valid():
        return None
    said, waited = form.cleaned_data, queued()
    case = attempt(
        form,
        report_on_the_spot,
        waited.id if waited else said["id"],
        said["spot"],
        words=said["words"],
        detail=said["detail"],
        category_code=said["listed"],
        photos=[photo.read() for photo in said["photos"]],
        made_at=waited.made_at if waited else None,
        by=member,
    )
    return case if isinstance(case, Case) else None
