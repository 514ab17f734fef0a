"""What stands beside one case, for other software: its course, its dates explained, the moves, who reported it."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, StringConstraints

from jingwei.calendars.public import Line, calendars
from jingwei.cases.actions.reading import open_words, reveal_phone
from jingwei.cases.api import numbered, router
from jingwei.cases.models import Case, Report, Step
from jingwei.cases.offers import offers
from jingwei.cases.progress import read_record, words_of
from jingwei.cases.reckoning import Reckoned, reckonings
from jingwei.cases.spots import where_is
from jingwei.kernel.public import STORABLE, Refused, clock, require
from jingwei.people.public import MOST_REASON_WORDS, READ_REASONS, KeyRequest
from jingwei.ui.public import phone_masked


class StepOut(Schema):
    """One move that was made, without words. `department` is the one it went to, or whose move it was."""

    verb: str
    before: str
    after: str
    level: str
    department: int | None
    occurred_at: datetime
    recorded_at: datetime


class StepsOut(Schema):
    items: list[StepOut]


class LineOut(Schema):
    """A stretch of time. `kind`: counted, skipped or pause; `counts` is what it takes of the limit, `total` so far."""

    begin: datetime
    end: datetime
    what: str
    kind: str
    counts: str
    total: str


class DateOut(Schema):
    """One date and how it came about, line by line. `note` says where it is not simply the end of its course."""

    title: str
    due_at: datetime
    is_provisional: bool
    limit: str
    calendar_of: str
    lines: list[LineOut]
    note: str


class DatesOut(Schema):
    """The promise to the reporter first, then the stages, the latest first."""

    items: list[DateOut]


class OfferOut(Schema):
    """A move; `why_not` is empty where the key may make it now."""

    verb: str
    label: str
    why_not: str


class OffersOut(Schema):
    items: list[OfferOut]


class ReporterOut(Schema):
    """What was said and by whom. The number is masked: `POST …/contact` gives it, for a reason."""

    words: str
    name: str
    phone: str


class WhyIn(Schema):
    """`reason`: work, call_back, visit, result, danger, account, audit or other, which needs `words`."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")]
    words: Annotated[str, StringConstraints(max_length=MOST_REASON_WORDS, pattern=STORABLE)] = ""


class PhoneOut(Schema):
    phone: str


@router.get("/cases/{number}/steps", response=StepsOut)
def steps(request: KeyRequest, number: str) -> dict[str, Any]:
    """Every move that was made, in the order in which it was recorded."""
    case = numbered(request.auth, number)
    rows = Step.objects.filter(case_id=case.pk).order_by("pk")
    return {"items": [StepOut.model_validate(_step(row)) for row in rows]}


def _step(row: Step) -> dict[str, Any]:
    names = ("verb", "before", "after", "level", "occurred_at", "recorded_at")
    return {name: getattr(row, name) for name in names} | {"department": row.department_id}


@router.get("/cases/{number}/dates", response=DatesOut)
def dates(request: KeyRequest, number: str) -> dict[str, Any]:
    """How the promise and each stage were reckoned, step by step."""
    case = _whole(request, number)
    place = where_is([case.code])[case.code]
    return {"items": [_date(one) for one in reckonings(read_record(case, clock.now()), calendars(), place)]}


def _date(one: Reckoned) -> dict[str, Any]:
    lines = one.explanation.lines if one.explanation else []
    return {
        "title": str(one.title),
        "due_at": one.due_at,
        "is_provisional": one.is_provisional,
        "limit": one.length,
        "calendar_of": one.whose,
        "lines": [_line(line) for line in lines],
        "note": one.note,
    }


def _line(line: Line) -> dict[str, Any]:
    times = {"begin": line.begin.astimezone(UTC), "end": line.end.astimezone(UTC)}
    return {name: getattr(line, name) for name in LineOut.model_fields} | times


@router.get("/cases/{number}/moves", response=OffersOut)
def moves(request: KeyRequest, number: str) -> dict[str, Any]:
    """Every move of the table: those the key may make now, and for each of the others the reason why not."""
    found = offers(_whole(request, number), request.auth)
    return {"items": [{"verb": one.verb, "label": str(one.label), "why_not": str(one.why_not)} for one in found]}


@router.get("/cases/{number}/reporter", response=ReporterOut)
def reporter(request: KeyRequest, number: str) -> dict[str, Any]:
    """The reporter's own words and name, for keys with the duty cases.contact. Each reading stands in the log."""
    case = _whole(request, number)
    require(request.auth, "cases.contact", case)
    report = _report(case)
    open_words(case, report, by=request.auth)
    first = Step.objects.filter(case_id=case.pk).prefetch_related("words").order_by("pk").first()
    name = report.name or (report.member.name if report and report.member else "") if report else ""
    phone = (report.phone or (report.member.phone if report.member else "") or "") if report else ""
    return {"words": words_of(first) if first else "", "name": name, "phone": phone_masked(phone) if phone else ""}


@router.post("/cases/{number}/contact", response=PhoneOut)
def contact(request: KeyRequest, number: str, given: WhyIn) -> dict[str, Any]:
    """The reporter's number, for a reason that they can read afterwards. Needs the duty cases.contact."""
    if given.reason not in READ_REASONS:
        raise Refused(_("Choose a reason from the list."))
    case = _whole(request, number)
    return {"phone": reveal_phone(case, reason=given.reason, words=given.words, by=request.auth)}


def _whole(request: KeyRequest, number: str) -> Case:
    """The case with class and condition."""
    found = numbered(request.auth, number)
    return Case.objects.select_related("category", "condition").get(pk=found.pk)


def _report(case: Case) -> Report | None:
    return Report.objects.filter(case_id=case.pk).select_related("member").order_by("received_at").first()
