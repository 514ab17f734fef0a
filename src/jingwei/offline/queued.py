"""Forms that waited on a phone: known by their id, taken once, dated to when they were made.

The phone sends the form itself, as the page would have, with headers: its id, how long ago it was made by the phone's
own clock, whose it is, and whether nobody is waiting for a page. A clock that is wrong by however much counts right so.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.utils.translation import gettext as _

from jingwei.kernel.public import clock
from jingwei.offline.models import Sent
from jingwei.people.public import Member, VisitorRequest

ID, AGE, LATER, MEMBER = "Jingwei-Queued", "Jingwei-Age", "Jingwei-Later", "Jingwei-Member"
OLDEST = timedelta(days=30)
AT_ONCE = timedelta(minutes=1)
"""What is not older was sent when it was made."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
PIECE = 65_536


@dataclass(frozen=True)
class Queued:
    """A form that comes from the queue of a phone. `made_at` is None where it came at once, or nobody can know."""

    id: UUID
    made_at: datetime | None
    is_clock_doubtful: bool
    is_later: bool


_current: ContextVar[Queued | None] = ContextVar("queued", default=None)


def queued() -> Queued | None:
    """What the request at hand says of itself; None for a form that did not wait."""
    return _current.get()


class QueuedMiddleware:
    """Stands within the member's transaction: the answer is remembered with the deed, or neither is."""

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponseBase:
        given = read(request.headers.get(ID, ""), request.headers.get(AGE, ""), later=LATER in request.headers)
        if given is None or request.method != "POST":
            return self.get_response(request)
        if request.member is None or request.headers.get(MEMBER, "") not in {"", str(request.member.pk)}:
            return _told("signed_out", HTTP_UNAUTHORIZED)  # also where somebody waits: the phone keeps it
        token = _current.set(given)
        try:
            return self._once(request, request.member, given)
        finally:
            _current.reset(token)

    def _once(self, request: VisitorRequest, member: Member, given: Queued) -> HttpResponseBase:
        row, is_new = _claimed(member, given, digest_of(request))
        if row is None:
            return _told("conflict", HTTP_CONFLICT, why=_("The same id came with something else before."))
        if not is_new:
            return _answered(given, HttpResponseRedirect(row.location), row)
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirectBase):
            row.location = response["Location"][:300]
            row.save(update_fields=["location"])
        else:
            row.delete()  # nothing was done: what is mended may come under the same id
        return _answered(given, response, row)


HTTP_UNAUTHORIZED, HTTP_CONFLICT = 401, 409


def read(key: str, age: str, *, later: bool, now: datetime | None = None) -> Queued | None:
    """From the headers. An age that cannot be is doubtful: then it counts as made now."""
    try:
        key_id, seconds = UUID(key), float(age or "nan")
    except ValueError:
        return None
    is_known = 0 <= seconds <= OLDEST.total_seconds()
    is_old = is_known and seconds > AT_ONCE.total_seconds()
    made_at = (now or clock.now()) - timedelta(seconds=seconds) if is_old else None
    return Queued(key_id, made_at, is_clock_doubtful=not is_known, is_later=later)


def digest_of(request: VisitorRequest) -> bytes:
    """Of what the form says and brings, but the token of the session it happens to be sent in."""
    sum_ = hashlib.sha256(request.path.encode())
    for part in _parts(request):
        sum_.update(len(part).to_bytes(8, "big"))
        sum_.update(part)
    return sum_.digest()


def _parts(request: VisitorRequest) -> Iterator[bytes]:
    for name in sorted(request.POST.keys() - {TOKEN}):
        for value in request.POST.getlist(name):
            yield name.encode()
            yield value.encode()
    for name in sorted(request.FILES.keys()):
        for file in request.FILES.getlist(name):
            yield name.encode()
            yield from file.chunks(PIECE)
            file.seek(0)


def _claimed(member: Member, given: Queued, digest: bytes) -> tuple[Sent | None, bool]:
    """The row of this id and whether it is new; none where it came with something else. Waits for one under way."""
    known = Sent.objects.filter(pk=given.id, member=member).first()
    if known is None:
        row = Sent(pk=given.id, member=member, digest=digest, received_at=clock.now())
        row.is_clock_doubtful = given.is_clock_doubtful
        try:
            with atomic():
                row.save(force_insert=True)
        except IntegrityError:
            known = Sent.objects.filter(pk=given.id, member=member).first()
        else:
            return row, True
    return (known if known is not None and bytes(known.digest) == digest else None), False


def _answered(given: Queued, response: HttpResponseBase, row: Sent) -> HttpResponseBase:
    """As a page for whoever waits; else as data, and no message is left for the next page."""
    if not given.is_later:
        return response
    response.cookies.pop("messages", None)
    if isinstance(response, HttpResponseRedirectBase):
        return _told("done", 200, location=row.location, is_clock_doubtful=row.is_clock_doubtful)
    if isinstance(response, HttpResponse) and response.status_code in {200, 403, 404, 409, 422}:
        return _told("refused", HTTP_CONFLICT, status=response.status_code, page=response.content.decode())
    return response


def _told(result: str, code: int, **more: object) -> JsonResponse:
    return JsonResponse({"result": result, **more}, status=code)
