"""Who holds what: for those who look after a place, and for those who arrange its postings."""

from typing import Any
from uuid import UUID

from jingwei.people.actions import add_training, create_team
from jingwei.people.models import Team, Training
from jingwei.people.public import Absence, Posting, arrange_absence
from jingwei.people.queries import today
from tests.security.route import SIGNED_IN, Deed, Given, Route, at, elsewhere
from tests.security.world import World

LOOKERS = (
    at("leader dispatcher duty_officer posting_officer", "street", "district")
    | at("community_officer", "community")
    | at("administrator security_officer auditor", "district")
    | elsewhere(
        "leader dispatcher duty_officer posting_officer community_officer administrator security_officer auditor"
    )
)
"""Wherever their own place is, which is the one that they see."""
ARRANGERS = at("posting_officer", "street", "district") | at("security_officer", "district")
ANY_ARRANGERS = ARRANGERS | elsewhere("posting_officer security_officer")


def posting(world: World) -> Posting:
    return world.home.grid_worker.postings.get()


def to_posting(world: World) -> Given:
    return {"key": posting(world).pk}


def to_member(world: World) -> Given:
    return {"key": world.home.grid_worker.pk}


def nobody(_world: World) -> Given:
    return {"key": 2**40}


def absence(world: World) -> Absence:
    """One that has been arranged for the grid worker."""
    found = Absence.objects.filter(member=world.home.grid_worker).first()
    day = today()
    return found or arrange_absence(
        world.home.grid_worker, begins_on=day, ends_on=day.replace(year=day.year + 1), by=None
    )


def to_absence(world: World) -> Given:
    return {"key": absence(world).pk}


def to_clash(world: World) -> Given:
    return {"first": posting(world).pk, "second": posting(world).pk}


def no_clash(_world: World) -> Given:
    return {"first": 2**40, "second": 2**40}


def ends_on(world: World) -> Any:
    return Posting.objects.get(pk=posting(world).pk).ends_on


def absent_until(world: World) -> Any:
    return absence(world).ends_on


SETS_UP = at("administrator", "district")
ANY_SET_UP = SETS_UP | elsewhere("administrator")


def to_office(world: World) -> Given:
    return {"key": world.other_department.pk}


def no_sheet(_world: World) -> Given:
    return {"key": UUID(int=1)}


def team(world: World, kind: str = "service") -> Team:
    """One of the street."""
    found = Team.objects.filter(code=world.home.street, kind=kind).first()
    return found or create_team(name=f"Team of {kind}", kind=kind, code=world.home.street, by=None)


def to_team(world: World) -> Given:
    return {"key": team(world).pk}


def to_volunteers(world: World) -> Given:
    return {"key": team(world, "volunteer").pk}


def to_training(world: World) -> Given:
    worker = world.home.grid_worker
    found = Training.objects.filter(member=worker).first()
    found = found or add_training(worker, name="First aid", held_on=today(), hours=8, by=None)
    return {"kind": "training", "key": found.pk}


ROUTES: tuple[Route, ...] = (
    Route("people:leave", ARRANGERS, to=to_member, absent=nobody),
    Route(
        "people:add-record",
        ARRANGERS,
        to=lambda world: {**to_member(world), "kind": "training"},
        absent=lambda world: {**nobody(world), "kind": "training"},
    ),
    Route(
        "people:remove-record",
        ARRANGERS,
        to=to_training,
        absent=lambda _world: {"kind": "training", "key": 2**40},
        method="post",
    ),
    Route("people:teams", ANY_ARRANGERS),
    Route("people:new-team", ANY_ARRANGERS),
    Route("people:add-to-team", ARRANGERS, to=to_team, absent=nobody),
    Route(
        "people:take-from-team",
        ARRANGERS,
        to=lambda world: {**to_team(world), "member": world.home.grid_worker.pk},
        absent=lambda world: {"key": 2**40, "member": world.home.grid_worker.pk},
        method="post",
    ),
    Route("people:end-team", ARRANGERS, to=to_team, absent=nobody, method="post"),
    Route("people:own-teams", SIGNED_IN),
    Route("people:volunteer", SIGNED_IN, to=to_volunteers, absent=nobody, method="post"),
    Route("people:import-staff", ANY_ARRANGERS),
    Route("people:staff-template", ANY_ARRANGERS),
    Route("people:staff-sheet", (), to=no_sheet),  # of whoever chose the file only: nobody did here
    Route("people:begin-staff-sheet", (), to=no_sheet, method="post"),
    Route("people:departments", ANY_SET_UP),
    Route("people:new-department", ANY_SET_UP),
    Route("people:rename-department", SETS_UP, to=to_office, absent=nobody),
    Route("people:move-department", SETS_UP, to=to_office, absent=nobody),
    Route("people:close-department", SETS_UP, to=to_office, absent=nobody),
    Route("people:people", LOOKERS),
    Route("people:people-export", LOOKERS),
    Route("people:arrange", ANY_ARRANGERS),
    Route("people:posting", ARRANGERS, to=to_posting, absent=nobody),
    Route("people:end-posting", ARRANGERS, to=to_posting, absent=nobody),
    Deed(
        "people:end-posting",
        ARRANGERS,
        to=to_posting,
        absent=nobody,
        typed=lambda _world: {"ends_on": today()},
        changes=ends_on,
    ),
    Route("people:hand-over", ARRANGERS, to=to_member, absent=nobody),
    Route("people:absence", ARRANGERS, to=to_member, absent=nobody),
    Deed("people:end-absence", ARRANGERS, to=to_absence, absent=nobody, changes=absent_until),
    Route("people:keep-clash", ARRANGERS, to=to_clash, absent=no_clash),
)
