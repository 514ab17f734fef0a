"""What a person sets for the screen in front of them, kept in cookies; and what their browser reports to us."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from jingwei.kernel.public import MOST_REPORT_BYTES, clock, take_reports
from jingwei.ui.catalogue import looks, specimens, tokens
from jingwei.ui.context import CARE_COOKIE, THEME_COOKIE
from jingwei.ui.guards import staff_required

YEAR = 365 * 24 * 3600
CHOICES = {THEME_COOKIE: ("light", "dark", "auto"), CARE_COOKIE: ("on", "off")}


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remembers `theme` or `care` for a year and goes back to where it was pressed (`next`)."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/")
    for cookie, allowed in CHOICES.items():
        if (chosen := request.POST.get(cookie)) in allowed:
            response.set_cookie(cookie, chosen, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@require_GET
@staff_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that screens are made of, in each of its looks."""
    context = {"looks": looks(), "tokens": tokens()} | specimens(clock.now())
    return render(request, "ui/catalogue.html", context)


@csrf_exempt
@require_POST
def policy_reports(request: HttpRequest) -> HttpResponse:
    """Where browsers report what they stopped: without cookies, signed out too, and unasked."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_REPORT_BYTES:
        take_reports(request.body, request.get_host())
    return HttpResponse(status=204)
