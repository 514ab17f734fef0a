"""The duty chain at work: one call after another, each exactly once, until somebody answers.

A call is one transaction: the turn, its log entry, its notice and the time of the next. The incident is locked, so two
workers never decide on the same turn; a process that is killed has made a call whole or not at all, and the next sweep
goes on from there. `next_at` is the only thing that waits, and it stands in the database.
"""

from datetime import datetime
from uuid import UUID

from django.db.transaction import atomic

from jingwei.cases.public import ANSWER_WITHIN, Case, Status
from jingwei.emergency.chain import next_turn
from jingwei.emergency.facts import IncidentChanged
from jingwei.emergency.models import Call, Incident, LogEntry, PlanStep
from jingwei.emergency.plans import plan_for
from jingwei.emergency.rosters import leaders_of, line_for
from jingwei.emergency.texts import CALL, LEADERS
from jingwei.kernel.public import WHOLE, clock, entered, opened, publish
from jingwei.notices.public import To, notify
from jingwei.people.public import Member
from jingwei.places.public import name_of

Kind = LogEntry.Kind


class OnDuty:
    """What cases ask of this module: see `cases/duty_chain.py`."""

    def first(self, code: int, now: datetime) -> int | None:
        line = line_for(code, now)
        return line[0] if line else None

    @atomic
    def begin(self, case: Case, *, first: int, origin: str, by: int | None, now: datetime) -> None:
        """Open the incident with its plan, and call the first."""
        with entered(WHOLE):
            for earlier in Incident.objects.select_for_update().filter(case_id=case.pk, ended_at=None):
                earlier.ended_at, earlier.next_at, earlier.outcome = now, None, Incident.Outcome.FILED
                earlier.save(update_fields=["ended_at", "next_at", "outcome"])
            incident = Incident.objects.create(
                case_id=case.pk, code=case.code, origin=origin, raised_at=now, next_at=now + ANSWER_WITHIN
            )
            steps = enumerate(plan_for(case.category_code).steps, start=1)
            PlanStep.objects.bulk_create(
                PlanStep(incident=incident, code=case.code, number=number, text_zh=zh, text_en=en)
                for number, (zh, en) in steps
            )
            note(incident, Kind.RAISED, now, by=by)
            _call(incident, case.number, first, now)


def note(
    incident: Incident,
    kind: str,
    now: datetime,
    *,
    by: int | None = None,
    called: int | None = None,
    step: PlanStep | None = None,
    words: str = "",
) -> None:
    """Add to the log, and let pages that show the incident know."""
    LogEntry.objects.create(
        incident=incident,
        code=incident.code,
        kind=kind,
        at=now,
        member_id=by,
        called_id=called,
        step=step,
        answer=step.answer if step else "",
        words=words,
    )
    actor = Member(pk=by) if by is not None else None
    about = {"incident_id": str(incident.pk), "case_id": str(incident.case_id), "code": incident.code}
    publish(IncidentChanged(**about, what=str(kind)), by=actor, at=now)


def call_due(now: datetime | None = None) -> int:
    """Make every call that is due; gives how many. Incidents that another sweep holds are left to it."""
    made = 0
    while (step := _call_one(now)) is not None:
        made += step
    return made


def _call_one(now: datetime | None) -> int | None:
    """The next call of one incident: 1, or 0 where nobody is on duty. None where no more is due."""
    with opened(WHOLE):
        at = now or clock.now()
        due = Incident.objects.filter(next_at__lte=at).order_by("next_at", "pk")
        incident = due.select_for_update(skip_locked=True, of=("self",)).select_related("case").first()
        return None if incident is None else _go_on(incident, at)


def _go_on(incident: Incident, now: datetime) -> int:
    if _follows_case(incident, now):
        return 0
    called = set(Call.objects.filter(incident=incident, round=incident.round).values_list("member_id", flat=True))
    turn = next_turn(line_for(incident.code, now), incident.round, called)
    incident.next_at = now + ANSWER_WITHIN
    if turn is None:
        incident.save(update_fields=["next_at"])
        note(incident, Kind.NOBODY, now)
        _tell_leaders(incident, now, key=f"nobody:{now.timestamp():.0f}")
        call_later(incident.next_at)
        return 0
    incident.round = turn.round
    incident.save(update_fields=["next_at", "round"])
    if turn.begins_anew:
        note(incident, Kind.ANEW, now)
        _tell_leaders(incident, now, key=f"round:{turn.round}")
    _call(incident, incident.case.number, turn.member_id, now)
    return 1


def _follows_case(incident: Incident, now: datetime) -> bool:
    """Whether the case was answered or stood down by another door: then nobody else is called."""
    case = incident.case
    if case.alarm_at is not None and case.status == Status.DISPATCHED:
        return False
    incident.next_at = None
    if case.alarm_at is not None:
        incident.answered_at = now
    else:
        is_handled = case.handled_at is not None and case.handled_at >= incident.raised_at
        incident.ended_at = now
        incident.outcome = Incident.Outcome.HANDLED if is_handled else Incident.Outcome.FILED
    incident.save(update_fields=["next_at", "answered_at", "ended_at", "outcome"])
    return True


def _call(incident: Incident, number: str, member_id: int, now: datetime) -> None:
    """One turn: the row, the log, the notice on every channel, and a job for when it runs out."""
    until = now + ANSWER_WITHIN
    turn = Call.objects.filter(incident=incident).count() + 1
    Call.objects.create(
        incident=incident,
        code=incident.code,
        turn=turn,
        round=incident.round,
        member_id=member_id,
        called_at=now,
        until=until,
    )
    note(incident, Kind.CALLED, now, called=member_id)
    values = _values(incident, number) | {"until": until.isoformat()}
    notify([To(member_id)], CALL, values, key=_key(incident, f"call:{turn}"), about=str(incident.case_id), now=now)
    call_later(until)


def _tell_leaders(incident: Incident, now: datetime, *, key: str) -> None:
    leaders = [To(member_id) for member_id in leaders_of(incident.code, now)]
    values = _values(incident, incident.case.number)
    notify(leaders, LEADERS, values, key=_key(incident, key), about=str(incident.case_id), now=now)


def _values(incident: Incident, number: str) -> dict[str, str]:
    return {"number": number, "place": name_of(incident.code)}


def _key(incident: Incident, what: str) -> str:
    return f"emergency:{incident.pk}:{what}"


def call_later(at: datetime) -> None:
    """A job at the minute: the sweep of every minute would come up to a minute late."""
    from jingwei.emergency.jobs import call_next  # noqa: PLC0415 - the job calls what calls back here

    call_next.configure(schedule_at=at).defer()


def held(incident_id: UUID) -> Incident:
    """The incident, locked until the transaction ends. Raises Incident.DoesNotExist."""
    return Incident.objects.select_for_update(of=("self",)).select_related("case").get(pk=incident_id)
