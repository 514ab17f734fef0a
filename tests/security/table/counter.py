"""Calls: whoever has a counter begins their own; what others have open is nobody else's."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from jingwei.counter.models import Call, FirstAsked, Script, TicketSheet
from jingwei.emergency.testing import FIRE
from jingwei.places.public import codes
from tests.security.route import NOT_SIGNED_IN, Deed, Everyone, Got, Route, at, elsewhere, walkers
from tests.security.table.groups import PARTY, PROFESSIONALS
from tests.security.table.machines import HERE, KEYS, Api, ApiDeed, ApiUpload
from tests.security.world import ABSENT_ID, World

CLERKS = (
    at("counter_clerk community_officer", "community")
    | at("counter_clerk", "street")
    | at("call_taker dispatcher duty_officer", "street", "district")
    | elsewhere("counter_clerk community_officer call_taker dispatcher duty_officer")
)
OFFICE = PARTY | PROFESSIONALS | at("professional", "other category") | elsewhere("professional")
"""Those of the office to which a call was handed."""
ADMINISTRATORS = at("administrator", "district") | elsewhere("administrator")
BRINGERS = at("call_taker dispatcher", "street", "district") | elsewhere("call_taker dispatcher")
CENTRES = walkers("key", "key elsewhere")
"""Software that takes calls."""
NOBODY: frozenset[str] = frozenset()
STAFF = Everyone(*NOT_SIGNED_IN, "reporter", "neighbour", "staff without a post")
"""Anybody may be asked first."""
LEADERS = (
    at("leader", "street", "district") | at("community_officer", "community") | elsewhere("leader community_officer")
)


def _mine(world: World) -> dict[str, Any]:
    """A call that is open at another clerk's."""
    return {"key": world.call.pk}


def _ended(world: World) -> dict[str, Any]:
    return {"key": world.ended_call.pk}


def _absent(_world: World) -> dict[str, Any]:
    return {"key": ABSENT_ID}


def _state(call: str) -> Callable[[World], Any]:
    def read(world: World) -> Any:
        row = Call.objects.get(pk=getattr(world, call).pk)
        return row.state, row.outcome, row.words, row.parked_at, row.phone

    return read


def _offered(world: World) -> dict[str, Any]:
    """A call that its clerk hands to the office of the cases."""
    return {"key": world.offered_call.pk}


def _sheet(world: World) -> dict[str, Any]:
    """A file that another clerk has chosen."""
    return {"key": world.ticket_sheet.pk}


def _holder(call: str) -> Callable[[World], Any]:
    def read(world: World) -> Any:
        row = Call.objects.get(pk=getattr(world, call).pk)
        return row.clerk_id, row.to_member_id, row.to_department_id

    return read


def _note(world: World) -> dict[str, Any]:
    """What somebody of staff, whom no walker is, has noted."""
    return {"key": world.asked_first.pk}


def _notes(_world: World) -> int:
    return FirstAsked.objects.count()


def _note_of_software(world: World) -> dict[str, Any]:
    area = codes.write(world.home.street)
    return {"id": str(ABSENT_ID), "way": "shown", "area": area, "words": "Opening hours"}


def _kind(_world: World) -> dict[str, Any]:
    return {"kind": "0201"}


def _no_kind(_world: World) -> dict[str, Any]:
    return {"kind": "9999"}


def _script(_world: World) -> dict[str, Any]:
    return {"kind": "0201", "opening": "Hello", "questions": "", "answers": "", "reason": "x"}


def _editions(_world: World) -> int:
    return Script.objects.count()


def _deed(name: str, to: Callable[[World], dict[str, Any]] = _mine, **typed: str) -> Deed:
    kept = "call" if to is _mine else "ended_call"
    said = {"words": "Changed", "phone": "13900004444"} | typed
    return Deed(f"counter:{name}", NOBODY, to, _absent, typed=lambda _world: said, changes=_state(kept))


