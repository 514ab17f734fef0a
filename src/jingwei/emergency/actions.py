"""What people do in an incident: answer, work through the plan, write down what happens, stand it down.

Every action holds the incident first and the case after it.
"""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import answer_alarm_case, call_off_case, stand_down_case
from jingwei.emergency.calling import held, note
from jingwei.emergency.models import Incident, LogEntry, PlanStep
from jingwei.kernel.public import Refused, clock, require
from jingwei.people.public import Member

Kind = LogEntry.Kind
MOST_WORDS = 1000


@atomic
def answer_incident(incident: Incident, *, by: Member, now: datetime | None = None) -> Incident:
    """`by` takes it on and leads from now on; nobody else is called. The same again changes nothing."""
    incident = _working(incident, by)
    now = now or clock.now()
    if incident.answered_at is not None:
        if _answered_by(incident) == by.pk:
            return incident
        raise Refused(_("Somebody else has answered already, and leads."))
    answer_alarm_case(incident.case, by=by, now=now)
    incident.answered_at, incident.next_at = now, None
    incident.save(update_fields=["answered_at", "next_at"])
    note(incident, Kind.ANSWERED, now, by=by.pk)
    return incident


def _answered_by(incident: Incident) -> int | None:
    return incident.log.filter(kind=Kind.ANSWERED).values_list("member_id", flat=True).first()


@atomic
def answer_step(
    incident: Incident, number: int, *, answer: str, words: str = "", by: Member, now: datetime | None = None
) -> PlanStep:
    """A step of the plan is done, or not needed here. It may be answered anew: the log keeps both.

    Refused for a step that is not needed without a word of why.
    """
    incident = _working(incident, by)
    now = now or clock.now()
    step = PlanStep.objects.filter(incident=incident, number=number).first()
    if step is None or answer not in PlanStep.Answer.values:
        raise Refused(_("There is no such step. Choose from the plan."))
    if answer == PlanStep.Answer.NOT_NEEDED and not words.strip():
        raise Refused(_("Say in a few words why this step is not needed."))
    _check_words(words)
    step.answer, step.answered_at, step.answered_by_id = answer, now, by.pk
    step.save(update_fields=["answer", "answered_at", "answered_by"])
    note(incident, Kind.STEP, now, by=by.pk, step=step, words=words.strip())
    return step


@atomic
def add_note(incident: Incident, *, words: str, by: Member, now: datetime | None = None) -> None:
    """Something for the log."""
    incident = _working(incident, by)
    if not words.strip():
        raise Refused(_("Write down what happened."))
    _check_words(words)
    note(incident, Kind.NOTE, now or clock.now(), by=by.pk, words=words.strip())


@atomic
def stand_down(incident: Incident, *, outcome: str, words: str, by: Member, now: datetime | None = None) -> Incident:
    """Whoever leads ends it, once every step of the plan is answered: dealt with, or to go on as an ordinary case."""
    incident = _working(incident, by)
    now = now or clock.now()
    if PlanStep.objects.filter(incident=incident, answer="").exists():
        raise Refused(_("Steps of the plan are still open. Answer each: done, or not needed and why."))
    _check_words(words)
    if outcome == Incident.Outcome.HANDLED:
        stand_down_case(incident.case, words=words, by=by, now=now)
        kind = Kind.STOOD_DOWN
    elif outcome == Incident.Outcome.FILED:
        call_off_case(incident.case, words=words, by=by, now=now)
        kind = Kind.CALLED_OFF
    else:
        raise Refused(_("Say how it ends: dealt with, or to go on as an ordinary case."))
    incident.ended_at, incident.next_at, incident.outcome = now, None, outcome
    incident.save(update_fields=["ended_at", "next_at", "outcome"])
    note(incident, kind, now, by=by.pk)
    return incident


def _working(incident: Incident, by: Member) -> Incident:
    """The incident, held, if it is on and `by` may work on it."""
    require(by, "emergency.work", incident)
    incident = held(incident.pk)
    if not incident.is_open:
        raise Refused(_("This alarm has been stood down."))
    return incident


def _check_words(words: str) -> None:
    if len(words) > MOST_WORDS:
        raise Refused(_("At most %(n)d characters, please.") % {"n": MOST_WORDS})
