"""Who is asking: the session and its member, known to every view before it starts."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http.response import HttpResponseBase

from jingwei.kernel.public import log_as
from jingwei.people.requests import VisitorRequest

__all__ = ["MemberMiddleware", "SessionMiddleware"]


class MemberMiddleware:
    """Sets `request.member`: the member with their posts, or None. Without a cookie the database rests."""

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponseBase:
        request.member = request.session.member
        request.user = request.member or AnonymousUser()
        if request.member:
            log_as(request.member.pk)
        return self.get_response(request)
