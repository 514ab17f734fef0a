"""An authenticator app: set up by scanning, confirmed by its first code."""

from datetime import datetime

import pyotp
import segno
from django.db.transaction import atomic
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish
from jingwei.people.factors.guesses import guessing
from jingwei.people.factors.rules import Way, require_a_factor
from jingwei.people.facts import FactorAdded, FactorRemoved
from jingwei.people.models import Authenticator, Member

DRIFT = 1  # steps of 30 seconds by which the clock of a phone may be wrong


@atomic
def begin_authenticator(member: Member, *, now: datetime | None = None) -> Authenticator:
    """The authenticator that `member` is setting up: the one begun before, or a new one. The old one stays good."""
    begun = member.authenticators.filter(confirmed_at=None).first()
    return begun or Authenticator.objects.create(
        member=member, secret=pyotp.random_base32(), created_at=now or clock.now()
    )


def address_of(authenticator: Authenticator) -> str:
    """What the app scans: `otpauth://…`, with the account's name."""
    account = authenticator.member.username or authenticator.member.name
    return pyotp.TOTP(authenticator.secret).provisioning_uri(name=account, issuer_name=_("Jingwei"))


def drawn(address: str) -> SafeString:
    """`address` as a QR code in SVG, without a style or a size of its own."""
    svg = segno.make(address, error="m").svg_inline(svgclass=None, lineclass=None, omitsize=True, border=2)
    return mark_safe(svg)  # noqa: S308 - segno draws squares, and puts in nothing of what it encodes


def confirm_authenticator(member: Member, code: str, *, by: Member, now: datetime | None = None) -> Authenticator:
    """The app shows the right code: from now on it counts, and the one before, if any, no longer. Only one's own."""
    now = now or clock.now()
    if by.pk != member.pk:
        raise Refused(_("Everyone sets up their own second factor."))
    with guessing(member, now):
        authenticator = member.authenticators.filter(confirmed_at=None).first()
        step = _step(authenticator, code, now) if authenticator else None
        if authenticator is None or step is None:
            raise Refused(_("This is not the code that the app shows now. Look again; is your phone's clock right?"))
    with atomic():
        member.authenticators.exclude(confirmed_at=None).delete()
        authenticator.confirmed_at, authenticator.last_step = now, step
        authenticator.save(update_fields=["confirmed_at", "last_step"])
        publish(FactorAdded(member_id=member.pk, factor=Way.TOTP), by=by, at=now)
    return authenticator


def take_totp(member: Member, code: str, now: datetime) -> bool:
    """Whether `code` is what the member's app shows, and was not taken before."""
    authenticator = member.authenticators.exclude(confirmed_at=None).first()
    step = _step(authenticator, code, now) if authenticator else None
    if authenticator is None or step is None:
        return False
    fresh = Authenticator.objects.filter(pk=authenticator.pk, last_step__lt=step)
    return bool(fresh.update(last_step=step))


def _step(authenticator: Authenticator, code: str, now: datetime) -> int | None:
    """Which step's code it is, of those that the app may be at."""
    app = pyotp.TOTP(authenticator.secret)
    at = app.timecode(now)
    near = range(at - DRIFT, at + DRIFT + 1)
    found = [step for step in near if constant_time_compare(app.generate_otp(step), code)]
    return found[-1] if found else None


@atomic
def remove_authenticator(member: Member, *, by: Member, now: datetime | None = None) -> None:
    """The app's codes open nothing any more. Only one's own, and not the last factor of whoever must have one."""
    if by.pk != member.pk:
        raise Refused(_("Everyone sets up their own second factor."))
    count, _rows = member.authenticators.exclude(confirmed_at=None).delete()
    if count:
        require_a_factor(member)
        publish(FactorRemoved(member_id=member.pk, factor=Way.TOTP), by=by, at=now)
