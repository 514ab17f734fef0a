"""Browsers in which a member wants messages to show: switched on in the browser itself, switched off anywhere."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE, Refused, clock, entered, environment, publish
from jingwei.notices.actions import choices_of, only_self
from jingwei.notices.facts import PushDeviceChanged
from jingwei.notices.models import Channel, Choices, PushDevice
from jingwei.notices.sealing import public_key, read_browser
from jingwei.people.public import Member, live_handles

MOST = 10
"""Browsers of one member; one more takes the place of the one that has been silent for longest."""
LONGEST_ADDRESS = 1000
LONGEST_AGENT = 250


@atomic
def add_device(
    member: Member,
    *,
    endpoint: str,
    key: str,
    secret: str,
    agent: str,
    session: str,
    by: Member,
    now: datetime | None = None,
) -> PushDevice:
    """The browser at `endpoint` shows the member's messages from now on, and nobody else's.

    `session` names the session in which it agreed: once that is ended from elsewhere, the browser is told no more.
    """
    only_self(member, by)
    now = now or clock.now()
    ours = _our_key()
    _check(endpoint, key, secret)
    choices = choices_of(member)
    row = _taken_over(endpoint, member)
    if row is None:
        _make_room(choices, now)
        row = PushDevice(member=member, endpoint=endpoint, made_at=now)
    row.key, row.secret, row.agent, row.session = key, secret, agent[:LONGEST_AGENT], session
    row.server_key, row.used_at = ours, now
    row.save()
    publish(PushDeviceChanged(member_id=member.pk), by=by, at=now)
    return row


@atomic
def renew_device(
    member: Member, *, endpoint: str, key: str, secret: str, session: str, by: Member, now: datetime | None = None
) -> PushDevice:
    """The push service has given the browser another address; what is shown there stays as it was.

    `session` says which browser that is. One that was switched off in the meantime does not come back by this.
    """
    only_self(member, by)
    now, ours = now or clock.now(), _our_key()
    _check(endpoint, key, secret)
    row = PushDevice.objects.filter(member=member, session=session).order_by("-used_at", "-pk").first()
    if row is None:
        raise Refused(_("This browser shows no messages any more."))
    there = _taken_over(endpoint, member)
    if there is not None and there.pk != row.pk:
        there.delete()
    row.endpoint, row.key, row.secret = endpoint, key, secret
    row.server_key, row.used_at = ours, now
    row.save()
    publish(PushDeviceChanged(member_id=member.pk), by=by, at=now)
    return row


@atomic
def end_device(member: Member, device_id: UUID, *, by: Member | None, now: datetime | None = None) -> bool:
    """No more messages in that browser. `by` is None where its push service says that it has gone."""
    if by is not None:
        only_self(member, by)
    count, _rows = PushDevice.objects.filter(member=member, pk=device_id).delete()
    if count:
        publish(PushDeviceChanged(member_id=member.pk, is_gone=True), by=by, at=now)
    return bool(count)


@atomic
def end_devices_left(member: Member, *, now: datetime | None = None) -> int:
    """No more messages in browsers where the member is signed in no longer. Gives how many there were."""
    left = PushDevice.objects.filter(member=member).exclude(session__in=live_handles(member, now=now))
    count, _rows = left.delete()
    if count:
        publish(PushDeviceChanged(member_id=member.pk, is_gone=True), by=None, at=now)
    return count


def _our_key() -> str:
    own = environment().push_key
    if not own:
        raise Refused(_("Messages on the screen of a device are not set up here."))
    return public_key(own)


def _check(endpoint: str, key: str, secret: str) -> None:
    parts = urlsplit(endpoint)
    is_ours = parts.netloc in environment().outgoing_hosts
    is_fit = len(endpoint) <= LONGEST_ADDRESS and parts.netloc and (parts.scheme == "https" or is_ours)
    try:
        read_browser(key, secret)
    except ValueError:
        is_fit = False
    if not is_fit:
        raise Refused(_("This browser gave an address that cannot be used. Try another browser."))


def _taken_over(endpoint: str, member: Member) -> PushDevice | None:
    """The member's row of that browser. If somebody else was told there, they are no longer."""
    with entered(WHOLE):
        row = PushDevice.objects.at(endpoint).first()
        if row is not None and row.member_id != member.pk:
            row.delete()
            return None
    return row


def _make_room(choices: Choices, now: datetime) -> None:
    """Whoever switches on a first browser wants it for every topic; each can be taken back one by one."""
    theirs = PushDevice.objects.filter(member=choices.member_id).order_by("-used_at").values_list("pk", flat=True)
    if not theirs:
        choices.channels = {topic: sorted({*ones, Channel.PUSH}) for topic, ones in choices.channels.items()}
        choices.changed_at = now
        choices.save()
    PushDevice.objects.filter(pk__in=list(theirs)[MOST - 1 :]).delete()
