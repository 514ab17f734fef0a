"""Who is asking: the session and its member, known to every view before it starts."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db.transaction import set_rollback
from django.http.response import HttpResponseBase

from jingwei.kernel.public import log_as, opened
from jingwei.people.reach import reach_of
from jingwei.people.requests import VisitorRequest

__all__ = ["MemberMiddleware", "SessionMiddleware"]


class MemberMiddleware:
    """Sets `request.member`: the member with their posts, or None. Without a cookie the database rests.

    For a member the page is made within one transaction that shows what is in their reach. Visitors see nothing of
    persons, but on the pages that open something for them (`at_the_door`).
    """

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponseBase:
        request.member = request.session.member
        request.user = request.member or AnonymousUser()
        if request.member is None:
            return self.get_response(request)
        log_as(request.member.pk)
        with opened(reach_of(request.member), has_savepoint=False):
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                set_rollback(True)  # what is refused or absent is an answer; only what broke is undone
        return response
