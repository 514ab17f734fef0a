"""What a sheet of staff would change, row by row, before anything is changed. Writes nothing.

A row is an account and a posting. Accounts are known by user name, postings by member, role and place: a sheet that
comes a second time changes nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, may
from jingwei.people.importing.reading import FIELDS, LONGEST_CELL, NEEDED, SheetRow
from jingwei.people.models import Department, Member, Posting
from jingwei.people.roles import ROLES, Role, Seat
from jingwei.people.signin import read_phone
from jingwei.places.public import Area, codes

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SERIAL = re.compile(r"\d{8}")


class Change(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    POST = "post"
    CHANGE = "change"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a cell, what stands there, and what would do instead."""

    column: str
    value: str
    mend: str


@dataclass
class Planned:
    """A row with what would become of it."""

    number: int
    change: Change = Change.BAD
    troubles: list[Trouble] = field(default_factory=list)
    username: str = ""
    name: str = ""
    phone: str = ""
    role: str = ""
    code: int | None = None
    department_id: int | None = None
    categories: list[str] = field(default_factory=list)
    begins_on: date | None = None
    ends_on: date | None = None
    posting_id: int | None = None

    @property
    def title(self) -> str | Promise:
        return ROLES[self.role].title if self.role else ""


def plan(rows: Sequence[SheetRow], *, by: Member | None, day: date) -> list[Planned]:
    """Every row judged: a fixed number of queries, however many there are."""
    known = _Known.read(rows, by)
    seen: dict[tuple[str, str, int | None, int | None], int] = {}
    planned = []
    for row in rows:
        one = _judge(row, known, day)
        key = (one.username, one.role, one.code, one.department_id)
        if not one.troubles and key in seen:
            _blame(one, row, "username", _("The same posting stands in row %(n)d. Take one out.") % {"n": seen[key]})
        seen.setdefault(key, one.number)
        if one.troubles:
            one.change = Change.BAD
        planned.append(one)
    return planned


@dataclass(frozen=True)
class _Known:
    """What the database knows of the names in a sheet."""

    members: Mapping[str, Member]
    areas: Mapping[int, Area]
    offices: Mapping[str, Sequence[Department]]
    postings: Mapping[tuple[int, str, int | None, int | None], Posting]
    roles: Mapping[str, Role]
    by: Member | None

    @classmethod
    def read(cls, rows: Sequence[SheetRow], by: Member | None) -> "_Known":
        def column(name: str) -> set[str]:
            return {row.cells.get(name, "") for row in rows} - {""}

        members = {one.username or "": one for one in Member.objects.filter(username__in=column("username"))}
        numbers = {code for text in column("place") if (code := _code(text))}
        names = column("office") | column("place")
        offices: dict[str, list[Department]] = {}
        for office in Department.objects.filter(name__in=names).order_by("pk"):
            offices.setdefault(office.name, []).append(office)
        held = Posting.objects.filter(member__in=[one.pk for one in members.values()], ends_on=None)
        return cls(
            members,
            Area.objects.current().in_bulk(numbers),
            offices,
            {(one.member_id, one.role, one.code, one.department_id): one for one in held},
            {title: role for role in ROLES.values() for title in (role.key, str(role.title).casefold())},
            by,
        )


def _judge(row: SheetRow, known: _Known, day: date) -> Planned:
    one = Planned(row.number)
    for column in FIELDS:
        if len(row.cells.get(column, "")) > LONGEST_CELL:
            _blame(one, row, column, _("This is too long for any of our columns."))
    for column in NEEDED:
        if not row.cells.get(column):
            _blame(one, row, column, _("Fill it in."))
    if one.troubles:
        return one
    _read_person(one, row, known)
    _read_seat(one, row, known)
    _read_days(one, row, day)
    one.categories = sorted(set(re.split(r"[\s,，、;；]+", row.cells.get("categories", ""))) - {""})
    if wrong := [text for text in one.categories if not re.fullmatch(r"\d{2}(\d{2})?", text)]:
        _blame(one, row, "categories", _("“%(code)s” is no category: write two or four digits.") % {"code": wrong[0]})
    if not one.troubles:
        _decide(one, row, known)
    return one


