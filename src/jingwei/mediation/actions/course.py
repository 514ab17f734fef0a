"""How a mediation goes on: up a level, to its end, and taken up again."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.mediation.actions.holding import holding, need_words, note
from jingwei.mediation.actions.opening import office_of
from jingwei.mediation.models import Agreement, Mediation, Seat
from jingwei.mediation.rules import Result, Status, check_ending, check_failed, level_above
from jingwei.mediation.telling import tell_waiting
from jingwei.people.public import Member


def escalate_mediation(mediation: Mediation, *, words: str, by: Member, now: datetime | None = None) -> Mediation:
    """It failed here: the level above mediates. From community to street, another officer arranges it."""
    with holding(mediation, "mediation.work", "escalate", by=by, now=now) as (row, at):
        level = level_above(row.level)
        check_failed(sessions_held=sessions_held(row))
        note(row, "escalate", by=by, at=at, words=need_words(words))
        office = office_of(row.code, level)
        is_handed_on = office != row.office
        row.level, row.office = level, office
        row.is_waiting = row.is_waiting or is_handed_on
        row.save(update_fields=["level", "office", "is_waiting"])
        if is_handed_on:
            row.seats.filter(role=Seat.Role.ARRANGER, until=None).update(until=at)
            tell_waiting(row, by=by, now=at)
    return row


def sessions_held(row: Mediation) -> int:
    """How often the parties were brought together at the level where it is now."""
    return row.sessions.filter(level=row.level).exclude(said="").count()


def end_mediation(
    mediation: Mediation,
    *,
    result: str,
    referred_to: str = "",
    words: str,
    by: Member,
    now: datetime | None = None,
) -> Mediation:
    """What came of it. An agreement stands on record and is signed, or said to be an oral one."""
    with holding(mediation, "mediation.work", "end", by=by, now=now) as (row, at):
        agreement = Agreement.objects.filter(mediation=row).first()
        check_ending(
            result,
            referred_to,
            has_agreement=agreement is not None,
            is_oral=bool(agreement and agreement.is_oral),
            unsigned=row.parties.filter(signed_on=None).count(),
        )
        if result == Result.FAILED:
            check_failed(sessions_held=sessions_held(row))
        row.status, row.result, row.referred_to, row.ended_at = Status.ENDED, result, referred_to, at
        row.save(update_fields=["status", "result", "referred_to", "ended_at"])
        row.sessions.filter(said="").delete()  # planned, and no longer needed
        note(row, "end", by=by, at=at, words=need_words(words))
    return row


def resume_mediation(mediation: Mediation, *, words: str, by: Member, now: datetime | None = None) -> Mediation:
    """Take it up again: what was agreed is not kept, or the parties want another try."""
    with holding(mediation, "mediation.work", "resume", by=by, now=now, is_open_needed=False) as (row, at):
        if row.is_open:
            raise Refused(_("It is under way already."))
        if row.case_id and Mediation.objects.filter(case_id=row.case_id, status=Status.OPEN).exists():
            raise Refused(_("This case is being mediated already."))
        row.status, row.result, row.referred_to, row.ended_at = Status.OPEN, "", "", None
        row.save(update_fields=["status", "result", "referred_to", "ended_at"])
        note(row, "resume", by=by, at=at, words=need_words(words))
    return row
