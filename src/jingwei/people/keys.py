"""API keys: how software comes in. A token is shown once; the table keeps its SHA-256."""

import secrets
from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from functools import reduce
from hashlib import sha256

from django.db.models import Q
from django.db.transaction import atomic
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jingwei.kernel.public import Reach, Refused, clock, entered, environment, log_as, publish, require
from jingwei.people.duties import KEY_DUTIES
from jingwei.people.facts import KeyCreated, KeyRevoked
from jingwei.people.loading import FoundKey, find_key
from jingwei.people.models import ApiKey, Department, Member
from jingwei.people.posts import Post, post_at
from jingwei.people.queries import today
from jingwei.places.public import WHOLE
from jingwei.places.public import codes as area_codes

SCHEME = "Bearer "
MARK = "jw"
PREFIX_BYTES = 6
SECRET_BYTES = 32
SOFTWARE = "software"
HANDLE = "cases.handle"


@atomic
def create_key(
    member: Member,
    *,
    name: str,
    duties: Iterable[str],
    codes: Iterable[int],
    expires_at: datetime | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A key for software with `duties` at the areas `codes` and below, and its token, which is not kept.

    It is good until `expires_at`, or for as long as keys may be here: none is good for ever.
    """
    now = now or clock.now()
    last = now + timedelta(days=environment().key_days)
    expires_at = expires_at or last
    wanted, areas = sorted(set(duties)), sorted(set(codes))
    _check(member, wanted, areas)
    if not now < expires_at <= last:
        days = {"days": environment().key_days}
        raise Refused(_("A key expires after today, and within %(days)d days.") % days)
    prefix = secrets.token_hex(PREFIX_BYTES)
    token = f"{MARK}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey(
        member=member,
        name=name,
        prefix=prefix,
        digest=_digest(token),
        duties=wanted,
        codes=areas,
        code=reduce(area_codes.common, areas),
        created_at=now,
        expires_at=expires_at,
    )
    if by is not None:
        require(by, "people.key", key)
    key.save()
    publish(KeyCreated(key_id=key.pk, member_id=member.pk, code=key.code), by=by, at=now)
    return key, token


@atomic
def revoke_key(key: ApiKey, *, by: Member | None, now: datetime | None = None) -> ApiKey:
    """End a key at once and for good. A key that is revoked stays as it is."""
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if by is not None:
        require(by, "people.key", key)
    if key.revoked_at is None:
        key.revoked_at = now or clock.now()
        key.save(update_fields=["revoked_at"])
        publish(KeyRevoked(key_id=key.pk, member_id=key.member_id, code=key.code), by=by, at=key.revoked_at)
    return key


def authenticate_key(header: str | None, now: datetime | None = None) -> Member | None:
    """The software behind an Authorization header, its posts being what the key gives. None if it opens nothing.

    A key with the duty to handle acts for the departments in its areas. One query; one more for those, and one
    more on the first use of a day.
    """
    token = (header or "").removeprefix(SCHEME)
    parts = token.split("_", 2)
    if token == header or len(parts) != 3 or parts[0] != MARK or not parts[1].isalnum():
        return None
    now = now or clock.now()
    key = find_key(parts[1], now)
    if not constant_time_compare(key.digest if key else "", _digest(token)) or key is None:
        return None
    if key.last_used_on != today(now):
        with entered(Reach(member_id=key.member.pk)):
            ApiKey.objects.filter(pk=key.id).update(last_used_on=today(now))
    log_as(key.member.pk)
    key.member.posts = _posts(key)
    return key.member


def load_software(member: Member, duty: str, code: int, now: datetime | None = None) -> Member:
    """Software with what those of its keys give that hold `duty` at the area `code`: for work that goes on after the
    request. A key that was revoked or has expired since gives nothing.
    """
    good = Q(expires_at=None) | Q(expires_at__gt=now or clock.now())
    keys = ApiKey.objects.filter(good, member=member, revoked_at=None, duties__contains=[duty])
    posts = [post for key in keys.order_by("pk") for post in _posts(key)]
    found = copy(member)
    found.posts = tuple(post for post in posts if post.covers(code))
    return found


def _posts(key: FoundKey | ApiKey) -> tuple[Post, ...]:
    duties = KEY_DUTIES.intersection(key.duties)
    spans = [area_codes.span(code) for code in key.codes]
    departments = list(Department.objects.within(spans).values_list("pk", "code")) if HANDLE in duties else []
    return tuple(
        post_at(
            code,
            role=SOFTWARE,
            duties=duties,
            department_ids=frozenset(pk for pk, at in departments if first <= at <= last),
        )
        for code, (first, last) in zip(key.codes, spans, strict=True)
    )


def _check(member: Member, duties: list[str], codes: list[int]) -> None:
    if member.kind != Member.Kind.SOFTWARE:
        raise Refused(_("Only software holds API keys."))
    if not duties or not codes:
        raise Refused(_("Give the key at least one duty and one area."))
    if foreign := set(duties) - KEY_DUTIES:
        raise Refused(_("An API key cannot hold these duties: %(duties)s.") % {"duties": ", ".join(sorted(foreign))})
    if reduce(area_codes.common, codes) == WHOLE:
        raise Refused(_("The areas of one key lie in one province."))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
