"""Everything that changes accounts, departments and postings. `by=None` is the system itself: set-up and imports."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db.models import Model
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.facts import (
    DepartmentCreated,
    MemberClosed,
    MemberRegistered,
    PasswordChanged,
    PostingCreated,
    PostingEnded,
)
from jingwei.people.models import LANGUAGES, PHONE, Department, Member, Posting
from jingwei.people.queries import today
from jingwei.people.roles import ROLES, Role, Seat
from jingwei.places.public import Level, level_of, span

CATEGORY = re.compile(r"[0-9]{2}([0-9]{2})?")


def _ask(by: Member | None, permit: str, thing: Model) -> None:
    if by is not None:
        require(by, permit, thing)


@atomic
def register_staff(
    *,
    username: str,
    name: str,
    password: str | None = None,
    phone: str | None = None,
    is_demo: bool = False,
    by: Member | None,
    now: datetime | None = None,
) -> Member:
    """An account for someone who works here. Without a password nobody can sign in to it yet."""
    member = Member(username=username, name=name, phone=phone, kind=Member.Kind.STAFF, is_demo=is_demo)
    if Member.objects.filter(username=username).exists():
        raise Refused(_("The user name “%(name)s” is taken.") % {"name": username})
    if password is not None:
        validate_password(password, member)
    member.set_password(password)
    return _register(member, by, now)


@atomic
def register_resident(
    *,
    phone: str,
    name: str = "",
    language: str = LANGUAGES[0][0],
    is_demo: bool = False,
    by: Member | None,
    now: datetime | None = None,
) -> Member:
    """An account for whoever holds `phone`. Without a name the phone stands for it, its middle hidden."""
    PHONE(phone)
    member = Member(name=name or hide_phone(phone), phone=phone, language=language, is_demo=is_demo)
    member.kind = Member.Kind.RESIDENT
    member.set_unusable_password()
    return _register(member, by, now)


@atomic
def register_software(*, name: str, is_demo: bool = False, by: Member | None, now: datetime | None = None) -> Member:
    """An account for an outside system. It comes in by API keys only."""
    member = Member(name=name, kind=Member.Kind.SOFTWARE, is_demo=is_demo)
    member.set_unusable_password()
    return _register(member, by, now)


def _register(member: Member, by: Member | None, now: datetime | None) -> Member:
    if member.phone and Member.objects.filter(phone=member.phone).exists():
        raise Refused(_("This phone number belongs to another account."))
    _ask(by, "people.account", member)
    member.created_at = now or clock.now()
    member.save()
    publish(MemberRegistered(member_id=member.pk), by=by, at=member.created_at)
    return member


@atomic
def close_member(member: Member, *, by: Member | None, now: datetime | None = None) -> Member:
    """Nobody comes in by this account any more: sessions and keys end with it, postings today."""
    now = now or clock.now()
    member = Member.objects.select_for_update().get(pk=member.pk)
    _ask(by, "people.account", member)
    if by is not None and by.pk == member.pk:
        raise Refused(_("Nobody closes their own account."))
    for posting in member.postings.held(today(now)):
        end_posting(posting, by=by, now=now)
    member.sessions.all().delete()
    member.api_keys.filter(revoked_at=None).update(revoked_at=now)
    member.is_active = False
    member.save(update_fields=["is_active"])
    publish(MemberClosed(member_id=member.pk), by=by, at=now)
    return member


@atomic
def set_password(member: Member, password: str, *, by: Member | None, now: datetime | None = None) -> None:
    """A new password, which ends all sessions. One's own, or given by who manages accounts."""
    if by is None or by.pk != member.pk:
        _ask(by, "people.account", member)
    validate_password(password, member)
    member.set_password(password)
    member.save(update_fields=["password"])
    member.sessions.all().delete()
    publish(PasswordChanged(member_id=member.pk), by=by, at=now)


def set_language(member: Member, language: str, *, by: Member) -> None:
    """The language of a member's screens and messages: their own choice."""
    if by.pk != member.pk:
        raise Refused(_("Everyone chooses their own language."))
    if language not in dict(LANGUAGES):
        raise Refused(_("There is no such language here."))
    member.language = language
    member.save(update_fields=["language"])


@atomic
def create_department(
    *,
    name: str,
    name_en: str = "",
    key: str = "",
    code: int,
    parent: Department | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Department:
    """An office that serves the street or district `code`, or a part of `parent`, which serves as much or more."""
    if level_of(code) not in (Level.DISTRICT, Level.STREET):
        raise Refused(_("A department belongs to a street or a district."))
    if parent is not None and not _lies_in(code, parent.code):
        raise Refused(_("A part of a department serves no area outside the whole."))
    if Department.objects.filter(name=name, code=code, parent=parent).exists():
        raise Refused(_("There is a department “%(name)s” already.") % {"name": name})
    department = Department(name=name, name_en=name_en, key=key, code=code, parent=parent)
    _ask(by, "people.create_department", department)
    department.save()
    publish(DepartmentCreated(department_id=department.pk, code=code), by=by, at=now)
    return department


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
    _ask(by, "people.post", posting)
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
    _ask(by, "people.post", posting)
    if posting.ends_on is not None and posting.ends_on <= today(now):
        raise Refused(_("This posting has ended already."))
    posting.ends_on = max(posting.begins_on, ends_on or today(now))
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
    apart = [one.key for one in ROLES.values() if one.is_apart and one is not role]
    if role.is_apart and held.filter(role__in=apart).exists():
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


def _lies_in(code: int, whole: int) -> bool:
    first, last = span(whole)
    return first <= code <= last


def hide_phone(phone: str) -> str:
    """138****6620"""
    return f"{phone[:3]}****{phone[-4:]}"
