"""Who may do what with a call: its clerk works on it; whoever it was handed to may take it."""

from dataclasses import dataclass

from django.db.models import Q

from jingwei.counter.models import Call, FirstAsked, Script, TicketSheet
from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, has_duty, has_duty_anywhere, own

TAKE = "counter.take"
IMPORT = "counter.import"
SCRIPTS = "counter.scripts"
NOTE = "counter.first_asked"
OVERVIEW = "counter.overview"


@dataclass(frozen=True)
class Handed(Permit):
    """It was handed to the member, or to an office of theirs."""

    def holds(self, member: Member, thing: Call) -> bool:
        return thing.to_member_id == member.pk or thing.to_department_id in member.department_ids

    def lists(self, member: Member) -> list[Q]:
        offices = [Q(to_department_id__in=sorted(member.department_ids))] if member.department_ids else []
        return [Q(to_member_id=member.pk), *offices]


permit("counter.take", has_duty(TAKE), Call)
permit("counter.work", own("clerk"), Call)
permit("counter.receive", Handed(), Call)
permit("counter.see", own("clerk") | own("handed_by") | Handed(), Call)
permit("counter.script", has_duty_anywhere(SCRIPTS), Script)
permit("counter.import", has_duty(IMPORT), TicketSheet)
permit("counter.note_asked", own("member") & has_duty_anywhere(NOTE), FirstAsked)
permit("counter.own_asked", own("member"), FirstAsked)
permit("counter.overview", has_duty(OVERVIEW), FirstAsked)
