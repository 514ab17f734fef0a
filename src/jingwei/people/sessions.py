"""Sessions in a table of our own. Loading one brings the member and the posts of the day in the same query.

A session runs out when it has rested too long, and in any case when it is old: how long depends on the kind of member.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase, UpdateError
from django.utils.crypto import get_random_string

from jingwei.kernel.public import Reach, clock, entered
from jingwei.people.loading import find_session
from jingwei.people.models import Member, Session
from jingwei.people.models.accounts import SESSION_HANDLE

KEY_LENGTH = 32
ACTIVITY_STEP = timedelta(minutes=10)
PROOF_LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class Life:
    """`rest`: without a request; `whole`: whatever happens."""

    rest: timedelta
    whole: timedelta


STAFF_LIFE = Life(rest=timedelta(hours=12), whole=timedelta(days=7))
RESIDENT_LIFE = Life(rest=timedelta(days=30), whole=timedelta(days=180))


def life_of(member: Member) -> Life:
    return RESIDENT_LIFE if member.kind == Member.Kind.RESIDENT else STAFF_LIFE


def digest(session_key: str) -> str:
    """What the table keeps instead of the cookie's value."""
    return sha256(session_key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's session, with its member. Last activity is written at most every ten minutes."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._member: Member | None = None
        self._user_agent = ""
        self._begun_at: datetime | None = None
        self._ways: tuple[str, ...] = ()
        self._proved_at: datetime | None = None

    @property
    def member(self) -> Member | None:
        """Who is signed in, with their posts."""
        self.keys()  # the first look at a session loads it
        return self._member

    @property
    def digest(self) -> str:
        """The key of its row; "" for a session that is not kept."""
        return digest(self.session_key) if self.session_key else ""

    @property
    def handle(self) -> str:
        """What names it among the sessions of its member."""
        return self.digest[:SESSION_HANDLE]

    @property
    def ways(self) -> tuple[str, ...]:
        """How the member has shown who they are: `password totp`, for example."""
        self.keys()
        return self._ways

    def begin(self, member: Member, user_agent: str, ways: Sequence[str] = ()) -> None:
        """Start anew, under a new key, for `member`, who has just shown in these ways who they are."""
        self.flush()
        self._member = member
        self._user_agent = user_agent
        self._ways = tuple(ways)
        self._begun_at = self._proved_at = clock.now()
        self.create()

    def prove(self, now: datetime | None = None) -> None:
        """The member has shown once more who they are."""
        self._proved_at = now or clock.now()
        self.modified = True

    def is_proved(self, now: datetime | None = None) -> bool:
        """Whether that was a moment ago, so that what is delicate may be done without asking again."""
        self.keys()
        return self._proved_at is not None and (now or clock.now()) < self._proved_at + PROOF_LIVES

    def load(self) -> dict[str, Any]:
        now = clock.now()
        found = find_session(digest(self.session_key or ""), now)
        if found is None:
            self._session_key = None
            return {}
        self._member = found.member
        self._begun_at, self._ways, self._proved_at = found.created_at, found.ways, found.proved_at
        self.modified = self.modified or found.active_at + ACTIVITY_STEP <= now
        return found.data

    def exists(self, session_key: str) -> bool:
        with self._borne(session_key):
            return Session.objects.filter(pk=digest(session_key)).exists()

    def create(self) -> None:
        self.keys()  # while the old key, if any, still finds them
        self._session_key = get_random_string(KEY_LENGTH, VALID_KEY_CHARS)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        if self.session_key is None:
            self.create()
            return
        now = clock.now()
        row = {
            "data": dict(self.items()),
            "active_at": now,
            "expires_at": self._runs_out_at(now),
            "proved_at": self._proved_at,
        }
        key = digest(self.session_key)
        if must_create:
            agent = self._user_agent[: Session._meta.get_field("user_agent").max_length]  # noqa: SLF001
            whose = {"member": self._member, "user_agent": agent, "ways": list(self._ways)}
            Session.objects.create(pk=key, created_at=self._begun_at or now, **whose, **row)
            return
        with self._borne(self.session_key):
            is_there = Session.objects.filter(pk=key).update(**row)
        if not is_there:
            raise UpdateError

    def _runs_out_at(self, now: datetime) -> datetime:
        if self._member is None:
            at: datetime = self.get_expiry_date(modification=now)
            return at
        life = life_of(self._member)
        return min(now + life.rest, (self._begun_at or now) + life.whole)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            with self._borne(key):
                Session.objects.filter(pk=digest(key)).delete()

    @staticmethod
    def _borne(session_key: str) -> AbstractContextManager[None]:
        """The row is there for whoever knows its key."""
        return entered(Reach(bearer=digest(session_key)))

    def flush(self) -> None:
        super().flush()
        self._member = self._begun_at = self._proved_at = None
        self._ways = ()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lte=clock.now()).delete()
