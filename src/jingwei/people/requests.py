"""Requests as views see them, once the middleware has said who is asking. Only types: nothing makes these."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jingwei.people.models import Member
from jingwei.people.sessions import SessionStore


class VisitorRequest(HttpRequest):
    """Any request."""

    member: Member | None
    htmx: HtmxDetails
    session: SessionStore


class MemberRequest(HttpRequest):
    """A request behind `member_required` or `duty_required`."""

    member: Member
    htmx: HtmxDetails
    session: SessionStore


class KeyRequest(HttpRequest):
    """A request that came with a key: `auth` is the software that holds it, its posts what the key gives."""

    auth: Member


AnyRequest = VisitorRequest | MemberRequest
