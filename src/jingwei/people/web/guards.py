"""What stands before a view: being signed in, holding a duty. What is out of reach does not exist (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from jingwei.people.models import Member
from jingwei.people.requests import MemberRequest, VisitorRequest

View = Callable[..., HttpResponseBase]


def member_required(view: View) -> View:
    """Let members in; send everyone else to sign in, and back here afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visitor = cast(VisitorRequest, request)
        if visitor.member is None:
            return to_sign_in(visitor)
        return view(request, *args, **kwargs)

    return guarded


def duty_required(duty: str) -> Callable[[View], View]:
    """Let members in who hold `duty` somewhere. Where they hold it is for permits to say."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not cast(MemberRequest, request).member.has_duty(duty):
                raise Http404
            return view(request, *args, **kwargs)

        return member_required(guarded)

    return guard


def staff_required(view: View) -> View:
    """Let staff in: residents have one way to sign in, and nothing to set up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if cast(MemberRequest, request).member.kind != Member.Kind.STAFF:
            raise Http404
        return view(request, *args, **kwargs)

    return member_required(guarded)


def proof_required(view: View) -> View:
    """Let staff in who have shown a moment ago who they are; ask the others once more, and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if cast(MemberRequest, request).session.is_proved():
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else request.POST.get("back", "")
        query = f"?{urlencode({'next': back})}" if back else ""
        return redirect(reverse("people:confirm") + query)

    return staff_required(guarded)


def to_sign_in(request: VisitorRequest) -> HttpResponse:
    """The sign-in page. A fragment's page goes there as a whole; what was posted is not repeated."""
    if request.htmx:
        back = request.htmx.current_url_abs_path
        return HttpResponseClientRedirect(_sign_in_url(back))
    return redirect(_sign_in_url(request.get_full_path() if request.method == "GET" else None))


def _sign_in_url(back: str | None) -> str:
    query = f"?{urlencode({'next': back})}" if back else ""
    return reverse("people:sign-in") + query
