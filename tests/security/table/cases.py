"""Cases: at the desk, in the field, for the reporter. They are of a street's class, in the hands of its department."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from jingwei.cases.public import Case
from jingwei.kernel.public import clock
from jingwei.people.public import Read
from tests.security.route import Deed, Given, Route, walkers
from tests.security.table.groups import (
    ANSWERS_STREET,
    CHECKERS,
    COMMUNITY_OFFICERS,
    CONTACTS_PLACE,
    DEPARTMENT_LEADS,
    DISTRICT_LEADERS,
    FIELD,
    FILERS,
    JUDGES,
    LEADERS,
    OFFICERS,
    PARTY,
    PROFESSIONALS,
    SEES_PLACE,
    SOLVERS,
)
from tests.security.world import ABSENT_ID, ABSENT_NUMBER, World

SEES = SEES_PLACE | PROFESSIONALS
SEES_ALL = SEES | PARTY
FIELD_SEES = SEES & FIELD
CONTACTS = CONTACTS_PLACE | PROFESSIONALS | PARTY
FIELD_MOVES = (
    "file", "solve", "reject", "report_in", "join", "handle", "finish", "return", "decline", "check", "escalate",
    "reply", "inspect", "ask_extension", "ask_suspension", "resume", "submit",
    "appeal",
)  # fmt: skip
SOON = {"until": (clock.now() + timedelta(days=60)).date().isoformat()}
LAMP = {"category": "0201", "condition": "0201-01", "title": "Lamp is out"}

MOVES: dict[str, tuple[str, frozenset[str], dict[str, str]]] = {
    "file": ("reported", FILERS, LAMP),
    "solve": ("reported", SOLVERS, {"category": "0602", "condition": "0602-03", "title": "Moved", "words": "Moved"}),
    "reject": ("reported", FILERS, {"reason": "not_here", "words": "Next street"}),
    "withdraw": ("reported", frozenset(), {"words": "My mistake"}),
    "escalate": ("filed", ANSWERS_STREET, {"words": "Too large"}),
    "raise": ("in_hand", LEADERS, {"words": "Too slow"}),
    "send_down": ("filed", ANSWERS_STREET, {"level": "community", "words": "Yours"}),
    "dispatch": ("filed", ANSWERS_STREET, {"words": "Please mend it"}),
    "change_assistant": ("dispatched", ANSWERS_STREET, {"words": "They have the pumps"}),
    "join": ("called", PARTY | PROFESSIONALS, {}),
    "finish": ("assisting", PARTY | PROFESSIONALS, {"words": "Pumped dry"}),
    "decline": ("called", PARTY | PROFESSIONALS, {"words": "No pumps here"}),
    "ask_extension": ("in_hand", PARTY | PROFESSIONALS, {"until": "2099-01-05T12:00", "words": "The part is late"}),
    "extend": ("asked", ANSWERS_STREET, {"until": "2099-01-05T12:00"}),
    "refuse_extension": ("asked", ANSWERS_STREET, {"words": "It cannot wait"}),
    "ask_suspension": ("in_hand", PARTY | PROFESSIONALS, {**SOON, "reason": "budget", "words": "Next year"}),
    "suspend": ("stuck", DISTRICT_LEADERS, {**SOON, "reason": "budget", "words": "Next year"}),
    "deny_suspension": ("stuck", DISTRICT_LEADERS, {"words": "It cannot wait"}),
    "keep_suspended": ("suspended", DISTRICT_LEADERS, {**SOON, "words": "Not yet"}),
    "resume": ("suspended", PARTY | PROFESSIONALS | ANSWERS_STREET | DISTRICT_LEADERS, {}),
    "whistle": ("near", COMMUNITY_OFFICERS, {"words": "A pipe has burst"}),
    "recall": ("dispatched", ANSWERS_STREET, {"words": "Wrong party"}),
    "report_in": ("dispatched", PARTY | PROFESSIONALS, {}),
    "return": ("in_hand", PARTY | PROFESSIONALS, {"words": "Not ours"}),
    "submit": ("confirming", PARTY, {"words": "Set anew"}),
    "improve": ("submitted", DEPARTMENT_LEADS, {"words": "Measure again"}),
    "handle": ("in_hand", PARTY | PROFESSIONALS, {"words": "A new lamp"}),
    "check": ("handled", CHECKERS, {"result": "solved"}),
    "call_back": ("poor", OFFICERS, {"result": "settled", "words": "All well"}),
    "review": ("poor", OFFICERS, {"words": "All were there"}),
    "inspect": ("drawn", CHECKERS - PROFESSIONALS, {"result": "passed"}),
    "merge": ("filed", OFFICERS, {}),
    "unmerge": ("merged", OFFICERS, {"words": "Another lamp"}),
    "group": ("in_hand", OFFICERS, {}),
    "ungroup": ("grouped", OFFICERS, {"words": "By itself"}),
    "appeal": ("late", ANSWERS_STREET, {"record": "clock-2", "words": "The form was out of order"}),
    "decide": ("appealed", JUDGES, {"record": "clock-2", "verdict": "upheld", "words": "It was"}),
    "urge": ("in_hand", LEADERS, {"words": "It waits"}),
    "supervise": ("in_hand", LEADERS, {"limit": "1d", "words": "Why so long?"}),
    "reply": ("supervised", PARTY | PROFESSIONALS, {"words": "It comes today"}),
    "reopen": ("closed", CHECKERS, {"level": "street", "words": "Still dark"}),
}
"""Each move of the desk: from which state, who makes it, and what they type."""


def case(status: str) -> Callable[[World], Given]:
    return lambda world: {"number": world.cases[status].number}


def searched(status: str) -> Callable[[World], Given]:
    return lambda world: {"?q": world.cases[status].number}


def no_case(_world: World) -> Given:
    return {"number": ABSENT_NUMBER}


def version(status: str) -> Callable[[World], Any]:
    return lambda world: Case.objects.values_list("version", flat=True).get(pk=world.cases[status].pk)


def _of_move(verb: str) -> tuple[Callable[[World], Given], Callable[[World], Given], Callable[[World], Given]]:
    status, _movers, words = MOVES[verb]

    def to(world: World) -> Given:
        return {**case(status)(world), "verb": verb}

    def absent(_world: World) -> Given:
        return {"number": ABSENT_NUMBER, "verb": verb}

    def typed(world: World) -> Given:
        area = {"area": str(world.home.grid)} if verb == "file" else {}
        other = {"other": world.cases["in_hand"].number} if verb == "merge" else {}
        others = {"others": world.cases["reported"].number} if verb == "group" else {}
        party = {"party": f"d{world.home.department.pk}"} if verb == "dispatch" else {}
        called = {"lead": f"d{world.home.department.pk}", "others": f"d{world.other_department.pk}"}
        call = called if verb == "whistle" else {}
        add = {"add": f"d{world.other_department.pk}"} if verb == "change_assistant" else {}
        return {"seen": version(status)(world), **words, **area, **party, **call, **add, **other, **others}

    return to, absent, typed


def _seen_in(status: str) -> frozenset[str]:
    """Who sees the case at the desk in this state: professionals once it has a class, its party from then on."""
    if status in {"confirming", "submitted"}:  # of a class that the professional workers do not take
        return SEES_PLACE | PARTY
    if status in {"reported", "drawn"}:  # drawn is what was solved on the spot: of another class, sent to nobody
        return SEES_PLACE
    return SEES if status in {"filed", "near", "merged", "grouped"} else SEES_ALL


def _moves(portal: str, verbs: tuple[str, ...], among: frozenset[str] | None = None) -> list[Route]:
    routes: list[Route] = []
    for verb in verbs:
        status, movers, _words = MOVES[verb]
        to, absent, typed = _of_move(verb)
        seen = _seen_in(status) if among is None else _seen_in(status) & among
        movers = movers & seen
        routes.append(Route(f"{portal}:move", movers, to, absent, told=seen - movers))
        routes.append(
            Deed(f"{portal}:move", movers, to, absent, typed=typed, changes=version(status), told=seen - movers)
        )
    return routes


def _revealing(portal: str, to: frozenset[str]) -> list[Route]:
    """The number of whoever reported is shown to them, and that is noted."""
    return [
        Deed(
            f"{portal}:phone",
            to,
            case("dispatched"),
            no_case,
            typed=lambda _world: {"reason": "call_back"},
            changes=lambda _world: Read.objects.count(),
        )
    ]


def _mine(verb: str, status: str, typed: dict[str, Any], *, changes: Callable[[World], Any] | None = None) -> Deed:
    return Deed(
        f"resident:{verb}",
        walkers("reporter"),
        case(status),
        no_case,
        typed=lambda world: {"seen": version(status)(world), **typed},
        changes=changes or version(status),
    )


def _docket(kind: str, of: Callable[[World], int]) -> Callable[[World], Given]:
    return lambda world: {"holder": f"{kind}{of(world)}", "key": "all"}


def _ratings(world: World) -> int:
    return world.cases["closed"].ratings.count()


def _ticked(*, is_absent: bool = False, **more: str) -> Callable[[World], Given]:
    """Cases ticked in a list."""
    return lambda world: {**more, "?case": ABSENT_NUMBER if is_absent else world.cases["filed"].number}


def _typed_together(world: World) -> Given:
    number = world.cases["filed"].number
    return {"case": [number], f"seen-{number}": version("filed")(world), "words": "Too large"}


ROUTES: tuple[Route, ...] = (
    Route("desk:search", SEES_ALL, searched("dispatched"), lambda _world: {"?q": ABSENT_NUMBER}),
    Route("desk:case", SEES_ALL, case("dispatched"), no_case),
    Route("desk:case", SEES_ALL, case("closed"), no_case),
    Route("desk:case", SEES_PLACE, case("reported"), no_case),
    Route("desk:dates", SEES_ALL, case("dispatched"), no_case),
    Route("desk:group", SEES_ALL, case("dispatched"), no_case),
    Route("desk:news", SEES_ALL, case("dispatched"), no_case),
    Route("desk:phone", CONTACTS, case("dispatched"), no_case),
    *_revealing("desk", CONTACTS),
    *_moves("desk", tuple(MOVES)),
    Route("desk:together", SEES, _ticked(), _ticked(is_absent=True)),
    Route("desk:together-move", ANSWERS_STREET, _ticked(verb="escalate"), told=SEES - ANSWERS_STREET),
    Deed(
        "desk:together-move",
        ANSWERS_STREET,
        lambda _world: {"verb": "escalate"},
        typed=_typed_together,
        changes=version("filed"),
        told=SEES - ANSWERS_STREET,
    ),
    Route("desk:choice", SEES_PLACE, lambda world: {**case("reported")(world), "verb": "file"}),
    Route("desk:queue", SEES_PLACE, _docket("a", lambda world: world.home.grid)),
    Route(
        "desk:queue",
        SEES_PLACE - walkers("grid_worker@grid", "grid_leader@grid"),
        _docket("a", lambda w: w.home.community),
    ),
    Route("desk:queue", PARTY, _docket("d", lambda world: world.home.department.pk)),
    Route("desk:queue", frozenset(), _docket("m", lambda world: world.home.resident.pk)),
    Route("field:case", FIELD_SEES, case("dispatched"), no_case),
    Route("field:news", FIELD_SEES, case("dispatched"), no_case),
    Route("field:phone", CONTACTS & FIELD, case("dispatched"), no_case),
    *_revealing("field", CONTACTS & FIELD),
    *_moves("field", FIELD_MOVES, FIELD),
    Route("field:choice", FIELD_SEES - PROFESSIONALS, lambda world: {**case("reported")(world), "verb": "file"}),
    Route("resident:case", walkers("reporter"), case("closed"), no_case),
    Route("resident:news", walkers("reporter"), case("closed"), no_case),
    Route("resident:reopen", walkers("reporter"), case("closed"), no_case),
    Route("resident:withdraw", walkers("reporter"), case("reported"), no_case),
    Route("resident:appeal", walkers("reporter"), case("rejected"), no_case),
    Route("resident:urge", walkers("reporter"), case("in_hand"), no_case),
    _mine("rate", "closed", {"grade": 5}, changes=_ratings),
    _mine("confirm", "private", {"answer": "good"}),
    _mine("reopen", "closed", {"reason": "again", "words": "Still dark"}),
    _mine("withdraw", "reported", {"words": "My mistake"}),
    _mine("appeal", "rejected", {"words": "It does happen here"}),
    _mine("urge", "in_hand", {"words": "It is dark"}),
    Route(
        "cases:photo",
        SEES_PLACE | walkers("reporter"),
        lambda world: {"photo_id": world.photo.pk},
        lambda _world: {"photo_id": ABSENT_ID},
    ),
    Route(
        "cases:small-photo",
        SEES_PLACE | walkers("reporter"),
        lambda world: {"photo_id": world.photo.pk},
        lambda _world: {"photo_id": ABSENT_ID},
    ),
)
