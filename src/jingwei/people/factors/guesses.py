"""How often a second factor may be guessed: counted before the try, outside any transaction that a refusal undoes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from jingwei.people.models import Member
from jingwei.people.rates import Allowance, BackOff

GUESSES = BackOff("factor.guess", free=5, first=timedelta(minutes=1), longest=timedelta(hours=1))
BY_MEMBER = Allowance("factor.member", 60, timedelta(days=1))


@contextmanager
def guessing(member: Member, now: datetime) -> Iterator[None]:
    """One try. Refused while the member has to wait; what leaves without an error was right and clears the count."""
    subject = str(member.pk)
    GUESSES.require(subject, now)
    BY_MEMBER.require(subject, now)
    yield
    GUESSES.clear(subject)
    BY_MEMBER.give_back(subject)
