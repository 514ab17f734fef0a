"""Everything that changes here. Reports themselves are never held up: a flag asks a person to look, and no more."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member
from jingwei.places.public import Level, ancestor, level_of
from jingwei.repeats.facts import FlagsDecided, LimitChanged, ReportFlagged, RulesChanged
from jingwei.repeats.looking import reported, sender_of
from jingwei.repeats.models import Flag, Limit, RuleSet
from jingwei.repeats.reading import rules_in_force
from jingwei.repeats.rules import Decision, Rules, check_limit, check_rules, flags
from jingwei.repeats.telling import tell_answered, tell_appealed, tell_limited

LONGEST = 2000


@atomic
def examine(case_id: UUID, *, now: datetime | None = None) -> list[Flag]:
    """Let the rules look at a report that has come in. Examined again, it gets no second flag. By nobody: a handler."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return []
    now = now or clock.now()
    rules = rules_in_force()
    kinds = flags(reported(case, rules, now), rules)
    rows = [Flag(case=case, code=case.code, kind=kind, found_at=now) for kind in kinds]
    Flag.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        publish(ReportFlagged(case_id=str(case.pk), code=case.code, reason=row.kind), by=None, at=now)
    return rows


@atomic
def settle(case_id: UUID, decision: Decision, *, now: datetime | None = None) -> None:
    """The case went on by a move of its own, so nothing is left to decide."""
    now = now or clock.now()
    rows = list(Flag.objects.select_for_update().filter(case_id=case_id, decided_at=None))
    _settle(rows, decision, None, now)


def _settle(rows: list[Flag], decision: Decision, by: Member | None, now: datetime) -> None:
    for row in rows:
        row.decision, row.decided_at = decision, now
    Flag.objects.bulk_update(rows, ["decision", "decided_at"])
    if rows:
        told = FlagsDecided(case_id=str(rows[0].case_id), code=rows[0].code, state=decision.value)
        publish(told, by=by, at=now)


def _held(flag: Flag, by: Member) -> list[Flag]:
    """All flags of the same report that wait. Refused where somebody else was faster."""
    require(by, "repeats.decide", flag)
    rows = list(Flag.objects.select_for_update().filter(case_id=flag.case_id, decided_at=None))
    if not rows:
        raise Refused(_("Somebody has looked at this report already."))
    return rows


@atomic
def go_on(flag: Flag, *, by: Member, now: datetime | None = None) -> None:
    """Looked at: it goes on like any other report."""
    _settle(_held(flag, by), Decision.GO_ON, by, now or clock.now())


@atomic
def limit_sender(flag: Flag, *, measure: str, reason: str, days: int, by: Member, now: datetime | None = None) -> Limit:
    """Decide what holds for the new reports of whoever sent this one, until a day; they are told, and may appeal."""
    rows, now = _held(flag, by), now or clock.now()
    check_limit(measure, reason, days)
    member = sender_of(flag.case_id)
    if member is None:
        raise Refused(_("This report came without an account, so there is nobody to limit: answer it."))
    if Limit.objects.filter(member=member, measure=measure, ends_at__gt=now).exists():
        raise Refused(_("The same holds for this account already."))
    row = Limit.objects.create(
        member=member,
        case_id=flag.case_id,
        office=office_of(flag.code),
        measure=measure,
        reason=reason.strip()[:1000],
        begins_at=now,
        ends_at=now + timedelta(days=days),
        decided_by=by,
    )
    _settle(rows, Decision.LIMITED, by, now)
    publish(LimitChanged(limit_id=str(row.pk), verb="decided"), by=by, at=now)
    tell_limited(row, now)
    return row


def office_of(code: int) -> int:
    """The community of a place; what lies above one stands for itself."""
    return ancestor(code, Level.COMMUNITY) if level_of(code).depth >= Level.COMMUNITY.depth else code


def _limit(limit: Limit, permit: str, by: Member, now: datetime) -> Limit:
    row = Limit.objects.select_for_update().get(pk=limit.pk)
    require(by, permit, row)
    if row.ends_at <= now:
        raise Refused(_("This limit has ended."))
    return row


@atomic
def lift_limit(limit: Limit, *, by: Member, now: datetime | None = None) -> None:
    """It is not needed any longer."""
    now = now or clock.now()
    row = _limit(limit, "repeats.lift", by, now)
    row.ends_at = now
    row.save(update_fields=["ends_at"])
    publish(LimitChanged(limit_id=str(row.pk), verb="lifted"), by=by, at=now)
    tell_answered(row, now)


@atomic
def appeal_limit(limit: Limit, *, words: str, by: Member, now: datetime | None = None) -> Limit:
    """Whoever it concerns says why it is wrong: once, and another person decides."""
    now = now or clock.now()
    row = _limit(limit, "repeats.appeal", by, now)
    if row.appealed_at is not None:
        raise Refused(_("You have appealed already. Another person decides, and you are told."))
    if not words.strip():
        raise Refused(_("Say in a few words why it is wrong."))
    row.appeal, row.appealed_at = words.strip()[:LONGEST], now
    row.save(update_fields=["appeal", "appealed_at"])
    publish(LimitChanged(limit_id=str(row.pk), verb="appealed"), by=by, at=now)
    tell_appealed(row, now)
    return row


@atomic
def answer_appeal(limit: Limit, *, is_lifted: bool, words: str, by: Member, now: datetime | None = None) -> Limit:
    """Another person than the one who decided: it stands, or it is lifted."""
    now = now or clock.now()
    row = _limit(limit, "repeats.review", by, now)
    if row.appealed_at is None or row.answered_at is not None:
        raise Refused(_("There is no appeal to answer."))
    if not words.strip():
        raise Refused(_("Give the reason: the person concerned reads it."))
    row.answer, row.answered_at, row.answered_by = words.strip()[:LONGEST], now, by
    if is_lifted:
        row.ends_at = now
    row.save()
    publish(LimitChanged(limit_id=str(row.pk), verb="lifted" if is_lifted else "confirmed"), by=by, at=now)
    tell_answered(row, now)
    return row


@atomic
def set_rules(rules: Rules, *, by: Member | None, now: datetime | None = None) -> None:
    """Other rules, for reports from now on. `by` None: the owner of the site."""
    now = now or clock.now()
    if by is not None:
        require(by, "repeats.set_rules", RuleSet())
    check_rules(rules)
    given = asdict(rules) | {"words": "\n".join(rules.words), "changed_at": now}
    RuleSet.objects.update_or_create(id=1, defaults=given)
    publish(RulesChanged(rules_id=1), by=by, at=now)
