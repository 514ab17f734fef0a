"""Roles: bundles of duties that a posting gives. The table of the trade, as data; nothing asks for a role by name.

A role with no duty but everybody's belongs to a module that is still to come; people can be posted to it already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jingwei.people.duties import DUTIES
from jingwei.places.public import Level

EVERYBODYS = frozenset({"counter.first_asked"})
"""Duties of every role: whoever is asked first helps, and notes how."""
ANY_AREA = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID, Level.UNIT)


class Seat(StrEnum):
    """What a posting of the role is tied to."""

    AREA = "area"
    DEPARTMENT = "department"
    BOTH = "both"


class Workplace(StrEnum):
    """Where the work of a role is done."""

    FIELD = "field"
    DESK = "desk"
    SUPERVISION = "supervise"


@dataclass(frozen=True)
class Role:
    """`levels`: of the areas it may be held at. `is_apart`: one person holds at most one of these roles."""

    key: str
    title: Promise
    seat: Seat
    levels: tuple[Level, ...]
    duties: frozenset[str]
    workplace: Workplace
    is_apart: bool = False


def _role(
    key: str,
    title: Promise,
    at: Iterable[Level] | Seat,
    duties: str = "",
    *,
    seat: Seat = Seat.AREA,
    workplace: Workplace = Workplace.DESK,
    is_apart: bool = False,
) -> Role:
    named = EVERYBODYS.union(duties.split())
    if unknown := named - DUTIES.keys():
        raise ValueError(f"role {key} names duties that do not exist: {', '.join(sorted(unknown))}")
    if isinstance(at, Seat):
        return Role(key, title, at, (), named, workplace, is_apart)
    return Role(key, title, seat, tuple(at), named, workplace, is_apart)


_GRID_WORK = (
    "cases.report cases.see cases.contact cases.file cases.solve cases.answer cases.handle cases.check "
    "mediation.mediate worklists.answer"
)
_MEDIATION = "mediation.mediate mediation.appoint"
_DISPATCH = "cases.report cases.see cases.contact cases.file cases.answer cases.dispatch"
_PARTY = "cases.see cases.contact cases.handle"

_TABLE = (
    _role("unit_head", pgettext_lazy("role", "Unit head"), [Level.UNIT], "cases.report", workplace=Workplace.FIELD),
    _role("auxiliary", pgettext_lazy("role", "Auxiliary"), [Level.UNIT], "cases.report", workplace=Workplace.FIELD),
    _role(
        "grid_worker",
        pgettext_lazy("role", "Grid worker"),
        [Level.GRID],
        f"{_GRID_WORK} conversations.answer",
        workplace=Workplace.FIELD,
    ),
    _role(
        "grid_leader",
        pgettext_lazy("role", "Grid leader"),
        [Level.GRID, Level.COMMUNITY],
        f"{_GRID_WORK} conversations.watch",
        workplace=Workplace.FIELD,
    ),
    _role(
        "professional",
        pgettext_lazy("role", "Professional worker"),
        [Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID],
        "cases.report cases.see cases.contact cases.handle cases.check mediation.mediate",
        seat=Seat.BOTH,
        workplace=Workplace.FIELD,
    ),
    _role(
        "community_officer",
        pgettext_lazy("role", "Community officer"),
        [Level.COMMUNITY],
        f"{_DISPATCH} {_MEDIATION} cases.solve cases.check people.see conversations.watch counter.take "
        "counter.overview repeats.decide worklists.sort",
    ),
    _role(
        "counter_clerk",
        pgettext_lazy("role", "Counter clerk"),
        [Level.COMMUNITY, Level.STREET],
        "cases.report cases.see counter.take",
    ),
    _role(
        "call_taker",
        pgettext_lazy("role", "Call taker"),
        [Level.STREET, Level.DISTRICT],
        "cases.report cases.see counter.take counter.import",
    ),
    _role(
        "dispatcher",
        pgettext_lazy("role", "Dispatcher"),
        [Level.STREET, Level.DISTRICT],
        f"{_DISPATCH} {_MEDIATION} cases.alarm people.see counter.take counter.import repeats.decide worklists.issue "
        "worklists.sort",
    ),
    _role(
        "duty_officer",
        pgettext_lazy("role", "Duty officer"),
        [Level.STREET, Level.DISTRICT],
        f"{_DISPATCH} cases.alarm people.see conversations.on_call counter.take",
    ),
    _role("department_handler", pgettext_lazy("role", "Department handler"), Seat.DEPARTMENT, _PARTY),
    _role(
        "department_lead",
        pgettext_lazy("role", "Department lead"),
        Seat.DEPARTMENT,
        f"{_PARTY} cases.confirm worklists.issue",
    ),
    _role(
        "inspector",
        pgettext_lazy("role", "Inspector"),
        [Level.STREET, Level.DISTRICT],
        "cases.see cases.check cases.judge",
    ),
    _role(
        "leader",
        pgettext_lazy("role", "Leader"),
        [Level.STREET, Level.DISTRICT],
        "cases.see cases.supervise cases.judge cases.alarm people.see counter.overview repeats.review worklists.see",
        workplace=Workplace.SUPERVISION,
    ),
    _role(
        "property_manager",
        pgettext_lazy("role", "Property manager"),
        [Level.UNIT, Level.GRID],
        "cases.report cases.handle",
        workplace=Workplace.FIELD,
    ),
    _role("moderator", pgettext_lazy("role", "Moderator"), [Level.COMMUNITY]),
    _role("social_worker", pgettext_lazy("role", "Social worker"), [Level.COMMUNITY], "mediation.mediate"),
    _role("organiser", pgettext_lazy("role", "Organiser"), [Level.COMMUNITY]),
    _role("analyst", pgettext_lazy("role", "Analyst"), ANY_AREA),
    _role(
        "posting_officer",
        pgettext_lazy("role", "Posting officer"),
        [Level.STREET, Level.DISTRICT],
        "people.see people.postings",
        is_apart=True,
    ),
    _role(
        "administrator",
        pgettext_lazy("role", "Administrator"),
        [Level.DISTRICT],
        "places.areas places.boundaries configuration.manage people.see people.departments calendars.manage "
        "notices.manage emergency.manage counter.scripts",
        is_apart=True,
    ),
    _role(
        "security_officer",
        pgettext_lazy("role", "Security officer"),
        [Level.DISTRICT],
        "people.see people.accounts people.keys",
        is_apart=True,
    ),
    _role("auditor", pgettext_lazy("role", "Auditor"), [Level.DISTRICT], "people.see people.audit", is_apart=True),
)
ROLES = {role.key: role for role in _TABLE}


def roles_at(seat: Seat) -> list[str]:
    """Keys of the roles tied to `seat`, in the table's order."""
    return [role.key for role in _TABLE if role.seat is seat]


def guarded_duties() -> frozenset[str]:
    """Duties that only roles which never meet in one person give: no other role may be given one of them."""
    apart = [role.duties for role in _TABLE if role.is_apart]
    others = [role.duties for role in _TABLE if not role.is_apart]
    return frozenset().union(*apart).difference(*others)


def roles_apart() -> list[str]:
    """Keys of the roles of which one person holds at most one at any time."""
    return [role.key for role in _TABLE if role.is_apart]
