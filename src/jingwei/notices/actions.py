"""What people do with notices: read them, and choose how they are told."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import NotPermitted, Refused, clock, publish
from jingwei.notices.choosing import OWN_CHANNELS, chosen
from jingwei.notices.facts import ChoicesChanged, NoticesRead
from jingwei.notices.models import Channel, Choices, Notice
from jingwei.notices.texts import Topic
from jingwei.people.public import Member


@atomic
def mark_read(
    member: Member,
    ids: Collection[UUID] | None = None,
    *,
    about: str = "",
    by: Member,
    now: datetime | None = None,
) -> int:
    """Those of `ids`, those about a thing, or without both all that are new. Gives how many were new."""
    only_self(member, by)
    fresh: QuerySet[Notice] = Notice.objects.filter(member_id=member.pk).unread()
    if ids is not None:
        fresh = fresh.filter(pk__in=ids)
    if about:
        fresh = fresh.filter(about=about)
    count = fresh.update(read_at=now or clock.now())
    if count:
        publish(NoticesRead(member_id=member.pk), by=by, at=now)
    return count


@atomic
def choose(
    member: Member,
    channels: Mapping[str, Collection[str]],
    *,
    quiet: tuple[time, time] | None,
    has_digest: bool,
    by: Member,
    now: datetime | None = None,
) -> Choices:
    """How `member` is told from now on. Topics that are not named stay as they are; no `quiet`: as the district."""
    only_self(member, by)
    if channels.keys() - set(Topic.values) or any(set(ones) - set(OWN_CHANNELS) for ones in channels.values()):
        raise Refused(_("There is no such way to be told. Choose from the list."))
    row = choices_of(member)
    row.channels = row.channels | {topic: sorted(ones) for topic, ones in channels.items()}
    row.quiet_from, row.quiet_until = quiet or (None, None)
    row.has_digest, row.changed_at = has_digest, now or clock.now()
    row.save()
    publish(ChoicesChanged(member_id=member.pk), by=by, at=now)
    return row


@atomic
def leave_topic(member: Member, topic: str, *, by: Member | None, now: datetime | None = None) -> Choices:
    """No more mails of a topic. `by` is None for whoever holds the signed link of one."""
    if by is not None:
        only_self(member, by)
    row = choices_of(member)
    row.channels = row.channels | {topic: sorted(chosen(topic, row) - {Channel.MAIL})}
    row.changed_at = now or clock.now()
    row.save()
    publish(ChoicesChanged(member_id=member.pk), by=by, at=now)
    return row


def choices_of(member: Member) -> Choices:
    """The row, held until the transaction ends."""
    Choices.objects.bulk_create([Choices(member_id=member.pk)], ignore_conflicts=True)
    return Choices.objects.select_for_update().get(pk=member.pk)


def only_self(member: Member, by: Member) -> None:
    if by.pk != member.pk:
        raise NotPermitted(_("Everybody chooses for themselves."))
