"""Telling people: `notify` writes what each is told into the transaction that is open; jobs carry it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.transaction import atomic

from jingwei.calendars.public import quiet_hours
from jingwei.kernel.public import WHOLE, blind_index, clock, entered, environment, publish_many
from jingwei.notices.choosing import Ways, channels_for
from jingwei.notices.facts import NoticeWritten
from jingwei.notices.models import Channel, Choices, Delivery, Notice, PushDevice, Robot
from jingwei.notices.texts import Text, Urgency, Values, text_of
from jingwei.people.public import Member

RECIPIENT_PHONE = "notices.recipient"


@dataclass(frozen=True)
class To:
    """Whom to tell: exactly one of the three."""

    member_id: int | None = None
    phone: str = ""
    department_id: int | None = None

    @property
    def recipient(self) -> str:
        if self.member_id is not None:
            return f"m{self.member_id}"
        if self.department_id is not None:
            return f"d{self.department_id}"
        return f"p{bytes(blind_index(self.phone, RECIPIENT_PHONE)).hex()}"


@dataclass(frozen=True)
class Said:
    """What one of them is told: the values of the text, and the thing that it is about."""

    values: Values
    about: str = ""


@dataclass(frozen=True)
class Told:
    """What all of them are told alike."""

    text: Text
    key: str
    urgency: str
    now: datetime


def open_channels() -> frozenset[str]:
    """The ways out that this site has."""
    here = environment()
    has = {
        Channel.SMS: here.sms_gateway,
        Channel.PUSH: here.push_key,
        Channel.MAIL: here.mail_server,
        Channel.ROBOT: True,
    }
    return frozenset(channel for channel, is_open in has.items() if is_open)


@atomic
def notify(
    to: Iterable[To],
    text: str,
    values: Values,
    *,
    key: str,
    about: str = "",
    urgency: str = "",
    now: datetime | None = None,
) -> list[Notice]:
    """Tell each of them, once for `key` however often this is called. Gives the notices that are new.

    A number without an account is told where there is a gateway, an office where it has a robot. ValueError for a text
    that nobody registered, or other values than it takes.
    """
    said = Said(values, about)
    return notify_each(dict.fromkeys(to, said), text, key=key, urgency=urgency, now=now)


@atomic
def notify_each(
    to: Mapping[To, Said], text: str, *, key: str, urgency: str = "", now: datetime | None = None
) -> list[Notice]:
    """As `notify`, where each is told of a thing of their own: in as many queries as for one of them."""
    known = text_of(text)
    if known is None:
        raise ValueError(f"no notice is called {text}")
    for said in to.values():
        known.check(said.values)
    now = now or clock.now()
    with entered(WHOLE):
        fresh = _write(Told(known, key, urgency or known.urgency, now), to)
        deliveries = _plan(known, fresh, now)
        Delivery.objects.bulk_create(deliveries)
    publish_many(
        (NoticeWritten(notice_id=str(one.pk), member_id=one.member_id) for one in fresh if one.member_id), by=None
    )
    if any(one.due_at <= now for one in deliveries):
        from jingwei.notices.jobs import deliver  # noqa: PLC0415 - the job calls what calls back here

        deliver.defer()
    return fresh


def _write(told: Told, to: Mapping[To, Said]) -> list[Notice]:
    """The rows that were not there yet, in the order given."""
    members = set(
        Member.objects.open().filter(pk__in=[one.member_id for one in to if one.member_id]).values_list("pk", flat=True)
    )
    rows = [
        Notice(
            recipient=one.recipient,
            key=told.key,
            member_id=one.member_id,
            phone=one.phone or None,
            department_id=one.department_id,
            text=told.text.key,
            topic=told.text.topic,
            urgency=told.urgency,
            values=dict(said.values),
            about=said.about,
            written_at=told.now,
        )
        for one, said in to.items()
        if one.member_id is None or one.member_id in members
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    there = set(Notice.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk in there]


def _plan(text: Text, notices: list[Notice], now: datetime) -> list[Delivery]:
    """A delivery for each way out that each notice takes."""
    is_open = open_channels()
    ids = [one.member_id for one in notices if one.member_id]
    choices: Mapping[int, Choices] = Choices.objects.in_bulk(ids)
    phones = set(Member.objects.filter(pk__in=ids, phone__isnull=False).values_list("pk", flat=True))
    robots = dict(
        Robot.objects.filter(department__in=[one.department_id for one in notices if one.department_id]).values_list(
            "department_id", "topics"
        )
    )
    devices = _devices(ids) if Channel.PUSH in is_open else {}
    usual = quiet_hours()
    planned = []
    for notice in notices:
        own = choices.get(notice.member_id or 0)
        theirs = devices.get(notice.member_id or 0, [])
        channels: frozenset[str]
        if notice.department_id:
            channels = frozenset({Channel.ROBOT} if text.topic in robots.get(notice.department_id, ()) else ())
        else:
            ways = Ways(
                is_open,
                has_phone=bool(notice.phone) or notice.member_id in phones,
                has_mail=bool(own and own.email and own.confirmed_at),
                has_device=bool(theirs),
            )
            channels = channels_for(text, notice.urgency, ways, own)
        quiet = own.quiet(usual) if own else usual
        due_at = quiet.may_go_out(now, is_emergency=notice.urgency == Urgency.EMERGENCY)
        for channel in sorted(channels):
            places: Sequence[UUID | None] = theirs if channel == Channel.PUSH else [None]
            planned += [Delivery(notice=notice, channel=channel, device=place, due_at=due_at) for place in places]
    return planned


def _devices(member_ids: Sequence[int]) -> dict[int, list[UUID]]:
    """The browsers of each member."""
    found: dict[int, list[UUID]] = {}
    rows = PushDevice.objects.filter(member__in=member_ids).order_by("pk").values_list("member_id", "pk")
    for member_id, key in rows:
        found.setdefault(member_id, []).append(key)
    return found
