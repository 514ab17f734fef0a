"""What the incident page and the list show, read in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from jingwei.cases.public import Assignment, Case, where_is
from jingwei.emergency.models import Call, Incident, LogEntry, PlanStep
from jingwei.kernel.public import allowed, clock, may
from jingwei.people.public import Member

SHOWN = 50
JUST_ENDED = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """An incident in the list. `lead` is who leads it, `called` who is called now."""

    incident: Incident
    where: str
    lead: Member | None
    call: Call | None


@dataclass(frozen=True)
class Board:
    """One incident with everything about it. `may_answer`, `may_end`: what the reader may do now."""

    incident: Incident
    where: str
    lead: Member | None
    calls: Sequence[Call]
    steps: Sequence[PlanStep]
    log: Sequence[LogEntry]
    now: datetime
    may_answer: bool
    may_end: bool

    @property
    def case(self) -> Case:
        return self.incident.case

    @property
    def call(self) -> Call | None:
        """Who is called now."""
        return self.calls[-1] if self.calls and self.incident.next_at is not None else None

    @property
    def left(self) -> int:
        """How many steps are still to be answered."""
        return sum(not step.answer for step in self.steps)


def rows_for(member: Member, now: datetime) -> tuple[list[Row], list[Row]]:
    """The incidents that are on, and those of the last weeks, the newest first. Six queries."""
    seen = allowed(member, "emergency.work", Incident.objects.select_related("case__category", "case__condition"))
    running = list(seen.filter(ended_at=None).order_by("-raised_at", "pk"))
    ended = list(seen.filter(ended_at__gt=now - JUST_ENDED).order_by("-ended_at", "pk")[:SHOWN])
    every = [*running, *ended]
    leads = leads_of(every)
    names = where_is({one.code for one in every}) if every else {}
    last = {call.incident_id: call for call in _calls(running)}
    rows = [
        Row(
            one,
            names[one.code],
            leads.get(one.case_id) if one.answered_at else None,
            last.get(one.pk) if one.next_at else None,
        )
        for one in every
    ]
    return rows[: len(running)], rows[len(running) :]


def leads_of(incidents: Sequence[Incident]) -> dict[object, Member]:
    """Who leads each case, or led it last."""
    parts = Assignment.objects.filter(
        case_id__in=[one.case_id for one in incidents], role=Assignment.Role.LEAD, member__isnull=False
    )
    rows = parts.select_related("member").order_by("sent_at", "pk")
    return {part.case_id: part.member for part in rows if part.member is not None}


def _calls(incidents: Sequence[Incident]) -> QuerySet[Call]:
    return Call.objects.filter(incident__in=incidents).select_related("member").order_by("turn")


def board_of(incident: Incident, member: Member, now: datetime | None = None) -> Board:
    """Seven queries, however long the log."""
    case = incident.case
    logged = LogEntry.objects.filter(incident__case_id=case.pk).select_related("member", "called", "step")
    is_on = incident.is_open
    return Board(
        incident=incident,
        where=where_is([case.code])[case.code],
        lead=leads_of([incident]).get(case.pk) if incident.answered_at else None,
        calls=list(_calls([incident])),
        steps=list(incident.steps.select_related("answered_by").order_by("number")),
        log=list(logged.order_by("-pk")),
        now=now or clock.now(),
        may_answer=is_on and incident.answered_at is None and may(member, "cases.answer_alarm", case),
        may_end=is_on and may(member, "cases.stand_down", case),
    )


def last_incident(number: str, member: Member) -> Incident | None:
    """The last alarm of a case, if this member works on it; None otherwise."""
    cases = Case.objects.by_numbers([number])
    seen = allowed(member, "emergency.work", Incident.objects.filter(case__in=cases))
    return seen.select_related("case__category", "case__condition").order_by("-raised_at", "-pk").first()
