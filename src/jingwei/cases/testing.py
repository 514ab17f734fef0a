"""Builders of cases for tests. They go through the actions, so that what they build could have happened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.transaction import atomic

from jingwei.calendars.public import Calendars
from jingwei.cases import actions
from jingwei.cases.actions import Draft
from jingwei.cases.catalogue import condition_of, load_categories
from jingwei.cases.dates import COMPUTED
from jingwei.cases.life import Doing, Life, Origin, begin
from jingwei.cases.models import Case, Condition, PendingReport, Report, Step, Words
from jingwei.cases.moves import PERFORM
from jingwei.cases.spots import Spot
from jingwei.cases.store import load
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import Cast, the_cast
from jingwei.places.public import Area
from jingwei.places.testing import an_area

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # nine o'clock in the morning in Shanghai
PLAIN = ("0201", "01")  # a street's class, checked by a worker: three working days, no photo
WAY = ("file", "dispatch", "report_in", "handle", "check")
MINUTES = timedelta(minutes=10)


def a_draft(code: int, *, words: str = "The lamp is out", key: UUID | None = None, **fields: Any) -> Draft:
    """A report for the area `code`, with an id of its own unless one is given."""
    key = key or uuid4()
    if not Area.objects.filter(pk=code).exists():
        an_area(code)
    given = {"channel": "resident", "digest": actions.digest(f"{key} {words}".encode()), "words": words, **fields}
    return Draft(Origin(id=key, code=code, **given))


def a_condition(code: str = PLAIN[0], number: str = PLAIN[1]) -> Condition:
    """A condition of the shipped table."""
    load_categories(now=LONG_AGO)
    return condition_of(code, number)


def a_case(status: str = "reported", *, cast: Cast | None = None, at: datetime = MONDAY, **fields: Any) -> Case:
    """A case of the cast's grid that has come as far as `status` (up to closed), a move every ten minutes."""
    cast = cast or the_cast()
    with clock.frozen(at):
        draft = a_draft(cast.grid, **{"member_id": cast.resident.pk, **fields})
        case = Case.objects.get(number=actions.report_case(draft, by=cast.resident).number)
    moment = at
    for verb in WAY:
        if case.status == status:
            break
        moment += MINUTES
        with clock.frozen(moment):
            case = make(verb, case, cast)
    return case


def a_pending_report(writer: Member, *, words: str = "The lamp is out", browser: str = "a browser") -> PendingReport:
    """A report that `writer` has begun, in a browser of their own."""
    return actions.write_pending(uuid4(), browser=browser, words=words, category_code="", by=writer)


def a_place(row: PendingReport, code: int, *, longitude: float, latitude: float) -> PendingReport:
    """The report in writing, with its place."""
    actions.place_pending(row, Spot("b", code, "Gate", longitude=longitude, latitude=latitude))
    row.refresh_from_db()
    return row


def make(verb: str, case: Case, cast: Cast) -> Case:
    """The next usual move, made by the one of the cast whose part it is."""
    match verb:
        case "file":
            return actions.file_case(case, condition=a_condition(), title="Lamp is out", by=cast.community_officer)
        case "dispatch":
            return actions.dispatch_case(case, department=cast.department, words="Please mend it", by=cast.dispatcher)
        case "report_in":
            return actions.report_in_case(case, by=cast.department_handler)
        case "handle":
            return actions.handle_case(case, words="Mended", by=cast.department_handler)
        case "check":
            return actions.check_case(case, outcome="solved", by=cast.grid_worker)
    raise ValueError(verb)


def verbs_of(case: Case) -> list[str]:
    """The moves a case has made, in order."""
    return list(Step.objects.filter(case_id=case.pk).order_by("pk").values_list("verb", flat=True))


def report_of(case: Case) -> Report:
    """The report that a case began with."""
    return Report.objects.get(case_id=case.pk)


def words_of(case: Case) -> list[str]:
    """What was said with the steps of a case, in order."""
    return list(Words.objects.filter(case_id=case.pk).order_by("pk").values_list("text", flat=True))


