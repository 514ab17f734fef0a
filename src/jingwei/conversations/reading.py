"""Conversations as they are read: a thread, and the lists of those who answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from jingwei.conversations.attending import Attending, attending
from jingwei.conversations.models import Conversation, Message
from jingwei.kernel.public import allowed, allowed_first, clock
from jingwei.people.public import Member
from jingwei.places.public import names_of

AT_ONCE = 50


@dataclass(frozen=True)
class Said:
    """One message as it is shown. `who` is the name and role of whoever answered; "" on one's own side."""

    message: Message
    is_mine: bool
    who: str
    begins_day: bool


@dataclass(frozen=True)
class Row:
    """A conversation in a list."""

    conversation: Conversation
    place: str
    fresh: int
    is_late: bool


@dataclass(frozen=True)
class MyWorker:
    """Who answers a resident, and how much they have not read yet."""

    grid: str
    attending: Attending
    fresh: int


def thread(conversation: Conversation, reader: Member, *, before: UUID | None = None) -> tuple[list[Said], UUID | None]:
    """What `reader` is shown of it, oldest first, and where earlier messages begin, if there are any. Two queries.

    Which messages those are is for the database to say: its policy knows since when somebody works in the grid.
    """
    rows = conversation.messages.select_related("case").prefetch_related("attachments").order_by("-written_at", "-pk")
    last = rows.filter(pk=before).first() if before else None
    if last is not None:
        rows = rows.filter(Q(written_at__lt=last.written_at) | Q(written_at=last.written_at, pk__lt=last.pk))
    found = list(rows[: AT_ONCE + 1])
    shown = found[:AT_ONCE][::-1]
    names = _names({row.author_id for row in shown if row.author_id and row.side == Message.Side.GRID})
    is_resident = reader.pk == conversation.member_id
    mine = Message.Side.RESIDENT if is_resident else Message.Side.GRID
    said, day = [], None
    for row in shown:
        begins = clock.local(row.written_at).date()
        who = names.get(row.author_id or 0, "") if row.author_id != reader.pk else ""
        said.append(Said(row, row.side == mine, who, begins != day))
        day = begins
    return said, shown[0].pk if len(found) > AT_ONCE else None


def _names(ids: set[int]) -> dict[int, str]:
    return dict(Member.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def current_of(member: Member) -> Conversation | None:
    """The conversation with the grid that a member chose last."""
    return Conversation.objects.filter(member=member).order_by("-chosen_at", "-pk").first()


def threads(member: Member, now: datetime) -> list[Row]:
    """Those whom `member` answers: first who waits, by when an answer is due, then the newest. Four queries at most."""
    waiting = allowed(member, "conversations.answer", Conversation.objects.waiting()).order_by("due_at")[:AT_ONCE]
    spoken = Conversation.objects.filter(last_at__isnull=False, waiting_since=None).order_by("-last_at")
    rows = [*waiting, *allowed_first(member, "conversations.answer", spoken, AT_ONCE)]
    return _rows([row for row in rows if row.member_id != member.pk], now)


def unread_count(member: Member) -> int:
    """How many residents wait for an answer of `member`."""
    return allowed(member, "conversations.answer", Conversation.objects.waiting()).exclude(member=member).count()


def my_worker(member: Member, now: datetime) -> MyWorker | None:
    """Of the grid that a member chose last; None for whoever has not chosen one. Eight queries at most."""
    conversation = current_of(member)
    if conversation is None:
        return None
    fresh = conversation.messages.filter(side=Message.Side.GRID, read_at=None).count()
    return MyWorker(names_of([conversation.code]).get(conversation.code, ""), attending(conversation.code, now), fresh)


def _rows(conversations: list[Conversation], now: datetime) -> list[Row]:
    names = names_of(row.code for row in conversations)
    unread = Message.objects.filter(
        conversation__in=[row.pk for row in conversations], side=Message.Side.RESIDENT, read_at=None
    )
    fresh = dict(unread.values_list("conversation").annotate(n=Count("pk")))
    return [
        Row(row, names.get(row.code, ""), fresh.get(row.pk, 0), row.due_at is not None and row.due_at <= now)
        for row in conversations
    ]
