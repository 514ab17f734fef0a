"""The emergency button, for residents and in the field: first the three numbers, then the danger and the place."""

from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.cases.public import Case, field_only
from jingwei.emergency.forms_button import ButtonForm
from jingwei.emergency.models import Incident
from jingwei.emergency.pressing import Pressed, press_button
from jingwei.people.public import MemberRequest, VisitorRequest, attempt, member_required

FIELD = "field"


def _portal(request: HttpRequest) -> str:
    assert request.resolver_match
    return request.resolver_match.namespace


def _show(request: HttpRequest, name: str, given: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """In the frame of the portal."""
    portal = _portal(request)
    page = {"frame": f"cases/{portal}/page.html", "portal": portal}
    return render(request, f"emergency/{name}.html", page | given, status=status)


def _of_portal(view: Any) -> Any:
    """In the field, those who work there only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        inner = field_only(view) if _portal(request) == FIELD else view
        return inner(cast(VisitorRequest, request), *args, **kwargs)

    return guarded


@never_cache
@require_http_methods(["GET", "POST"])
@_of_portal
def button(request: VisitorRequest) -> HttpResponse:
    """The numbers for everybody, the form for those who have signed in. Words begun in a report come along."""
    if request.member is None:
        return _show(request, "button", {"form": None})
    if "begin" in request.POST:
        return _show(request, "button", {"form": ButtonForm(member=request.member, begun=request.POST.dict())})
    form = ButtonForm(request.POST or None, member=request.member)
    if form.is_valid():
        draft = form.draft(request.member, _portal(request))
        pressed = attempt(form, press_button, draft, condition=form.danger, by=request.member)
        if isinstance(pressed, Pressed):
            return redirect(f"{_portal(request)}:emergency-sent", pressed.number)
    return _show(request, "button", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
@_of_portal
@member_required
def sent(request: MemberRequest, number: str) -> HttpResponse:
    """What has become of the alarm, for whoever raised it."""
    case = Case.objects.filter(number=number, reports__member_id=request.member.pk).first()
    if case is None:
        raise Http404
    incident = Incident.objects.filter(case_id=case.pk).order_by("-raised_at").first()
    return _show(request, "sent", {"case": case, "incident": incident})


button_pages: list[URLPattern] = [
    path("emergency/", button, name="emergency"),
    path("emergency/<str:number>/", sent, name="emergency-sent"),
]