def replayed(life: Life, conditions: Mapping[int, Condition], known: Calendars) -> Life:
    """A new life made from nothing but the steps of `life`, with the conditions by their keys.

    Each step is reckoned by the edition of the calendars that it names.
    """
    steps = [row for row in life.fresh if isinstance(row, Step)]
    return from_steps(steps, conditions, known)


def from_steps(steps: Sequence[Step], conditions: Mapping[int, Condition], known: Calendars) -> Life:
    """What the steps of a case alone make of it."""

    def doing(one: Step) -> Doing:
        return Doing(one.actor_id, one.occurred_at, one.recorded_at, known.as_of(one.detail.get("calendar", 0)))

    reported = steps[0].detail
    category = reported.get("category", "")
    origin = Origin(id=uuid4(), code=reported["area"], channel="replay", digest=b"", category_code=category)
    again = begin(origin, doing(steps[0]))
    for one in steps[1:]:
        fields = {key: value for key, value in one.detail.items() if key not in COMPUTED}
        if "condition_id" in fields:
            fields["condition"] = conditions[fields.pop("condition_id")]
        if one.verb == "file" and "area" in fields:
            fields["code"] = fields.pop("area")
        PERFORM[one.verb](again, doing(one), **FILLED.get(one.verb, {}), **fields)
    return again


def rebuilt(case_id: UUID, conditions: Mapping[int, Condition], known: Calendars) -> tuple[Life, Life]:
    """A case as the database has it, and as its steps alone make it."""
    steps = list(Step.objects.filter(case_id=case_id).order_by("pk"))
    with atomic():
        return load(case_id), from_steps(steps, conditions, known)


SHOWN = (
    "status",
    "level",
    "code",
    "category_code",
    "condition_id",
    "promise_from",
    "due_at",
    "handled_at",
    "closed_at",
    "outcome",
    "returns",
    "reopened",
    "version",
    "urgency",
    "is_provisional",
    "is_supervised",
    "follows_id",
    "signalled",
    "signal_at",
    "raised",
    "extended_from",
    "is_excluded",
    "urged_at",
    "alarm_at",
    "suspended_at",
    "suspended_for",
    "review_at",
    "pauses",
    "returns_from",
)


def shape(life: Life) -> dict[str, Any]:
    """Everything about a case and its parties that has to come out of its steps again."""
    stage = life.stage
    return {
        **{name: getattr(life.case, name) for name in SHOWN},
        "stage": stage and (stage.name, stage.due_at, stage.is_provisional),
        "errands": [
            (one.number, one.kind, one.level, one.about, one.nth, one.instance, one.verdict, one.due_at, one.ended_at)
            for one in life.errands
        ],
        "parties": [
            (
                one.party,
                one.role,
                one.status,
                one.level,
                one.sent_at,
                one.accept_by,
                one.accepted_at,
                one.ended_at,
                one.handler_id,
                one.confirmed_by_id,
            )
            for one in sorted(life.assignments, key=lambda one: (one.sent_at, one.party, one.role))
        ],
    }


SAID = (
    "reject",
    "escalate",
    "send_down",
    "return",
    "handle",
    "stand_down",
    "call_off",
    "rework",
    "reopen",
    "recall",
    "pass_on",
    "raise",
    "supervise",
    "reply",
    "change_assistant",
    "ask_extension",
    "refuse_extension",
    "ask_suspension",
    "submit",
    "improve",
    "whistle",
    "report_in",
    "join",
    "suspend",
    "deny_suspension",
    "keep_suspended",
    "finish",
    "decline",
    "call_back",
    "review",
    "inspect",
    "appeal",
    "decide",
    "unmerge",
    "ungroup",
)
FILLED: Mapping[str, Mapping[str, str]] = {
    **{verb: {"words": "said"} for verb in SAID},
    "file": {"title": "titled"},
    "solve": {"words": "said", "title": "titled"},
    "alarm": {"title": "titled"},
}
"""What stands beside the steps and a rebuilding cannot know: words and titles."""
