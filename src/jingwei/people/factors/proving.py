"""Showing once more who one is: by a code of whatever kind, or the password."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock
from jingwei.people.factors.guesses import guessing
from jingwei.people.factors.rules import Way
from jingwei.people.factors.spare import take_spare_code
from jingwei.people.factors.totp import take_totp
from jingwei.people.models import Member
from jingwei.people.signin import PROVE, send_code, take_code


def send_factor_code(member: Member, *, address: str, now: datetime | None = None) -> None:
    """Send a code to the member's own phone, which is good for nothing but the second factor."""
    send_code(member.phone or "", address=address, purpose=PROVE, now=now)


def prove(member: Member, way: Way, given: str, *, address: str = "", now: datetime | None = None) -> Way:
    """`given` shows in this way that it is `member`: the way. Refused if not, in the same words whatever was wrong."""
    now = now or clock.now()
    with guessing(member, now):
        if not _is_right(member, way, given, address, now):
            raise Refused(_wrong(way))
    return way


def _is_right(member: Member, way: Way, given: str, address: str, now: datetime) -> bool:
    match way:
        case Way.PASSWORD:
            return member.check_password(given)
        case Way.TOTP:
            return take_totp(member, given, now)
        case Way.SPARE:
            return take_spare_code(member, given, now)
        case Way.SMS:
            take_code(member.phone or "", given, address=address, purpose=PROVE, now=now)
            return True
        case _:
            return False


def _wrong(way: Way) -> str:
    if way is Way.PASSWORD:
        return _("This is not your password.")
    return _("This code is not right, or was used before. Look again.")
