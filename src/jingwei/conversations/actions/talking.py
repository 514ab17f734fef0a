"""Residents choose a grid, and both sides say things and read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.calendars.public import calendars
from jingwei.conversations.actions.files import attach, keep_all, throw_away_kept
from jingwei.conversations.actions.waiting import raise_to_community
from jingwei.conversations.attending import at_work_with, hours_allowed
from jingwei.conversations.facts import ConversationOpened, ConversationRead, MessageWritten
from jingwei.conversations.models import Conversation, Message
from jingwei.conversations.policy import ANSWER
from jingwei.conversations.rules import answer_due
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.notices.public import mark_read as mark_notices_read
from jingwei.people.public import Allowance, Member
from jingwei.places.public import Area, Level

MOST_WORDS = 2000
AT_ONCE = Allowance("conversations.say", 20, timedelta(minutes=10))
A_DAY = Allowance("conversations.say-day", 100, timedelta(days=1))
"""How much one resident writes; answers are not counted."""


@atomic
def open_conversation(code: int, *, by: Member, now: datetime | None = None) -> Conversation:
    """The conversation of `by` with the grid `code`, which is their grid from now on."""
    now = now or clock.now()
    if not Area.objects.current().at(Level.GRID).filter(pk=code).exists():
        raise Refused(_("Choose your grid from the list."))
    there = Conversation.objects.filter(member=by, code=code).first()
    if there is None:
        there = Conversation.objects.create(member=by, name=by.name, code=code, chosen_at=now)
        publish(ConversationOpened(conversation_id=str(there.pk), code=code, member_id=by.pk), by=by, at=now)
    else:
        there.chosen_at = now
        there.save(update_fields=["chosen_at"])
    return there


def say(
    conversation: Conversation,
    text: str,
    *,
    key: UUID,
    files: Sequence[bytes] = (),
    uploads: Sequence[UUID] = (),
    by: Member,
    now: datetime | None = None,
) -> Message:
    """Say something, with `files` or finished `uploads`; the same `key` again is the same message.

    The first thing that a resident says starts the clock of an answer; an answer stops it.
    """
    conversation = Conversation.objects.get(pk=conversation.pk)
    require(by, "conversations.say", conversation)
    now, text = now or clock.now(), text.strip()
    known = Message.objects.filter(pk=key).first()
    if known is not None:
        return _again(known, conversation, text, by)
    if not (text or files or uploads):
        raise Refused(_("Write a few words first."))
    if len(text) > MOST_WORDS:
        raise Refused(_("A message has %(n)d characters at most.") % {"n": MOST_WORDS})
    kept = keep_all(files, uploads, by=by, now=now)
    try:
        with atomic():
            message = _say(conversation, text, key, by=by, now=now)
            attach(message, kept, uploads, by=by)
    except BaseException:
        throw_away_kept(kept.values())
        raise
    return message


def _say(conversation: Conversation, text: str, key: UUID, *, by: Member, now: datetime) -> Message:
    conversation = Conversation.objects.locked(conversation.pk)
    require(by, "conversations.say", conversation)
    is_resident = by.pk == conversation.member_id
    if is_resident:
        for allowance in (AT_ONCE, A_DAY):
            allowance.require(str(by.pk), now)
    side = Message.Side.RESIDENT if is_resident else Message.Side.GRID
    is_first = not conversation.messages.filter(side=side, read_at=None).exists()
    message = _write(conversation, Message(id=key, side=side, text=text, author=by), now)
    publish(
        MessageWritten(
            conversation_id=str(conversation.pk),
            code=conversation.code,
            message_id=str(message.pk),
            member_id=conversation.member_id,
            is_first=is_first,
            is_from_resident=is_resident,
        ),
        by=by,
        at=now,
    )
    if is_resident:
        _wait(conversation, by, now)
    else:
        _answered(conversation, now)
    return message


def _again(known: Message, conversation: Conversation, text: str, by: Member) -> Message:
    if (known.conversation_id, known.author_id, known.text) != (conversation.pk, by.pk, text):
        raise Refused(other_words())
    return known


def other_words() -> str:
    return _("This message was sent before with other words. Write it once more.")


def _write(conversation: Conversation, message: Message, now: datetime) -> Message:
    message.conversation = conversation
    message.member_id, message.code = conversation.member_id, conversation.code
    message.written_at = now
    if message.side == Message.Side.GRID:
        message.open_until = now
    try:
        with atomic():
            message.save(force_insert=True)
    except IntegrityError:  # an id of a message that is out of this member's reach
        raise Refused(other_words()) from None
    return message


def _wait(conversation: Conversation, by: Member, now: datetime) -> None:
    """Somebody is to answer; where nobody works in the grid, the community."""
    conversation.last_at, conversation.name = now, by.name
    if conversation.waiting_since is None:
        conversation.waiting_since = now
        conversation.due_at = answer_due(now, hours_allowed(), calendars().place(conversation.code))
    conversation.save(update_fields=["last_at", "name", "waiting_since", "due_at"])
    if conversation.raised_at is not None or not at_work_with(ANSWER, conversation.code, now):
        raise_to_community(conversation, now)


def _answered(conversation: Conversation, now: datetime) -> None:
    conversation.messages.filter(open_until=None).update(open_until=now)
    conversation.last_at = now
    conversation.waiting_since = conversation.due_at = conversation.raised_at = None
    conversation.save(update_fields=["last_at", "waiting_since", "due_at", "raised_at"])


@atomic
def mark_read(conversation: Conversation, *, by: Member, now: datetime | None = None) -> int:
    """What the other side wrote, as far as `by` is shown it. Gives how much of it was new."""
    require(by, "conversations.see", conversation)
    is_resident = by.pk == conversation.member_id
    others = Message.Side.GRID if is_resident else Message.Side.RESIDENT
    fresh = conversation.messages.filter(side=others, read_at=None).update(read_at=now or clock.now())
    if fresh:
        publish(
            ConversationRead(
                conversation_id=str(conversation.pk), code=conversation.code, member_id=conversation.member_id
            ),
            by=by,
            at=now,
        )
    mark_notices_read(by, about=str(conversation.pk), by=by, now=now)
    return fresh
