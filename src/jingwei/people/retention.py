"""What accounts let go: sessions, codes and counters that ran out, old entries of the log, accounts nobody uses."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from jingwei.kernel.public import WHOLE, carries_out, opened
from jingwei.people import rates
from jingwei.people.actions.erasure import erase_member, may_be_erased, repeat_erasures
from jingwei.people.erasing import brought_back
from jingwei.people.models import Member, Read, Session, SignInCode, StaffSheet, TrustedBrowser
from jingwei.people.personal import ACCOUNTS, CODES, READS, SESSIONS, TRIES
from jingwei.people.personal_signin import TRUST
from jingwei.people.personal_staff import SHEETS
from jingwei.people.queries import today
from jingwei.people.rates import old_counters

BATCH = 1000


def sessions_over(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expires_at__lte=now)


def codes_over(now: datetime) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(expires_at__lte=now)


def trust_over(now: datetime) -> QuerySet[TrustedBrowser]:
    return TrustedBrowser.objects.filter(expires_at__lte=now)


def old_sheets(now: datetime) -> QuerySet[StaffSheet]:
    return StaffSheet.objects.filter(created_at__lte=now - SHEETS.period)


def old_reads(now: datetime) -> QuerySet[Read]:
    return Read.objects.filter(read_at__lte=now - READS.period)


def unused_accounts(now: datetime) -> QuerySet[Member]:
    """Residents who have not come in for long, and staff whose account was closed long ago."""
    before = now - ACCOUNTS.period
    residents = Member.objects.filter(kind=Member.Kind.RESIDENT, seen_on__lte=today(before))
    staff = Member.objects.filter(kind=Member.Kind.STAFF, closed_at__lte=before)
    return (residents | staff).filter(erased_at=None)


def forget_accounts(now: datetime) -> Iterator[int]:
    """Those with a case open are left until it ends. First whom a restore brought back."""
    with opened(WHOLE):
        gone, _waiting = repeat_erasures(now)
    yield gone
    with opened(WHOLE):
        keys = list(unused_accounts(now).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        with opened(WHOLE):
            member = Member.objects.get(pk=key)
            is_free = may_be_erased(member)
            if is_free:
                erase_member(member, by=None, now=now)
        yield int(is_free)


def count_accounts(now: datetime) -> int:
    return sum(may_be_erased(member) for member in chain(brought_back(), unused_accounts(now).iterator()))


def _deleting(rows: QuerySet[Any]) -> Iterator[int]:
    while True:
        with opened(WHOLE):
            gone = rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH])).delete()[0]
        if not gone:
            return
        yield gone


def _counters(now: datetime) -> Iterator[int]:
    yield rates.forget_old(now)


carries_out(SESSIONS, due=lambda now: sessions_over(now).count(), forget=lambda now: _deleting(sessions_over(now)))
carries_out(CODES, due=lambda now: codes_over(now).count(), forget=lambda now: _deleting(codes_over(now)))
carries_out(TRUST, due=lambda now: trust_over(now).count(), forget=lambda now: _deleting(trust_over(now)))
carries_out(TRIES, due=lambda now: old_counters(now).count(), forget=_counters)
carries_out(SHEETS, due=lambda now: old_sheets(now).count(), forget=lambda now: _deleting(old_sheets(now)))
carries_out(READS, due=lambda now: old_reads(now).count(), forget=lambda now: _deleting(old_reads(now)))
carries_out(ACCOUNTS, due=count_accounts, forget=forget_accounts)
