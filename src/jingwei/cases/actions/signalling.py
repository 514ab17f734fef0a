"""Raising a case by hand, and the rules by which clocks do what they do."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.catalogue import current
from jingwei.cases.facts import SignalRulesChanged
from jingwei.cases.models import Case, SignalRule
from jingwei.cases.signals.rules import edition_of, rule_faults, rules_in_force
from jingwei.kernel.public import Refused, publish, require
from jingwei.people.public import Member

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('case_signal_rule'))"


def raise_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """A leader has the level above watch over it: who works on it goes on, and every limit runs on."""
    with moving(case, "raise", by=by, now=now, seen=seen) as (life, doing):
        moves.raise_(life, doing, words=words)
    return life.case


@atomic
def set_signal_rules(
    rules: Sequence[SignalRule], *, by: Member | None, now: datetime | None = None, seen: int | None = None
) -> list[SignalRule]:
    """These rules, in this order, in place of those that held. They count for signals given from now on.

    `seen` is the edition that the person was looking at.
    """
    if by is not None:
        require(by, "signals.set_rules", SignalRule())
    for _broken, said in rule_faults(rules, current()):
        raise Refused(said)
    if not rules:
        raise Refused(_("Keep one rule at least. Without any, nobody would learn that time runs out."))
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    if seen is not None and seen != edition_of(rules_in_force()):
        raise Refused(_("Somebody else has changed the rules in the meantime. Look at them again, then decide."))
    SignalRule.objects.all().delete()
    kept = [SignalRule(**{**_columns(rule), "number": number}) for number, rule in enumerate(rules, 1)]
    SignalRule.objects.bulk_create(kept)
    publish(SignalRulesChanged(), by=by, at=now)
    return kept


def _columns(rule: SignalRule) -> dict[str, object]:
    return {
        field.attname: getattr(rule, field.attname)
        for field in SignalRule._meta.concrete_fields  # noqa: SLF001
        if not field.primary_key
    }
