"""What a clerk is shown of whoever calls: their cases by number, title and state, and what came of earlier calls.

No words, no address, no second number. Each look is noted, with what it was for.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jingwei.cases.public import Case
from jingwei.counter.accounts import call_digests, resident_with_phone
from jingwei.counter.actions.calls import held
from jingwei.counter.models import Call
from jingwei.kernel.public import allowed
from jingwei.people.public import Member, note_read

CALLER = "counter.caller"
CALLED = "called"
MOST = 10


@dataclass(frozen=True)
class Found:
    """Whether the number has an account, and what it is known for here; the newest first."""

    has_account: bool
    cases: list[Case]
    calls: list[Call]

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.calls)


def look_up(call: Call, phone: str, *, by: Member, now: datetime | None = None) -> Found:
    """Keep the number with the call, find what is known of it where `by` works, and note that they looked."""
    with held(call, by) as held_call:
        held_call.phone = phone
        held_call.caller_id = resident_with_phone(phone)
        found = _known(held_call, by)
        if held_call.caller_id or not found.is_empty:
            note_read(CALLER, subject_id=held_call.caller_id, code=held_call.code, reason=CALLED, by=by, now=now)
    return found


def _known(call: Call, by: Member) -> Found:
    earlier = Call.objects.filter(phone_index__in=call_digests(call.phone)).exclude(pk=call.pk)
    calls = list(allowed(by, "counter.take", earlier).order_by("-started_at")[:MOST])
    theirs = Q(pk__in=[one.case_id for one in calls if one.case_id])
    if call.caller_id:
        theirs |= Q(pk__in=Case.objects.reported_by(call.caller_id).values("pk"))
    cases = allowed(by, "cases.see", Case.objects.filter(theirs).select_related("category"))
    return Found(call.caller_id is not None, list(cases.order_by("-reported_at")[:MOST]), calls)
