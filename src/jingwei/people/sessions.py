"""Sessions in a table of our own. Loading one brings the member and the posts of the day in the same query."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase, UpdateError
from django.utils.crypto import get_random_string

from jingwei.kernel.public import clock
from jingwei.people.loading import find_session
from jingwei.people.models import Member, Session

KEY_LENGTH = 32
ACTIVITY_STEP = timedelta(minutes=10)


def digest(session_key: str) -> str:
    """What the table keeps instead of the cookie's value."""
    return sha256(session_key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's session, with its member. Last activity is written at most every ten minutes."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._member: Member | None = None
        self._user_agent = ""

    @property
    def member(self) -> Member | None:
        """Who is signed in, with their posts."""
        self.keys()  # the first look at a session loads it
        return self._member

    def begin(self, member: Member, user_agent: str) -> None:
        """Start anew, under a new key, for `member`."""
        self.flush()
        self._member = member
        self._user_agent = user_agent
        self.create()

    def load(self) -> dict[str, Any]:
        now = clock.now()
        found = find_session(digest(self.session_key or ""), now)
        if found is None:
            self._session_key = None
            return {}
        self._member = found.member
        self.modified = self.modified or found.active_at + ACTIVITY_STEP <= now
        return found.data

    def exists(self, session_key: str) -> bool:
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
            "expires_at": self.get_expiry_date(modification=now),
        }
        key = digest(self.session_key)
        if must_create:
            agent = self._user_agent[: Session._meta.get_field("user_agent").max_length]  # noqa: SLF001
            Session.objects.create(pk=key, member=self._member, user_agent=agent, created_at=now, **row)
        elif not Session.objects.filter(pk=key).update(**row):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=digest(key)).delete()

    def flush(self) -> None:
        super().flush()
        self._member = None

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lte=clock.now()).delete()
