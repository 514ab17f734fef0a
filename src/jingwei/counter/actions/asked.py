"""Whoever is asked first notes how they helped; of a call, the note is made with what the clerk does anyway."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, current
from jingwei.counter.facts import AskedFirst, AskedTakenBack
from jingwei.counter.models import Call, FirstAsked
from jingwei.counter.policy import NOTE
from jingwei.kernel.public import NotPermitted, Refused, clock, may, publish, require, uuid7
from jingwei.people.public import Department, Member

LONGEST_WORDS = 200
TAKEN_BACK_WITHIN = timedelta(hours=24)
USUAL: Mapping[str, str] = MappingProxyType(
    {
        Call.Outcome.REPORTED: FirstAsked.Way.ON_BEHALF,
        Call.Outcome.FOLLOWED: FirstAsked.Way.EXPLAINED,
        Call.Outcome.ANSWERED: FirstAsked.Way.HANDLED,
    }
)
"""How a call that ended so has helped, unless its clerk says otherwise. One that broke off has nobody to help."""


@atomic
def note_asked(
    way: str,
    *,
    category_code: str = "",
    words: str = "",
    case: Case | None = None,
    code: int | None = None,
    key: UUID | None = None,
    by: Member,
    now: datetime | None = None,
) -> FirstAsked:
    """Somebody asked `by`, who helped in this way. `code` is where; without one, where they work.

    Sent again with the same `key`, it is the same note.
    """
    now, words = now or clock.now(), words.strip()
    row = FirstAsked(id=key or uuid7(), member=by, way=way, category_code=category_code, words=words, case=case)
    require(by, "counter.note_asked", row)
    if known := FirstAsked.objects.filter(pk=row.pk, member=by).first():
        return known
    row.code, row.asked_at = workplace_of(by) if code is None else _within(by, code), now
    _check(row, by)
    try:
        with atomic():
            return _noted(row, by, now)
    except IntegrityError:
        raise Refused(_("This id stands for another note already.")) from None


def _check(row: FirstAsked, by: Member) -> None:
    if row.way not in FirstAsked.Way:
        raise Refused(_("Choose one of the five ways."))
    if not (row.words or row.category_code):
        raise Refused(_("Choose what it was about, or write it in a few words."))
    if len(row.words) > LONGEST_WORDS:
        raise Refused(_("%(n)d characters are enough for what was asked.") % {"n": LONGEST_WORDS})
    known = current()
    if row.category_code and row.category_code not in {*known, *(code[:2] for code in known)}:
        raise Refused(_("There is no category %(code)s.") % {"code": row.category_code})
    if row.case is not None and not may(by, "cases.see", row.case):
        raise NotPermitted(_("You may not do this here."))


def _noted(row: FirstAsked, by: Member, now: datetime) -> FirstAsked:
    row.save(force_insert=True)
    publish(AskedFirst(asked_id=str(row.pk), code=row.code, way=row.way), by=by, at=now)
    return row


def _within(by: Member, code: int) -> int:
    if any(NOTE in post.duties and post.covers(code) for post in by.posts):
        return code
    raise NotPermitted(_("You may not do this here."))


def workplace_of(member: Member) -> int:
    """The area where a member works: that of their longest-standing post, or that their office serves."""
    for post in member.posts:
        if post.has_area:
            return post.first
    code = Department.objects.filter(pk__in=member.department_ids).order_by("code").values_list("code", flat=True)
    if (found := code.first()) is None:
        raise NotPermitted(_("You may not do this here."))
    return found


def note_of_call(call: Call, way: str, *, by: Member, now: datetime) -> None:
    """How the clerk of a call helped, if they were asked first: nothing where it came from somebody else."""
    if way not in FirstAsked.Way:
        raise Refused(_("Choose one of the five ways."))
    if is_asked_first(call):
        _note_once(_of(call, by, way, now), by, now)


def is_asked_first(call: Call) -> bool:
    """Whether its clerk is whom the caller asked first, and there is something to say of it."""
    return call.outcome in USUAL and call.handed_by_id in {None, call.clerk_id}


def note_forwarded(call: Call, first: Member | None, *, by: Member, now: datetime) -> None:
    """`by` took a call that `first` was asked: they forwarded it."""
    if first is not None:
        _note_once(_of(call, first, FirstAsked.Way.FORWARDED, now), by, now)


def _note_once(row: FirstAsked, by: Member, now: datetime) -> None:
    """The first note of a call is the only one. Whether there is one the database says: it may be out of sight."""
    with suppress(IntegrityError), atomic():
        _noted(row, by, now)


def _of(call: Call, member: Member, way: str, now: datetime) -> FirstAsked:
    return FirstAsked(
        member=member,
        code=call.code,
        way=way,
        category_code=call.category_code,
        case_id=call.case_id,
        call=call,
        asked_at=now,
    )


@atomic
def take_back_asked(row: FirstAsked, *, by: Member, now: datetime | None = None) -> None:
    """It was a slip: within a day whoever noted it takes it back."""
    now = now or clock.now()
    require(by, "counter.own_asked", row)
    if now - row.asked_at > TAKEN_BACK_WITHIN:
        raise Refused(_("A note can be taken back within a day. This one stays."))
    publish(AskedTakenBack(asked_id=str(row.pk), code=row.code), by=by, at=now)
    row.delete()
