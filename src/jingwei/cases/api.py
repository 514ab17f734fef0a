"""Cases for other software: report, look, list, move. Thin: each operation calls one action.

Bodies of reports are read by msgspec, since they are the hot path; the bytes of each are what makes it the same
report when it comes again.
"""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime, WithJsonSchema

from jingwei.cases import actions
from jingwei.cases.api_moves import MOST_CODE, MOST_WORDS, VERBS, Code, MoveIn, area_of
from jingwei.cases.late import happened_at, is_made
from jingwei.cases.life import Origin
from jingwei.cases.models import Case, Report
from jingwei.cases.queries import CaseQuerySet
from jingwei.kernel.public import Refused, allowed_first, clock, may
from jingwei.people.public import KeyRequest, Member
from jingwei.places.public import codes, spans_of

router = Router(tags=["cases"])
intake_router = Router(tags=["cases"])
"""Reports come in without a reach: whoever sends them need see nothing."""
MOST = 200
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How a cursor writes a time: nothing in it changes its meaning in an address."""


class ReportIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A report. Say where by `longitude` and `latitude` (WGS-84), or by `area` (18 digits)."""

    id: UUID
    words: str = msgspec.field(default="")
    longitude: float | None = None
    latitude: float | None = None
    area: str = ""
    place: str = ""
    category: str = ""
    occurred_at: datetime | None = None
    name: str = ""
    phone: str = ""
    source: str = ""
    source_key: str = ""


STATUS_CODES = {"created": 201, "already": 200, "conflict": 409, "refused": 422}


class CaseOut(Schema):
    """A case, without words or people. While it is suspended its clocks stand, until `review_at` at the latest."""

    number: str
    status: str
    level: str
    code: str
    category: str
    longitude: float | None
    latitude: float | None
    reported_at: datetime
    due_at: datetime | None
    suspended_at: datetime | None
    review_at: datetime | None
    title: str
    version: int


class CasesOut(Schema):
    """One page, the newest first, and where the next begins (null: this is the last)."""

    items: list[CaseOut]
    next: str | None


class Filters(Schema):
    """What to list. Times are ISO 8601 with an offset."""

    status: Code = ""
    level: Code = ""
    category: Code = ""
    area: str = ""
    reported_from: AwareDatetime | None = None
    reported_until: AwareDatetime | None = None
    limit: int = 50
    cursor: str = ""


_ONE = msgspec.json.schema(ReportIn)["$defs"]["ReportIn"]
_MANY = {"type": "array", "items": _ONE, "maxItems": actions.LARGEST_BATCH}
_ANSWER = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "null"], "format": "uuid"},
        "result": {"type": "string", "enum": list(STATUS_CODES)},
        "number": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["id", "result"],
}
_ANSWERS = {"type": "object", "properties": {"items": {"type": "array", "items": _ANSWER}}, "required": ["items"]}


def _told(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


REPORT_DOCS: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"oneOf": [_ONE, _MANY]}}}},
    "responses": {
        "200": _told("The same report came before, or the answers to many", {"oneOf": [_ANSWER, _ANSWERS]}),
        "201": _told("Reported", _ANSWER),
        "409": _told("The id came before with other bytes", _ANSWER),
        "422": _told("Refused, and why", _ANSWER),
    },
}


@intake_router.post("/reports", openapi_extra=REPORT_DOCS)
def report(request: KeyRequest) -> HttpResponse:
    """One report (an object), or up to 500 (an array, answered item by item with status 200).

    One: 201 created; 200 the same id and bytes came before; 409 the id came before with other bytes; 422 refused.
    """
    body = request.body.strip()
    if body[:1] == b"[":
        return _report_many(request, body)
    answer = _take(request.auth, [body])[0]
    return _json(answer, STATUS_CODES[answer["result"]])


def _report_many(request: KeyRequest, body: bytes) -> HttpResponse:
    try:
        items = msgspec.json.decode(body, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Refused(_("This is not JSON: %(fault)s.") % {"fault": fault}) from None
    if len(items) > actions.LARGEST_BATCH:
        raise Refused(actions.too_many())
    return _json({"items": _take(request.auth, [bytes(item) for item in items])}, 200)


def _take(by: Member, bodies: list[bytes]) -> list[dict[str, Any]]:
    """Answers in order. What cannot be read is refused by itself."""
    drafts: list[actions.Draft] = []
    answers: dict[int, dict[str, Any]] = {}
    for place, body in enumerate(bodies):
        key = None
        try:
            given = msgspec.json.decode(body, type=ReportIn)
            key = given.id
            drafts.append(_draft(given, body))
        except (msgspec.DecodeError, RecursionError, Refused) as fault:
            answers[place] = {"id": key, "result": "refused", "detail": str(fault)}
    taken = iter(actions.report_cases(drafts, by=by))
    return [answers.get(place) or _answered(next(taken)) for place in range(len(bodies))]


def _draft(given: ReportIn, body: bytes) -> actions.Draft:
    if len(given.words) > MOST_WORDS:
        raise Refused(_("%(field)s: at most %(n)d characters.") % {"field": "words", "n": MOST_WORDS})
    if given.occurred_at is not None and given.occurred_at.tzinfo is None:
        raise Refused(
            _("%(field)s: give the time with its offset, such as 2026-11-21T09:00:00+08:00.") % {"field": "occurred_at"}
        )
    origin = Origin(
        id=given.id,
        code=area_of(given.area),
        channel="api",
        digest=hashlib.sha256(body).digest(),
        words=given.words,
        place=given.place,
        longitude=given.longitude,
        latitude=given.latitude,
        category_code=given.category[:MOST_CODE],
        name=given.name,
        phone=given.phone,
        source=given.source,
        source_key=given.source_key,
    )
    return actions.Draft(origin, occurred_at=given.occurred_at)


def _answered(answer: actions.Answer) -> dict[str, Any]:
    if answer.number:
        return {"id": answer.id, "result": answer.result, "number": answer.number}
    return {"id": answer.id, "result": answer.result, "detail": answer.why}


def _json(data: Any, status: int) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(data), status=status, content_type="application/json")


