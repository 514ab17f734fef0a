"""The clock of a first answer: what is late goes to the community; the administrator sets how long it may take."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.conversations.attending import hours_allowed
from jingwei.conversations.facts import AnswerMissed, TermsSet
from jingwei.conversations.models import Conversation, Message, Terms
from jingwei.kernel.public import WHOLE, Refused, clock, opened, publish, require
from jingwei.people.public import Member

BATCH = 200
MOST_HOURS = 40.0


def raise_to_community(conversation: Conversation, now: datetime) -> None:
    """The community sees what waits for an answer, and may give it. Once for each wait; what comes later goes along."""
    Message.objects.filter(
        conversation_id=conversation.pk, side=Message.Side.RESIDENT, open_until=None, is_raised=False
    ).update(is_raised=True)
    if conversation.raised_at is not None:
        return
    conversation.raised_at = now
    conversation.save(update_fields=["raised_at"])
    publish(AnswerMissed(conversation_id=str(conversation.pk), code=conversation.code), by=None, at=now)


def raise_overdue(now: datetime | None = None) -> int:
    """Every wait that is over its time, once, however many workers look. Gives how many those were."""
    given = 0
    while batch := _raise_batch(now or clock.now()):
        given += batch
    return given


def _raise_batch(now: datetime) -> int:
    with opened(WHOLE):
        late = Conversation.objects.waiting().filter(due_at__lte=now, raised_at=None).order_by("due_at")
        rows = list(late.select_for_update(skip_locked=True)[:BATCH])
        for conversation in rows:
            raise_to_community(conversation, now)
    return len(rows)


@atomic
def set_terms(hours: float, *, by: Member | None, now: datetime | None = None) -> float:
    """How many working hours a first answer may take, for what is written from now on. `by` None: nobody signed in."""
    if by is not None:
        require(by, "conversations.set_terms", Terms())
    if not 0 < hours <= MOST_HOURS:
        raise Refused(_("Say a number of working hours, at most %(n)d.") % {"n": MOST_HOURS})
    if hours != hours_allowed():
        Terms.objects.update_or_create(pk=1, defaults={"hours": hours})
        publish(TermsSet(), by=by, at=now)
    return hours
