"""Who looks at flagged reports, who hears appeals, who sets the rules: never one for all three."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, has_duty, has_duty_anywhere, own
from jingwei.repeats.models import Flag, Limit, RuleSet

DECIDE, REVIEW, SET_UP = "repeats.decide", "repeats.review", "configuration.manage"


@dataclass(frozen=True)
class NotDecider(Permit):
    """Whoever decided does not hear the appeal."""

    def holds(self, member: Member, thing: Any) -> bool:
        return bool(thing.decided_by_id != member.pk)

    def lists(self, member: Member) -> list[Q]:
        return [~Q(decided_by_id=member.pk) | Q(decided_by_id=None)]


def reports(member: Member) -> bool:
    """Whether a member reports for themselves, so that a limit may concern them."""
    return member.kind == Member.Kind.RESIDENT


permit("repeats.decide", has_duty(DECIDE), Flag)
permit("repeats.see_limit", has_duty(DECIDE, at="office") | has_duty(REVIEW, at="office"), Limit)
permit("repeats.lift", has_duty(DECIDE, at="office"), Limit)
permit("repeats.review", has_duty(REVIEW, at="office") & NotDecider(), Limit)
permit("repeats.appeal", own("member"), Limit)
permit("repeats.set_rules", has_duty_anywhere(SET_UP), RuleSet)
