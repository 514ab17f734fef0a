"""What changes postings."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, publish
from jingwei.people.actions.asking import ask
from jingwei.people.facts import PostingCreated, PostingEnded
from jingwei.people.models import Department, Member, Posting
from jingwei.people.queries import today
from jingwei.people.roles import ROLES, Role, Seat, roles_apart
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
    if by is not None and by.pk == member.pk:
        raise Refused(_("Nobody gives a posting to themselves."))
    posting.save()
    publish(PostingCreated(**_about(posting)), by=by, at=now)
    return posting


@atomic
def end_posting(
    posting: Posting, *, ends_on: date | None = None, by: Member | None, now: datetime | None = None
) -> Posting:
    """The posting no longer holds from today on, or from the day `ends_on`."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    ask(by, "people.post", posting)
    if posting.ends_on is not None and posting.ends_on <= today(now):
        raise Refused(_("This posting has ended already."))
    posting.ends_on = max(posting.begins_on, ends_on or today(now))
    _check_apart(posting)
    posting.save(update_fields=["ends_on"])
    publish(PostingEnded(**_about(posting)), by=by, at=now)
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
    if wrong := [category for category in posting.categories if not CATEGORY.fullmatch(category)]:
        raise Refused(_("“%(category)s” is not the code of a category or class.") % {"category": wrong[0]})
    held = posting.member.postings.filter(ends_on=None) | posting.member.postings.filter(ends_on__gt=on)
    if held.filter(role=role.key, code=posting.code, department=posting.department).exists():
        raise Refused(_("%(name)s holds this posting already.") % {"name": posting.member.name})
    _check_apart(posting)


def _check_apart(posting: Posting) -> None:
    """What the constraint `roles_apart_never_meet` holds, in a sentence."""
    if posting.role not in roles_apart() or posting.begins_on == posting.ends_on:
        return
    others = posting.member.postings.filter(role__in=roles_apart()).exclude(role=posting.role)
    meeting = others.filter(Q(ends_on=None) | Q(ends_on__gt=Greatest(F("begins_on"), posting.begins_on)))
    if posting.ends_on is not None:
        meeting = meeting.filter(begins_on__lt=posting.ends_on)
    if meeting.exists():
        raise Refused(_("Administrator, security officer and auditor are never one person."))


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
