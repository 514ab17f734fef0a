"""Which phones may read what they keep."""

import base64
import os
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import NotPermitted, Refused, clock, publish
from jingwei.offline.facts import PhoneChanged
from jingwei.offline.models import Phone
from jingwei.people.public import Member

LIVES = timedelta(hours=14)
"""So long a phone reads what it keeps without hearing from us: the longest shift, and the way home."""
KEY_BYTES = 32
MOST = 5
"""Phones of one member; one more takes the place of the one that has been silent for longest."""
LONGEST_AGENT = 250


@atomic
def open_phone(member: Member, phone_id: UUID, *, agent: str, by: Member, now: datetime | None = None) -> Phone:
    """The phone with its key, the same each time. Refused once it was withdrawn."""
    _only_self(member, by)
    now = now or clock.now()
    row = Phone.objects.select_for_update().filter(pk=phone_id, member=member).first()
    if row is None:
        return _added(member, phone_id, agent, now)
    if row.withdrawn_at:
        raise Refused(_("What this phone keeps was made unreadable. Sign in anew to use it again."))
    row.seen_at, row.agent = now, agent[:LONGEST_AGENT]
    row.save()
    return row


def _added(member: Member, phone_id: UUID, agent: str, now: datetime) -> Phone:
    rows = Phone.objects.filter(member=member, withdrawn_at=None).order_by("-seen_at")
    for old in rows[MOST - 1 :]:
        _withdraw(old, by=member, now=now)
    key = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    row = Phone(pk=phone_id, member=member, key=key, agent=agent[:LONGEST_AGENT], made_at=now, seen_at=now)
    try:
        with atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody else's, out of this member's reach
        raise Refused(_("This phone is known under another name. Sign in anew.")) from None
    publish(PhoneChanged(member_id=member.pk), by=member, at=now)
    return row


@atomic
def withdraw_phone(member: Member, phone_id: UUID, *, by: Member, now: datetime | None = None) -> bool:
    """What the phone keeps stays locked for good; what it has not sent is lost. Whether there was anything to do."""
    _only_self(member, by)
    row = Phone.objects.select_for_update().filter(pk=phone_id, member=member, withdrawn_at=None).first()
    if row is not None:
        _withdraw(row, by=by, now=now or clock.now())
    return row is not None


@atomic
def withdraw_phones(member: Member, *, now: datetime | None = None) -> int:
    """All phones of a member, where who manages accounts has signed them out or closed them. Gives how many."""
    rows = list(Phone.objects.select_for_update().filter(member=member, withdrawn_at=None))
    for row in rows:
        _withdraw(row, by=None, now=now or clock.now())
    return len(rows)


def _withdraw(row: Phone, *, by: Member | None, now: datetime) -> None:
    row.withdrawn_at, row.key = now, ""
    row.save()
    publish(PhoneChanged(member_id=row.member_id, is_withdrawn=True), by=by, at=now)


def _only_self(member: Member, by: Member) -> None:
    if by.pk != member.pk:
        raise NotPermitted(_("You may not do this here."))
