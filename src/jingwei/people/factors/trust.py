"""Browsers where staff asked not to be asked for the second factor again for a week. The password always is."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from jingwei.kernel.public import clock
from jingwei.people.models import Member, TrustedBrowser

COOKIE = "trusted"
TRUST_LIVES = timedelta(days=7)
TOKEN_BYTES = 32


def trust_browser(member: Member, now: datetime | None = None) -> str:
    """The value of the cookie by which this browser is known from now on."""
    now = now or clock.now()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    TrustedBrowser.objects.create(pk=_digest(token), member=member, created_at=now, expires_at=now + TRUST_LIVES)
    return token


def is_trusted(member: Member, token: str | None, now: datetime | None = None) -> bool:
    """Whether the browser that shows `token` is one that `member` trusts."""
    if not token:
        return False
    return member.trusted_browsers.filter(pk=_digest(token), expires_at__gt=now or clock.now()).exists()


def forget_browsers(member: Member) -> int:
    """Trust none any more; gives how many there were."""
    count, _rows = member.trusted_browsers.all().delete()
    return count


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
