"""Builders of members and what they hold, for the tests of every module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.conf import settings
from django.db.models import Model
from django.test import Client

from jingwei.kernel.public import allowed, may
from jingwei.people.actions import (
    create_department,
    create_posting,
    register_resident,
    register_software,
    register_staff,
)
from jingwei.people.keys import create_key
from jingwei.people.loading import load_member
from jingwei.people.models import Department, Member, Posting
from jingwei.people.sessions import SessionStore
from jingwei.places.public import codes

_serial = count(1)
LONG_AGO = date(2000, 1, 1)
STREET = codes.make(990101, 1)


def a_member(name: str = "", *, username: str | None = None, password: str | None = None) -> Member:
    """Staff without a posting. A password takes a tenth of a second to hash: give one only to sign in."""
    number = next(_serial)
    return register_staff(
        username=username or f"staff{number}", name=name or f"Staff {number}", password=password, by=None
    )


def a_resident(name: str = "", *, phone: str | None = None) -> Member:
    return register_resident(phone=phone or f"139{next(_serial):08}", name=name, by=None)


def a_software(name: str = "") -> Member:
    return register_software(name=name or f"Software {next(_serial)}", by=None)


def a_department(name: str = "", *, key: str = "", code: int = STREET, parent: Department | None = None) -> Department:
    return create_department(name=name or f"Department {next(_serial)}", key=key, code=code, parent=parent, by=None)


def a_posting(
    role: str,
    at: int | Department | None = None,
    *,
    member: Member | None = None,
    department: Department | None = None,
    categories: Iterable[str] = (),
    begins_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Posting:
    """`role` at an area code or in a department, for a new member unless one is given."""
    code = None if isinstance(at, Department) else at
    return create_posting(
        member or a_member(),
        role,
        code=code,
        department=at if isinstance(at, Department) else department,
        categories=categories,
        begins_on=begins_on,
        ends_on=ends_on,
        by=None,
    )


def a_holder(
    role: str,
    at: int | Department | None = None,
    *,
    name: str = "",
    department: Department | None = None,
    categories: Iterable[str] = (),
) -> Member:
    """A member who holds `role` there, loaded with their posts as a request does."""
    posting = a_posting(role, at, member=a_member(name), department=department, categories=categories)
    return load_member(posting.member_id)


def a_key(duties: Iterable[str], at: Iterable[int], *, expires_at: datetime | None = None) -> str:
    """The Authorization header of new software that holds `duties` at these areas."""
    _key, token = create_key(a_software(), name="key", duties=duties, codes=at, expires_at=expires_at, by=None)
    return f"Bearer {token}"


def let_in(client: Client, member: Member) -> Client:
    """The test client, signed in as `member`."""
    store = SessionStore()
    store.begin(member, "test")
    client.cookies[settings.SESSION_COOKIE_NAME] = str(store.session_key)
    return client


@dataclass(frozen=True)
class Cast:
    """One of each who plays a part in a case, around the first grid of the first community of a street."""

    street: int
    community: int
    grid: int
    department: Department
    resident: Member
    grid_worker: Member
    grid_leader: Member
    community_officer: Member
    dispatcher: Member
    department_handler: Member
    department_lead: Member
    professional: Member
    inspector: Member
    leader: Member
    security_officer: Member


def the_cast(street: int = STREET) -> Cast:
    """The people of a street, by its code. Areas are not built: rules ask for codes only."""
    community = codes.child(street, 1)
    grid = codes.child(community, 1)
    district = codes.ancestor(street, codes.Level.DISTRICT)
    department = a_department(code=street)
    return Cast(
        street=street,
        community=community,
        grid=grid,
        department=department,
        resident=load_member(a_resident().pk),
        grid_worker=a_holder("grid_worker", grid),
        grid_leader=a_holder("grid_leader", community),
        community_officer=a_holder("community_officer", community),
        dispatcher=a_holder("dispatcher", street),
        department_handler=a_holder("department_handler", department),
        department_lead=a_holder("department_lead", department),
        professional=a_holder("professional", street, department=department, categories=["01"]),
        inspector=a_holder("inspector", street),
        leader=a_holder("leader", street),
        security_officer=a_holder("security_officer", district),
    )


def check_both_faces(permit: str, model: type[Model], members: Iterable[Member]) -> tuple[int, int]:
    """Ask both faces of a permit about every row of `model`, for each member; AssertionError where they differ.

    Gives how often it held and how often not, so that a test can see that both came up.
    """
    held = refused = 0
    for member in members:
        things = model._default_manager.order_by("pk")  # noqa: SLF001 - Django's public API
        one_by_one = [thing for thing in things if may(member, permit, thing)]
        assert list(allowed(member, permit, things)) == one_by_one, f"{permit} for {member}"
        held, refused = held + len(one_by_one), refused + len(things) - len(one_by_one)
    return held, refused
