"""Tickets of another hotline by file, for other software: hand in a file, see what it would bring, let it run.

Thin: each operation calls one action. For keys with the duties `counter.import` and `cases.report`.
"""

from collections import Counter
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.counter.jobs import run_ticket_sheet
from jingwei.counter.models import TicketSheet
from jingwei.counter.policy import IMPORT
from jingwei.counter.tickets import sheets
from jingwei.counter.tickets.judging import Fate, Judged
from jingwei.kernel.public import LARGEST_FILE, NotPermitted, clock
from jingwei.people.public import KeyRequest, Member

router = Router(tags=["tickets"])
MOST_SHOWN = 200
Column = Annotated[int, Field(ge=0, le=999)]


class ColumnsIn(Schema):
    """Which column (from 0) holds what. `key` and `words` are needed; what is not in the file is left out."""

    model_config = ConfigDict(extra="forbid")

    key: Column
    words: Column
    reported: Column | None = None
    address: Column | None = None
    area: Column | None = None
    category: Column | None = None
    name: Column | None = None
    phone: Column | None = None


class TicketFileIn(Schema):
    """`source` names the hotline, the same each time: by it and its number a ticket is known again. Sent again with
    the same `id`, it is the same file.
    """

    id: UUID
    source: Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,40}$")]


class TroubleOut(Schema):
    """What is wrong in a row: in which field (empty: the whole row), what stands there, and how it is mended."""

    row: int
    field: str
    value: str
    mend: str


class TicketFileOut(Schema):
    """A file. `state`: looked_at, running, done. `counts` by what becomes of a row: new, already, bad; before it runs
    they say what it would bring now. `columns` as in what is posted to `…/columns`. `unplaced` rows are reported for
    the whole area of the key, since no closer place was found.
    """

    id: UUID
    source: str
    state: str
    heads: list[str]
    columns: dict[str, int]
    total: int
    done: int
    counts: dict[str, int]
    unplaced: int
    troubles: list[TroubleOut]
    created_at: datetime


class TicketFileLineOut(Schema):
    id: UUID
    source: str
    state: str
    total: int
    done: int
    created_at: datetime


@router.get("/ticket-files", response=list[TicketFileLineOut])
def ticket_files(request: KeyRequest) -> list[dict[str, Any]]:
    """The files that the key handed in during the last day, the newest first."""
    _require_importing(request.auth)
    names = TicketFileLineOut.model_fields
    mine = TicketSheet.objects.filter(member=request.auth).order_by("-created_at")
    return [{name: getattr(one, name) for name in names} for one in mine]


@router.post("/ticket-files", response={200: TicketFileOut, 201: TicketFileOut})
def hand_in_tickets(request: KeyRequest, given: Form[TicketFileIn], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Hand in an .xlsx, .xls, .ods or .csv of 5 MB and 5000 rows at most (201); the same `id` came before (200).

    Nothing is reported yet: the answer says what it would bring.
    """
    _require_importing(request.auth)
    before = TicketSheet.objects.filter(pk=given.id, member=request.auth).exists()
    content = file.read(LARGEST_FILE + 1)
    sheet = sheets.take_tickets(content, file.name or "", source=given.source, key=given.id, by=request.auth)
    return Status(200 if before else 201, _shown(sheet, request.auth))


@router.get("/ticket-files/{uuid:sheet}", response=TicketFileOut)
def ticket_file(request: KeyRequest, sheet: UUID) -> dict[str, Any]:
    """What the file would bring now, how far it is, or what became of it."""
    return _shown(_mine(request.auth, sheet), request.auth)


@router.post("/ticket-files/{uuid:sheet}/columns", response=TicketFileOut)
def name_ticket_columns(request: KeyRequest, sheet: UUID, given: ColumnsIn) -> dict[str, Any]:
    """Say which column holds what, where it was not guessed rightly."""
    row = sheets.name_columns(_mine(request.auth, sheet), given.model_dump(exclude_none=True), by=request.auth)
    return _shown(row, request.auth)


@router.post("/ticket-files/{uuid:sheet}/begin", response=TicketFileOut)
def begin_ticket_file(request: KeyRequest, sheet: UUID) -> dict[str, Any]:
    """Let it run in the background, by what the key may do then. Rows that are not in order are left out."""
    row = _mine(request.auth, sheet)
    if row.state == TicketSheet.State.LOOKED_AT:
        row = sheets.begin_tickets(row, by=request.auth)
        run_ticket_sheet.defer(key=str(row.pk))
    return _shown(row, request.auth)


def _require_importing(member: Member) -> None:
    if not member.has_duty(IMPORT):
        raise NotPermitted


def _mine(member: Member, key: UUID) -> TicketSheet:
    return TicketSheet.objects.get(pk=key, member=member)


def _shown(sheet: TicketSheet, member: Member) -> dict[str, Any]:
    is_looked_at = sheet.state == TicketSheet.State.LOOKED_AT
    judged = sheets.plan_of(sheet, member, clock.now()) if is_looked_at else []
    counts = Counter(str(one.fate) for one in judged) if is_looked_at else sheet.counts
    names = ("id", "source", "state", "total", "done", "created_at")
    return {name: getattr(sheet, name) for name in names} | {
        "heads": sheets.lines_of(sheet).heads,
        "columns": sheet.mapping,
        "counts": {fate.value: counts.get(fate.value, 0) for fate in Fate},
        "unplaced": sum(1 for one in judged if one.draft and not one.troubles and not one.is_placed),
        "troubles": _troubles(judged) if is_looked_at else _refused(sheet),
    }


def _troubles(judged: list[Judged]) -> list[dict[str, Any]]:
    found = [
        {"row": one.number, "field": trouble.field, "value": trouble.value, "mend": trouble.mend}
        for one in judged
        for trouble in one.troubles
    ]
    return found[:MOST_SHOWN]


def _refused(sheet: TicketSheet) -> list[dict[str, Any]]:
    rows = [{"row": int(row), "field": "", "value": "", "mend": mend} for row, mend in sheet.refused.items()]
    return rows[:MOST_SHOWN]