def _offered_to_software(world: World) -> dict[str, Any]:
    """A key that handles cases acts for the offices of its place."""
    return {"call": world.offered_call.pk}


def _absent_call(_world: World) -> dict[str, Any]:
    return {"call": ABSENT_ID}


def _software_deed(name: str, **typed: Any) -> ApiDeed:
    """Of the call that is offered to its office a key sees all, and does nothing before it takes it."""
    return ApiDeed(
        f"api-1:{name}",
        NOBODY,
        _offered_to_software,
        _absent_call,
        typed=lambda _world: typed,
        changes=_state("offered_call"),
        told=HERE,
        others=Got.HIDDEN,
    )


def _sheet_to_software(world: World) -> dict[str, Any]:
    return {"sheet": world.ticket_sheet.pk}


def _absent_sheet(_world: World) -> dict[str, Any]:
    return {"sheet": ABSENT_ID}


def _tickets(_world: World) -> dict[str, Any]:
    file = SimpleUploadedFile("tickets.csv", "工单编号,诉求内容\nGZ-1,路灯不亮\n".encode(), "text/csv")
    return {"id": str(ABSENT_ID), "source": "12345", "file": file}


ROUTES: tuple[Route, ...] = (
    Route("counter:home", CLERKS),
    Deed(
        "counter:begin",
        CLERKS,
        typed=lambda _world: {"way": "phone"},
        changes=lambda _world: Call.objects.count(),
    ),
    Route("counter:call", NOBODY, _mine, _absent),
    _deed("call"),
    _deed("look-up"),
    _deed("park"),
    _deed("report"),
    _deed("alarm"),
    _deed("answer", answer="At nine"),
    Deed(
        "counter:follow",
        NOBODY,
        _mine,
        _absent,
        typed=lambda world: {"case": world.cases["filed"].number},
        changes=_state("call"),
    ),
    _deed("drop"),
    _deed("wrap", _ended, note="x", helped="handled"),
    Route("counter:hand", NOBODY, _mine, _absent),
    Deed(
        "counter:hand",
        NOBODY,
        _mine,
        _absent,
        typed=lambda world: {"to": f"m{world.home.dispatcher.pk}", "note": "x"},
        changes=_holder("call"),
    ),
    Deed("counter:keep", NOBODY, _offered, _absent, told=OFFICE, changes=_holder("offered_call")),
    Deed("counter:take", OFFICE, _offered, _absent, changes=_holder("offered_call")),
    Route("counter:call", OFFICE, _offered, _absent),
    Route("counter:scripts", ADMINISTRATORS),
    Route("counter:script-new", ADMINISTRATORS),
    Deed("counter:script-new", ADMINISTRATORS, typed=_script, changes=_editions),
    Route("counter:script", ADMINISTRATORS, _kind, _no_kind),
    Deed("counter:script", ADMINISTRATORS, _kind, _no_kind, typed=_script, changes=_editions),
    Route("counter:script-editions", ADMINISTRATORS, _kind, _no_kind),
    Deed("counter:script-end", ADMINISTRATORS, _kind, _no_kind, changes=_editions),
    Route("counter:tickets", BRINGERS),
    Deed(
        "counter:tickets",
        NOBODY,
        told=BRINGERS,
        typed=lambda _world: {"source": "12345"},
        changes=lambda _world: TicketSheet.objects.count(),
    ),
    Route("counter:ticket-sheet", NOBODY, _sheet, _absent),
    Deed(
        "counter:ticket-sheet",
        NOBODY,
        _sheet,
        _absent,
        typed=lambda _world: {"key": "1", "words": "0"},
        changes=lambda world: TicketSheet.objects.get(pk=world.ticket_sheet.pk).mapping,
    ),
    Deed(
        "counter:ticket-begin",
        NOBODY,
        _sheet,
        _absent,
        changes=lambda world: TicketSheet.objects.get(pk=world.ticket_sheet.pk).state,
    ),
    *(
        Deed(
            name,
            STAFF,
            typed=lambda _world: {"words": "Opening hours", "way": "shown"},
            changes=_notes,
        )
        for name in ("asked:home", "asked:field")
    ),
    *(Route(name, STAFF) for name in ("asked:home", "asked:field")),
    *(Deed(name, NOBODY, _note, _absent, changes=_notes) for name in ("asked:take-back", "asked:field-take-back")),
    Route("asked:overview", LEADERS),
    ApiDeed(
        "api-1:note_first_asked",
        HERE,
        typed=_note_of_software,
        changes=_notes,
        told=KEYS,
    ),
    Api("api-1:calls", KEYS),
    ApiDeed(
        "api-1:begin_call",
        CENTRES,
        typed=lambda _world: {"id": str(ABSENT_ID)},
        changes=lambda _world: Call.objects.count(),
        told=KEYS,
    ),
    Api("api-1:one_call", NOBODY, lambda world: {"call": world.call.pk}, _absent_call),
    Api("api-1:one_call", HERE, _offered_to_software, _absent_call),
    Api("api-1:alike_cases", HERE, _offered_to_software, _absent_call),
    Api("api-1:call_takers", HERE, _offered_to_software, _absent_call),
    _software_deed("write_call", words="Changed"),
    _software_deed("look_up_caller", phone="13900004444"),
    _software_deed("report_call"),
    _software_deed("alarm_call", category=FIRE[0], condition=FIRE[1]),
    _software_deed("close_answered_call", answer="At nine"),
    ApiDeed(
        "api-1:follow_case_of_call",
        NOBODY,
        _offered_to_software,
        _absent_call,
        typed=lambda world: {"case": world.cases["filed"].number},
        changes=_state("offered_call"),
        told=HERE,
        others=Got.HIDDEN,
    ),
    _software_deed("hand_call", member=1, note="x"),
    _software_deed("wrap_call", note="x"),
    _software_deed("drop_call"),
    ApiDeed(
        "api-1:act_on_call",
        HERE,
        lambda world: {**_offered_to_software(world), "verb": "take"},
        lambda _world: {"call": ABSENT_ID, "verb": "take"},
        changes=_holder("offered_call"),
        others=Got.HIDDEN,
    ),
    Api("api-1:call_scripts", CENTRES, told=KEYS),
    Api("api-1:call_script_editions", CENTRES, _kind, told=KEYS),
    ApiDeed(
        "api-1:publish_call_script",
        CENTRES,
        _kind,
        typed=lambda _world: {"opening": "Hello", "reason": "x"},
        changes=_editions,
        told=KEYS,
    ),
    ApiDeed("api-1:end_call_script", CENTRES, _kind, changes=_editions, told=KEYS),
    Api("api-1:ticket_files", CENTRES, told=KEYS),
    ApiUpload(
        "api-1:hand_in_tickets", CENTRES, typed=_tickets, changes=lambda _world: TicketSheet.objects.count(), told=KEYS
    ),
    Api("api-1:ticket_file", NOBODY, _sheet_to_software, _absent_sheet),
    ApiDeed(
        "api-1:name_ticket_columns",
        NOBODY,
        _sheet_to_software,
        _absent_sheet,
        typed=lambda _world: {"key": 1, "words": 0},
        changes=lambda world: TicketSheet.objects.get(pk=world.ticket_sheet.pk).mapping,
        others=Got.HIDDEN,
    ),
    ApiDeed(
        "api-1:begin_ticket_file",
        NOBODY,
        _sheet_to_software,
        _absent_sheet,
        changes=lambda world: TicketSheet.objects.get(pk=world.ticket_sheet.pk).state,
        others=Got.HIDDEN,
    ),
    ApiDeed(
        "api-1:take_back_first_asked",
        NOBODY,
        lambda world: {"note": world.asked_first.pk},
        lambda _world: {"note": ABSENT_ID},
        changes=_notes,
        others=Got.HIDDEN,
    ),
    Api("api-1:first_asked_counts", walkers("key", "key elsewhere"), told=KEYS),
)