def _read_person(one: Planned, row: SheetRow, known: _Known) -> None:
    one.username, one.name = row.cells["username"], row.cells["name"]
    if not USERNAME.fullmatch(one.username):
        _blame(one, row, "username", _("Letters, digits, point, dash and underline only, two at least."))
    if len(one.name) > 60:
        _blame(one, row, "name", _("A name has 60 characters at most."))
    member = known.members.get(one.username)
    if member is not None and member.name != one.name:
        _blame(one, row, "name", _("This user name belongs to %(name)s. Take another.") % {"name": member.name})
    if member is not None and (member.kind != Member.Kind.STAFF or not member.is_active):
        _blame(one, row, "username", _("This account is closed, or of no member of the staff."))
    if text := row.cells.get("phone", ""):
        try:
            one.phone = read_phone(text)
        except ValidationError as problem:
            _blame(one, row, "phone", " ".join(problem.messages))


def _read_seat(one: Planned, row: SheetRow, known: _Known) -> None:
    role = known.roles.get(row.cells["role"].casefold())
    if role is None:
        return _blame(one, row, "role", _("There is no such posting. The second sheet of the template lists them."))
    one.role = role.key
    place, office = row.cells["place"], row.cells.get("office", "")
    if role.seat is Seat.DEPARTMENT:
        return _read_office(one, row, "place", place, known)
    area = known.areas.get(_code(place))
    if area is None:
        return _blame(one, row, "place", _("There is no such area. Write its number, as the template lists it."))
    one.code = area.code
    if codes.level_of(area.code) not in role.levels:
        levels = _(", ").join(str(level.label) for level in role.levels)
        _blame(one, row, "place", _("“%(role)s” is held at: %(levels)s.") % {"role": role.title, "levels": levels})
    return _read_office(one, row, "office", office, known) if role.seat is Seat.BOTH else None


def _read_office(one: Planned, row: SheetRow, column: str, name: str, known: _Known) -> None:
    found = known.offices.get(name, ())
    if len(found) == 1:
        one.department_id = found[0].pk
    elif found:
        _blame(one, row, column, _("Several offices are called so. Arrange this posting at the desk."))
    else:
        _blame(one, row, column, _("There is no such office. Write its whole name, as the template lists it."))


def _read_days(one: Planned, row: SheetRow, day: date) -> None:
    one.begins_on = _day(one, row, "begins_on") or day
    one.ends_on = _day(one, row, "ends_on")
    if one.ends_on is not None and one.ends_on <= one.begins_on:
        _blame(one, row, "ends_on", _("The end lies behind the beginning."))


def _day(one: Planned, row: SheetRow, column: str) -> date | None:
    """2026-11-22, 2026/11/22 (or with points), 2026年11月22日, or 20261122."""
    text = row.cells.get(column, "")
    if not text:
        return None
    if SERIAL.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if match := DAY.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
        try:
            return date(year, month, number)
        except ValueError:
            pass
    _blame(one, row, column, _("Write the day as 2026-11-22."))
    return None


def _decide(one: Planned, row: SheetRow, known: _Known) -> None:
    """What becomes of a row without fault; whether it is the reader's to change."""
    member = known.members.get(one.username)
    held = known.postings.get((member.pk, one.role, one.code, one.department_id)) if member else None
    if known.by is not None:
        _ask(one, row, known, member)
    if held is None:
        one.change = Change.POST if member else Change.CREATE
        return
    one.posting_id = held.pk
    is_same = (sorted(held.categories), held.ends_on) == (one.categories, one.ends_on)
    one.change = Change.SAME if is_same else Change.CHANGE


def _ask(one: Planned, row: SheetRow, known: _Known, member: Member | None) -> None:
    offices = [office for found in known.offices.values() for office in found if office.pk == one.department_id]
    posting = Posting(role=one.role, code=one.code, department=offices[0] if offices else None)
    permit = "people.post_apart" if ROLES[one.role].is_apart else "people.post"
    if not may(known.by, permit, posting):
        _blame(one, row, "place", _("You do not arrange such postings there."))
    if member is not None and known.by is not None and member.pk == known.by.pk:
        _blame(one, row, "username", _("Nobody gives a posting to themselves."))


def _code(text: str) -> int:
    try:
        return codes.read(text)
    except (ValueError, Refused):
        return 0


def _blame(one: Planned, row: SheetRow, column: str, mend: str) -> None:
    one.troubles.append(Trouble(FIELDS[column][0], row.cells.get(column, ""), mend))