@router.get("/reports/{uuid:report_id}")
def one_report(request: KeyRequest, report_id: UUID) -> dict[str, Any]:
    """What became of a report that this key sent, or that lies in its areas."""
    row = Report.objects.select_related("case__category").get(pk=report_id)
    if row.sender_id != request.auth.pk and not may(request.auth, "cases.see", row.case):
        raise Case.DoesNotExist
    return {"id": row.pk, "received_at": row.received_at, "case": item(row.case)}


@router.get("/cases", response=CasesOut)
def cases(request: KeyRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Cases within the areas of the key and those sent to its departments, the newest first."""
    rows = _filtered(Case.objects.all(), filters).newest()
    limit = min(max(filters.limit, 1), MOST)
    if filters.cursor:
        rows = rows.after(*_read_cursor(filters.cursor))
    found = list(allowed_first(request.auth, "cases.list", rows, limit + 1))
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [item(case) for case in found[:limit]],
        "next": f"{last.reported_at.astimezone(UTC):{MOMENT}}~{last.pk}" if last else None,
    }


UNCHANGED: dict[str, Any] = {"responses": {"304": {"description": "Unchanged since the version named"}}}


@router.get("/cases/{number}", response=CaseOut, openapi_extra=UNCHANGED)
def one_case(request: KeyRequest, response: HttpResponse, number: str) -> dict[str, Any] | HttpResponse:
    """One case by its number. `ETag` is its version; with `If-None-Match` an unchanged case is answered 304."""
    case = numbered(request.auth, number)
    response["ETag"] = tag_of(case)
    if tag_of(case) in _tags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": tag_of(case)})
    return item(case)


Verb = Annotated[str, WithJsonSchema({"type": "string", "enum": list(VERBS)})]
"""The description names every move; one that there is not is refused with a sentence, as any other mistake."""


@router.post("/cases/{number}/moves/{verb}", response=CaseOut)
def move(request: KeyRequest, response: HttpResponse, number: str, verb: Verb, given: MoveIn) -> dict[str, Any]:
    """Make a move that the desk offers, by its verb. One that there is not is answered with all that there are.
    409 says why a move is not possible and what is. With `If-Match` (the `ETag` of the case as it was seen) a case that
    has moved on since is left as it is: 412.

    A move that was made without a network says by `occurred_at` when; lateness is reckoned from then, the order of the
    record is that of arrival. Sent once more with the same moment it is the same move.
    """
    case = numbered(request.auth, number)
    seen = _seen(request, case, given)
    make = VERBS.get(verb)
    if make is None:
        raise Refused(
            _("There is no move “%(verb)s”. Moves are: %(verbs)s.") % {"verb": verb[:20], "verbs": ", ".join(VERBS)}
        )
    at = happened_at(case, given.occurred_at, clock.now()) if given.occurred_at else None
    if at is not None and is_made(case, verb, request.auth, at):
        moved = case
    else:
        moved = make(case, given, by=request.auth, seen=seen, now=at)
    response["ETag"] = tag_of(moved)
    return item(moved)


def tag_of(case: Case) -> str:
    """The version of a case as HTTP compares it."""
    return f'"{case.version}"'


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _seen(request: KeyRequest, case: Case, given: MoveIn) -> int | None:
    """The version that the sender was looking at, if it says so."""
    wanted = _tags(request.headers.get("If-Match", "*"))
    if "*" in wanted:
        return given.version
    if tag_of(case) not in wanted:
        raise HttpError(412, _("The case has changed since. Read it again, then decide."))
    return case.version if given.version is None else given.version


def numbered(member: Member, number: str) -> Case:
    """The case with this number. Raises Case.DoesNotExist also where the holder of the key may not see it."""
    case = Case.objects.by_numbers([number]).select_related("category").get()
    if not may(member, "cases.see", case):
        raise Case.DoesNotExist
    return case


def item(case: Case) -> dict[str, Any]:
    """A case as the API shows it. The area code is text: JavaScript's numbers end before it."""
    return {
        "number": case.number,
        "status": case.status,
        "level": case.level,
        "code": codes.write(case.code),
        "category": case.category_code,
        "longitude": case.longitude,
        "latitude": case.latitude,
        "reported_at": case.reported_at,
        "due_at": case.due_at,
        "suspended_at": case.suspended_at,
        "review_at": case.review_at,
        "title": case.title,
        "version": case.version,
    }


def _filtered(rows: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    exact = {"status": filters.status, "level": filters.level, "category_code": filters.category}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.area:
        rows = rows.under(*spans_of(area_of(filters.area)))
    if filters.reported_from:
        rows = rows.filter(reported_at__gte=_in_utc(filters.reported_from))
    if filters.reported_until:
        rows = rows.filter(reported_at__lt=_in_utc(filters.reported_until))
    return rows


def _in_utc(at: datetime) -> datetime:
    """The same moment with an offset that the database knows; at the ends of time a day is all the same."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    try:
        moment, key = text.split("~")
        return datetime.strptime(moment, MOMENT).replace(tzinfo=UTC), UUID(key)
    except ValueError:
        raise Refused(_("This cursor cannot be read. Begin again without one.")) from None
