"""A file of tickets is taken in, its columns are named, it is looked at, and runs as a job that tells how far it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Intake, report_cases
from jingwei.counter.facts import TicketsBrought
from jingwei.counter.models import Call, TicketSheet
from jingwei.counter.policy import IMPORT
from jingwei.counter.tickets import columns
from jingwei.counter.tickets.ground import Ground
from jingwei.counter.tickets.judging import Fate, Judged, Row, judge, with_account
from jingwei.kernel.public import WHOLE, NotPermitted, Refused, clock, opened, publish, read_lines, require, uuid7
from jingwei.people.public import Member, load_member, load_software

MOST_ROWS = 5000
LONGEST_CELL = 2000
BATCH = 100


class Lines(msgspec.Struct):
    """A file as it is kept until it has run: the heads of its columns and its rows."""

    heads: list[str]
    rows: list[Row]


def take_tickets(
    content: bytes, name: str, *, source: str, key: UUID | None = None, by: Member, now: datetime | None = None
) -> TicketSheet:
    """Keep the rows of a file until somebody has looked at them. Refused where it cannot be read.

    Handed in again with the same `key`, it is the same file.
    """
    sheet = TicketSheet(id=key or uuid7(), member=by, code=_seat(by), source=source, created_at=now or clock.now())
    require(by, "counter.import", sheet)
    if known := TicketSheet.objects.filter(pk=sheet.pk, member=by).first():
        return known
    lines = list(read_lines(content, name, longest=LONGEST_CELL, is_plain=False))
    if len(lines) < 2:
        raise Refused(_("The file has no rows below its heads."))
    if len(lines) > MOST_ROWS + 1:
        raise Refused(_("The file has more than %(n)d rows. Split it.") % {"n": MOST_ROWS})
    (_number, heads), *rest = lines
    kept = Lines(heads, [Row(number, cells) for number, cells in rest])
    sheet.rows = msgspec.json.encode(kept).decode()
    sheet.mapping, sheet.total = columns.guess(heads), len(rest)
    try:
        with atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This id stands for another file already.")) from None
    return sheet


def _seat(member: Member) -> int:
    """The area into which a member brings tickets."""
    for post in member.posts:
        if IMPORT in post.duties and post.has_area:
            return post.first
    raise NotPermitted(_("You may not do this here."))


@atomic
def name_columns(sheet: TicketSheet, mapping: Mapping[str, int], *, by: Member) -> TicketSheet:
    """Say which column holds what."""
    sheet = _held(sheet, by)
    columns.check(mapping)
    sheet.mapping = dict(mapping)
    sheet.save(update_fields=["mapping"])
    return sheet


def lines_of(sheet: TicketSheet) -> Lines:
    """Heads and rows; none once it has run."""
    return msgspec.json.decode(sheet.rows, type=Lines) if sheet.rows else Lines([], [])


def plan_of(sheet: TicketSheet, by: Member, now: datetime) -> list[Judged]:
    """What the file would bring now."""
    try:
        columns.check(sheet.mapping)
    except Refused:
        return []
    rows, ground = lines_of(sheet).rows, Ground.read(sheet.code)
    return judge(rows, sheet.mapping, source=sheet.source, ground=ground, by=by, now=now)


@atomic
def begin_tickets(sheet: TicketSheet, *, by: Member) -> TicketSheet:
    """Let it run, once. Rows that are not in order are left out and stay listed."""
    sheet = _held(sheet, by)
    columns.check(sheet.mapping)
    sheet.state = TicketSheet.State.RUNNING
    sheet.save(update_fields=["state"])
    return sheet


def _held(sheet: TicketSheet, by: Member) -> TicketSheet:
    sheet = TicketSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.member_id != by.pk:
        raise NotPermitted(_("You may not do this here."))
    if sheet.state != TicketSheet.State.LOOKED_AT:
        raise Refused(_("This file is running already, or has run."))
    return sheet


def run_tickets(sheet: TicketSheet, now: datetime | None = None) -> None:
    """The work of the job, some rows a transaction. Begun again after it was killed, it finds those in already."""
    now = now or sheet.created_at
    with opened(WHOLE):
        by = _bringer(sheet)
        judged = plan_of(sheet, by, now)
    bad = {str(one.number): one.troubles[0].mend for one in judged if one.troubles}
    counts = {fate.value: sum(one.fate == fate for one in judged) for fate in (Fate.ALREADY, Fate.BAD)}
    new = [one for one in judged if one.fate == Fate.NEW]
    counts[Fate.NEW] = 0
    for start in range(0, len(new), BATCH):
        with opened(WHOLE):
            counts[Fate.NEW] += _report(new[start : start + BATCH], sheet, by, now)
            done = sheet.total - len(new) + start + BATCH
            TicketSheet.objects.filter(pk=sheet.pk).update(done=min(done, sheet.total), counts=counts)
    with opened(WHOLE):
        end = {"state": TicketSheet.State.DONE, "done": sheet.total, "counts": counts, "refused": bad, "rows": None}
        TicketSheet.objects.filter(pk=sheet.pk).update(**end)
        publish(TicketsBrought(code=sheet.code, new=counts[Fate.NEW], refused=len(bad)), by=by, at=now)


def _bringer(sheet: TicketSheet) -> Member:
    """Who chose the file, with what they hold now; software with what its keys give."""
    by = load_member(sheet.member_id)
    return load_software(by, IMPORT, sheet.code) if by.kind == Member.Kind.SOFTWARE else by


def _report(batch: Sequence[Judged], sheet: TicketSheet, by: Member, now: datetime) -> int:
    """Report them, and keep who called as a call, so that the number is known when it rings again."""
    drafts = [with_account(one.draft) for one in batch if one.draft is not None]
    calls = []
    for draft, answer in zip(drafts, report_cases(drafts, by=by, now=now), strict=True):
        if answer.result == Intake.CREATED:
            at, origin = draft.occurred_at or now, draft.origin
            calls.append(
                Call(
                    id=origin.id,
                    way=Call.Way.TICKET,
                    clerk=by,
                    code=sheet.code,
                    state=Call.State.DONE,
                    outcome=Call.Outcome.REPORTED,
                    caller_id=origin.member_id,
                    name=origin.name,
                    phone=origin.phone,
                    category_code=origin.category_code,
                    case_id=answer.case_id,
                    started_at=at,
                    ended_at=at,
                    wrapped_at=at,
                )
            )
    Call.objects.bulk_create(calls)
    return len(calls)
