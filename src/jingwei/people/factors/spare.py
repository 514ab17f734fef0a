"""Spare codes: ten on paper, for the day on which the phone is lost. Each is good once."""

import secrets
from datetime import datetime

from django.db.transaction import atomic
from django.utils.crypto import salted_hmac

from jingwei.kernel.public import clock, publish
from jingwei.people.facts import SpareCodesMade
from jingwei.people.models import Member, SpareCode

HOW_MANY = 10
HALF = 5
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike on paper


@atomic
def make_spare_codes(member: Member, *, by: Member, now: datetime | None = None) -> list[str]:
    """Ten new codes, shown once; the ones before are worth nothing."""
    codes = [_random_code() for _number in range(HOW_MANY)]
    member.spare_codes.all().delete()
    SpareCode.objects.bulk_create(SpareCode(member=member, digest=_digest(member, code)) for code in codes)
    publish(SpareCodesMade(member_id=member.pk), by=by, at=now)
    return codes


def take_spare_code(member: Member, code: str, now: datetime | None = None) -> bool:
    """Whether `code` is one of the member's that is still good. It is not any more."""
    plain = "".join(letter for letter in code.lower() if letter in LETTERS)
    unused = member.spare_codes.filter(digest=_digest(member, plain), used_at=None)
    return bool(unused.update(used_at=now or clock.now()))


def _random_code() -> str:
    halves = ("".join(secrets.choice(LETTERS) for _letter in range(HALF)) for _half in range(2))
    return "-".join(halves)


def _digest(member: Member, code: str) -> str:
    plain = code.replace("-", "")
    return salted_hmac("jingwei.people.spare-code", f"{member.pk} {plain}", algorithm="sha256").hexdigest()
