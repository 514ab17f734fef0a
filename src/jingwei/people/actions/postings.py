"""What changes postings."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish
from jingwei.people.actions.apart import check_apart
from jingwei.people.actions.asking import ask
from jingwei.people.actions.hand_over import open_hand_over
from jingwei.people.facts import ClashKept, PostingChanged, PostingCreated, PostingEnded
from jingwei.people.models import Department, KeptClash, Member, Posting
from jingwei.people.queries import today
from jingwei.people.roles import ROLES, Role, Seat
from jingwei.places.public import level_of

CATEGORY = re.compile(r"[0-9]{2}([0-9]{2})?")


@atomic
def create_posting(
    member: Member,
    role: str,
    *,
    code: int | None = None,
    department: Department | None = None,
    categories: Iterable[str] = (),
    begins_on: date | None = None,
    ends_on: date | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Posting:
    """`role` for `member` at the area `code`, in `department` or both, from today or the day `begins_on`.

    `categories` (codes or classes: four or two digits) limit it; `ends_on` is the first day it no longer holds.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    posting = Posting(
        member=member,
        role=role,
        code=code,
        department=department,
        categories=sorted(set(categories)),
        begins_on=begins_on or today(now),
        ends_on=ends_on,
    )
    _check_posting(posting, today(now))
    ask(by, "people.post", posting)
    if ROLES[role].is_apart:
        ask(by, "people.post_apart", posting)
    if by is not None and by.pk == member.pk:
        raise Refused(_("Nobody gives a posting to themselves."))
    posting.save()
    publish(PostingCreated(**_about(posting)), by=by, at=now)
    return posting


@atomic
def change_posting(
    posting: Posting,
    *,
    categories: Iterable[str],
    ends_on: date | None,
    by: Member | None,
    now: datetime | None = None,
) -> Posting:
    """Other categories, or another last day, of a posting that has not ended."""
    posting = _locked(posting, by, today(now))
    wanted = sorted(set(categories))
    _check_categories(wanted)
    if ends_on is not None and ends_on < max(posting.begins_on, today(now)):
        raise Refused(_("A posting ends today at the earliest, and not before it begins."))
    if (wanted, ends_on) == (posting.categories, posting.ends_on):
        return posting
    later = ends_on is None or (posting.ends_on is not None and ends_on > posting.ends_on)
    posting.categories, posting.ends_on = wanted, ends_on
    if later:
        check_apart(posting)
    posting.save(update_fields=["categories", "ends_on"])
    publish(PostingChanged(**_about(posting)), by=by, at=now)
    if posting.ends_on is not None:
        open_hand_over(posting, now=now)
    return posting


@atomic
def end_posting(
    posting: Posting, *, ends_on: date | None = None, by: Member | None, now: datetime | None = None
) -> Posting:
    """The posting no longer holds from today on, or from the day `ends_on`.

    Work that nothing else the member holds covers then is a hand-over, open until somebody has it.
    """
    posting = _locked(posting, by, today(now))
    posting.ends_on = max(posting.begins_on, ends_on or today(now))
    check_apart(posting)
    posting.save(update_fields=["ends_on"])
    publish(PostingEnded(**_about(posting)), by=by, at=now)
    open_hand_over(posting, now=now)
    return posting


@atomic
def keep_clash(
    first: Posting, second: Posting, *, reason: str, by: Member | None, now: datetime | None = None
) -> KeptClash:
    """Two postings of one member clash and stay as they are; `reason` says why that is right here."""
    first, second = sorted((first, second), key=lambda one: one.pk)
    for posting in (first, second):
        ask(by, "people.post", posting)
    if first.member_id != second.member_id or first == second:
        raise Refused(_("A clash is between two postings of one member."))
    if not reason.strip():
        raise Refused(_("Say why both stay as they are."))
    if by is not None and by.pk == first.member_id:
        raise Refused(_("Nobody decides this about their own postings."))
    kept, _is_new = KeptClash.objects.update_or_create(
        first=first, second=second, defaults={"reason": reason.strip(), "kept_by": by, "kept_at": now or clock.now()}
    )
    publish(ClashKept(**_about(second)), by=by, at=now)
    return kept


def _locked(posting: Posting, by: Member | None, on: date) -> Posting:
    """The posting, held until the transaction ends; refused where it is not for `by` to change, or has ended."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("member", "department").get(pk=posting.pk)
    ask(by, "people.post", posting)
    if ROLES[posting.role].is_apart:
        ask(by, "people.post_apart", posting)
    if posting.ends_on is not None and posting.ends_on <= on:
        raise Refused(_("This posting has ended already."))
    return posting


def _about(posting: Posting) -> dict[str, Any]:
    return {"posting_id": posting.pk, "member_id": posting.member_id, "code": posting.place}


def _check_posting(posting: Posting, on: date) -> None:
    role = ROLES.get(posting.role)
    if role is None:
        raise Refused(_("There is no role “%(role)s”.") % {"role": posting.role})
    if posting.member.kind == Member.Kind.SOFTWARE:
        raise Refused(_("Software holds keys, not postings."))
    _check_seat(role, posting)
    if posting.ends_on is not None and posting.ends_on < posting.begins_on:
        raise Refused(_("A posting does not end before it begins."))
    _check_categories(posting.categories)
    held = posting.member.postings.filter(ends_on=None) | posting.member.postings.filter(ends_on__gt=on)
    if held.filter(role=role.key, code=posting.code, department=posting.department).exists():
        raise Refused(_("%(name)s holds this posting already.") % {"name": posting.member.name})
    check_apart(posting)


def _check_categories(categories: Iterable[str]) -> None:
    if wrong := [category for category in categories if not CATEGORY.fullmatch(category)]:
        raise Refused(_("“%(category)s” is not the code of a category or class.") % {"category": wrong[0]})


def _check_seat(role: Role, posting: Posting) -> None:
    names = {"role": role.title}
    if (posting.code is not None) != (role.seat is not Seat.DEPARTMENT):
        needs, not_at = (
            _("“%(role)s” is held at an area."),
            _("“%(role)s” is held in a department, not at an area."),
        )
        raise Refused((needs if posting.code is None else not_at) % names)
    if (posting.department is not None) != (role.seat is not Seat.AREA):
        needs, not_in = (
            _("“%(role)s” is held in a department."),
            _("“%(role)s” is held at an area, not in a department."),
        )
        raise Refused((needs if posting.department is None else not_in) % names)
    if posting.code is not None and level_of(posting.code) not in role.levels:
        levels = _(", ").join(str(level.label) for level in role.levels)
        raise Refused(_("“%(role)s” is held at these levels: %(levels)s.") % {**names, "levels": levels})
