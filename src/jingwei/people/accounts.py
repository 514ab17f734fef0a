"""Accounts as whoever manages them sees them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import is_password_usable
from django.db import connection
from django.db.models import QuerySet

from jingwei.kernel.public import allowed, clock
from jingwei.people.devices import Device, devices_of
from jingwei.people.factors.rules import Way, factors_of
from jingwei.people.models import Member, Posting, Recovery
from jingwei.people.queries import today
from jingwei.people.roles import ROLES

PAGE = 50
MOST_CALLED = 500
ACCOUNTS = "people.accounts"


@dataclass(frozen=True)
class Account:
    """One account on its page."""

    member: Member
    postings: Sequence[Posting]
    devices: Sequence[Device]
    factors: Sequence[Way]
    recoveries: Sequence[Recovery]
    waiting: Recovery | None
    has_password: bool

    @property
    def is_new(self) -> bool:
        """Whether nobody can have come into it yet."""
        return not self.has_password and not self.factors


def find_accounts(by: Member, *, words: str = "", kind: str = "", is_closed: bool = False) -> QuerySet[Member]:
    """Accounts that `by` manages, by name, user name or whole phone number; those of software have keys instead."""
    found = allowed(by, "people.account", Member.objects.all()).exclude(kind=Member.Kind.SOFTWARE)
    found = found.filter(is_active=not is_closed)
    if kind:
        found = found.filter(kind=kind)
    number = re.sub(r"[\s-]", "", words)
    if re.fullmatch(r"1[0-9]{10}", number):
        found = found & Member.objects.with_phone(number)
    elif words:
        found = found.filter(pk__in=ids_called(words))
    return found.order_by("pk")


def ids_called(words: str) -> list[int]:
    """Ids of those in reach whose name, as written or as spoken, or user name holds `words`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT find_members(%s, %s)", [" ".join(words.split()), MOST_CALLED])
        return [key for (key,) in cursor.fetchall()]


def account_of(member: Member, now: datetime | None = None) -> Account:
    now = now or clock.now()
    recoveries = list(member.recoveries.select_related("opened_by", "approved_by").order_by("-opened_at")[:10])
    return Account(
        member=member,
        postings=list(member.postings.held(today(now)).select_related("department")),
        devices=devices_of(member, now=now),
        factors=factors_of(member),
        recoveries=recoveries,
        waiting=next((one for one in recoveries if one.is_waiting(now)), None),
        has_password=is_password_usable(member.password),
    )


def to_approve(by: Member, now: datetime | None = None) -> QuerySet[Recovery]:
    """Recoveries that wait for a second officer, who may be `by`."""
    now = now or clock.now()
    open_ones = Recovery.objects.filter(used_at=None, withdrawn_at=None, approved_at=None, expires_at__gt=now)
    others = open_ones.exclude(opened_by=by).exclude(member=by)
    return others.select_related("member", "opened_by").order_by("opened_at")


def has_second_officer(by: Member, now: datetime | None = None) -> bool:
    """Whether anybody but `by` could approve a recovery today."""
    roles = [role.key for role in ROLES.values() if ACCOUNTS in role.duties]
    held = Posting.objects.held(today(now)).filter(role__in=roles, member__in=Member.objects.open())
    return held.exclude(member=by).exists()
