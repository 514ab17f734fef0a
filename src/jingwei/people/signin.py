"""Coming in and going out: a password for staff, a code by phone for residents."""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.db.transaction import atomic
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, blind_index, clock, environment, publish
from jingwei.people.actions import register_resident
from jingwei.people.facts import MemberSignedIn, MemberSignedOut
from jingwei.people.models import PHONE, Member, SignInCode
from jingwei.people.queries import CODE_PHONE, today
from jingwei.people.rates import Allowance, BackOff
from jingwei.people.reach import at_the_door
from jingwei.people.requests import VisitorRequest
from jingwei.people.senders import current_sender

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
DEMO_CODE = "123456"
UNUSABLE = "!"

GUESSES = BackOff("sign-in.guess", free=5, first=timedelta(minutes=1), longest=timedelta(hours=1))
BY_NAME = Allowance("sign-in.name", 100, timedelta(hours=1))
BY_ADDRESS = Allowance("sign-in.address", 300, timedelta(hours=1))
CODES_BY_PHONE = Allowance("code.phone", 5, timedelta(hours=1))
CODES_A_DAY = Allowance("code.day", 12, timedelta(days=1))
CODES_BY_ADDRESS = Allowance("code.address", 30, timedelta(hours=1))
CODES_OF_ALL = Allowance("code.all", 3000, timedelta(hours=1))
GUESSES_BY_ADDRESS = Allowance("code.guess.address", 200, timedelta(hours=1))
ENTER, PROVE = "sign-in-code", "second-factor-code"  # what a code was sent for; it opens nothing else


class PasswordBackend(BaseBackend):
    """A user name and a password. Every refusal reads the same and takes the same time, whatever was wrong."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_credentials: object,
    ) -> Member | None:
        """The member, or None. Refused while this name has to wait at this address."""
        if username is None or password is None:
            return None
        member: Member | None = None
        with guessing_name(username, client_address(request), clock.now()) as guess:
            with at_the_door():
                member = Member.objects.open().filter(username=username).first()
            guess.is_right = check_password(password, member.password if member else UNUSABLE)
        return member if guess.is_right else None


@dataclass
class Guess:
    is_right: bool = True


@contextmanager
def guessing_name(username: str, address: str, now: datetime) -> Iterator[Guess]:
    """One try at a name from an address. Refused while it has to wait. A right one, which is one that neither raises
    nor says that it was wrong, clears the count.
    """
    name = username.casefold()
    subject = f"{name} {address}"
    GUESSES.require(subject, now)
    BY_NAME.require(name, now)
    BY_ADDRESS.require(address, now)
    guess = Guess()
    yield guess
    if guess.is_right:
        GUESSES.clear(subject)
        BY_NAME.give_back(name)
        BY_ADDRESS.give_back(address)


def client_address(request: HttpRequest | None) -> str:
    """Where the request comes from; the server has already looked behind trusted proxies."""
    return str(request.META["REMOTE_ADDR"]) if request else ""


def read_phone(text: str) -> str:
    """Eleven digits out of what people type: without spaces, hyphens and +86. ValidationError for the rest."""
    phone = re.sub(r"^(\+|00)86", "", re.sub(r"[\s-]", "", text))
    PHONE(phone)
    return phone


@at_the_door()
def send_code(phone: str, *, address: str, purpose: str = ENTER, now: datetime | None = None) -> SignInCode:
    """Send a fresh code, which ends the one before. Refused within a minute of it, or after too many."""
    send = current_sender()
    if send is None:
        raise Refused(_("Signing in by phone is not set up here."))
    now = now or clock.now()
    last = SignInCode.objects.of(phone).first()
    if last and resend_wait(last, now) > timedelta(0):
        raise Refused(_("A code was sent a moment ago. Wait a minute before asking for another."))
    CODES_BY_PHONE.require(phone, now)
    CODES_A_DAY.require(phone, now)
    CODES_BY_ADDRESS.require(address, now)
    CODES_OF_ALL.require("", now)
    code = DEMO_CODE if environment().is_demo else f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    fresh = {
        "digest": _digest(phone, code, purpose),
        "sent_at": now,
        "expires_at": now + CODE_LIVES,
        "tries": 0,
        "used_at": None,
    }
    index = last.phone_index if last else blind_index(phone, CODE_PHONE)
    row, _is_new = SignInCode.objects.update_or_create(phone_index=index, defaults=fresh)
    send(phone, code)
    return row


def resend_wait(last: SignInCode, now: datetime) -> timedelta:
    """How long until another code may be asked for; zero if at once."""
    return max(timedelta(0), last.sent_at + RESEND_AFTER - now)


def sign_in_by_code(phone: str, code: str, *, address: str = "", now: datetime | None = None) -> Member:
    """The member of `phone`, registered as a resident if new. Refused if the code is wrong, old or used."""
    now = now or clock.now()
    take_code(phone, code, address=address, now=now)
    return _member_of(phone, now)


@at_the_door()
def take_code(phone: str, code: str, *, address: str = "", purpose: str = ENTER, now: datetime) -> None:
    """The code opens what it was sent for, once. Refused if it is wrong, old or used, or after too many guesses."""
    if address:
        GUESSES_BY_ADDRESS.require(address, now)
    # The try is counted in a transaction of its own, which no refusal undoes.
    live = SignInCode.objects.of(phone).filter(used_at=None, expires_at__gt=now, tries__lt=CODE_TRIES)
    is_counted = live.update(tries=F("tries") + 1)
    row = SignInCode.objects.of(phone).first()
    if not is_counted or row is None or not constant_time_compare(row.digest, _digest(phone, code, purpose)):
        raise Refused(_("This code is not right, or no longer. Look again, or ask for another."))
    is_first = SignInCode.objects.filter(pk=row.pk, digest=row.digest, used_at=None).update(used_at=now)
    if not is_first:
        raise Refused(_("This code has been used. Ask for another."))
    if address:
        GUESSES_BY_ADDRESS.give_back(address)


@at_the_door()
def _member_of(phone: str, now: datetime) -> Member:
    member = Member.objects.with_phone(phone).first() or _newcomer(phone, now)
    if member.kind != Member.Kind.RESIDENT:
        raise Refused(_("This number belongs to a staff account. Sign in with your user name."))
    if not Member.objects.open().filter(pk=member.pk).exists():
        raise Refused(_("This account is closed."))
    return member


def _newcomer(phone: str, now: datetime) -> Member:
    language = get_language() or settings.LANGUAGE_CODE
    return register_resident(phone=phone, language=language, is_demo=environment().is_demo, by=None, now=now)


def _digest(phone: str, code: str, purpose: str) -> str:
    return salted_hmac(f"jingwei.people.{purpose}", f"{phone} {code}", algorithm="sha256").hexdigest()


@atomic
def sign_in(request: VisitorRequest, member: Member, ways: Sequence[str] = ()) -> None:
    """Begin a session for `member`, who has shown in these ways who they are, under a new key."""
    request.session.begin(member, request.headers.get("User-Agent", ""), ways)
    request.member = request.user = member
    rotate_token(request)
    Member.objects.filter(pk=member.pk).update(seen_on=today())
    publish(MemberSignedIn(member_id=member.pk), by=member)


@atomic
def sign_out(request: VisitorRequest) -> None:
    """End the session, if there is one."""
    member = request.session.member
    request.session.flush()
    request.member, request.user = None, AnonymousUser()
    if member is not None:
        publish(MemberSignedOut(member_id=member.pk), by=member)
