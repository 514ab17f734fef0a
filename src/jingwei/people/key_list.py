"""API keys as whoever manages them sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise

from jingwei.kernel.public import allowed, clock
from jingwei.people.duties import DUTIES
from jingwei.people.models import ApiKey, Member
from jingwei.places.public import Area, Level, names_of

SOON = timedelta(days=14)
DUTY = "people.keys"


class State(StrEnum):
    GOOD = "good"
    SOON = "soon"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class KeyRow:
    """A key in the list. `prefix` is what logs and software show of its token."""

    id: int
    name: str
    software: str
    prefix: str
    duties: Sequence[str | Promise]
    areas: Sequence[str]
    expires_at: datetime | None
    last_used_on: date | None
    state: State


def keys_of(by: Member, now: datetime | None = None) -> list[KeyRow]:
    """The keys that `by` manages: those that open something first, the next to expire on top."""
    now = now or clock.now()
    keys = list(_managed(by).select_related("member"))
    names = names_of({code for key in keys for code in key.codes})
    rows = [_row(key, names, now) for key in keys]
    order = {state: place for place, state in enumerate((State.SOON, State.GOOD, State.EXPIRED, State.REVOKED))}
    return sorted(rows, key=lambda row: (order[row.state], row.expires_at or now + timedelta(days=36_500)))


def running_out(by: Member, now: datetime | None = None) -> int:
    """How many keys that `by` manages expire within two weeks."""
    now = now or clock.now()
    return _managed(by).filter(revoked_at=None, expires_at__gt=now, expires_at__lte=now + SOON).count()


def areas_for_keys(by: Member) -> QuerySet[Area]:
    """Areas for which `by` may give keys, down to communities: those that have a name to choose them by."""
    places = [post for post in by.posts if DUTY in post.duties and post.has_area]
    found = Area.objects.current().at(Level.DISTRICT, Level.STREET, Level.COMMUNITY)
    chosen = Area.objects.none()
    for post in places:
        chosen = chosen | found.filter(code__range=(post.first, post.last))
    return chosen.order_by("code")


def _managed(by: Member) -> QuerySet[ApiKey]:
    return allowed(by, "people.key", ApiKey.objects.all())


def _row(key: ApiKey, names: dict[int, str], now: datetime) -> KeyRow:
    return KeyRow(
        id=key.pk,
        name=key.name,
        software=key.member.name,
        prefix=key.prefix,
        duties=[DUTIES[duty].title if duty in DUTIES else duty for duty in key.duties],
        areas=[names.get(code, str(code)) for code in key.codes],
        expires_at=key.expires_at,
        last_used_on=key.last_used_on,
        state=_state(key, now),
    )


def _state(key: ApiKey, now: datetime) -> State:
    if key.revoked_at is not None:
        return State.REVOKED
    if key.expires_at is None or key.expires_at > now + SOON:
        return State.GOOD
    return State.SOON if key.expires_at > now else State.EXPIRED
