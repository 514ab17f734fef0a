"""Answers by text message: who wrote is known by the number, and the module that has something to hear takes it."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from jingwei.kernel.public import WHOLE, clock, opened
from jingwei.people.public import Member, load_member, reach_of

FRESH = timedelta(minutes=5)
"""How far the clock of a gateway may be off, and how long a request can be sent again by somebody who caught it."""

Take = Callable[[Member, str, str, datetime], bool]
"""Takes the member, the words, the gateway's own id of the message and the time; says whether they were taken."""

_takers: list[Take] = []


def register_answer(take: Take) -> None:
    """Called when Django starts by a module that hears what people answer; the first that takes an answer has it."""
    _takers.append(take)


def is_signed(body: bytes, at: str, signature: str, key: str, now: datetime | None = None) -> bool:
    """Whether `signature` is the HMAC-SHA-256, in hex, of "AT.BODY" under `key`, and `at` (seconds) is now."""
    if not at.isdecimal() or abs((now or clock.now()).timestamp() - int(at)) > FRESH.total_seconds():
        return False
    wanted = hmac.new(key.encode(), at.encode() + b"." + body, sha256).hexdigest()
    return hmac.compare_digest(wanted, signature)


def take_answer(phone: str, text: str, key: str, now: datetime | None = None) -> bool:
    """Hand on what somebody wrote from `phone`. False where nobody has that number, or nobody hears them."""
    with opened(WHOLE):
        member = Member.objects.open().with_phone(phone).first()
        member = load_member(member.pk) if member else None
    if member is None:
        return False
    moment = now or clock.now()
    with opened(reach_of(member)):
        return any(take(member, text, key, moment) for take in _takers)
