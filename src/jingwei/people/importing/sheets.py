"""A sheet of staff is taken in, looked at, and run as a job that tells how far it is."""

from datetime import datetime

import msgspec
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import LARGEST_FILE, WHOLE, NotPermitted, Refused, clock, opened
from jingwei.people.importing.planning import Planned, plan
from jingwei.people.importing.reading import SheetRow, read_sheet
from jingwei.people.importing.running import Done, run
from jingwei.people.loading import load_member
from jingwei.people.models import Member, StaffSheet
from jingwei.people.queries import today

BATCH = 20
MOST_BYTES = LARGEST_FILE


def take_sheet(content: bytes, name: str, *, by: Member, now: datetime | None = None) -> StaffSheet:
    """Keep the rows of a file until somebody has looked at them. Refused where it cannot be read."""
    if not (by.has_duty("people.postings") or by.has_duty("people.accounts")):
        raise NotPermitted(_("You may not do this here."))
    rows = read_sheet(content, name)
    return StaffSheet.objects.create(
        member=by, rows=msgspec.json.encode(rows).decode(), total=len(rows), created_at=now or clock.now()
    )


def plan_of(sheet: StaffSheet, by: Member) -> list[Planned]:
    """What the sheet would change now; nothing once it has run."""
    rows = msgspec.json.decode(sheet.rows, type=list[SheetRow]) if sheet.rows else []
    return plan(rows, by=by, day=today())


@atomic
def begin_sheet(sheet: StaffSheet, *, by: Member) -> StaffSheet:
    """Let the sheet run, once, by whoever took it in, and only while every row is in order."""
    sheet = StaffSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.member_id != by.pk:
        raise NotPermitted(_("You may not do this here."))
    if sheet.state != StaffSheet.State.LOOKED_AT:
        raise Refused(_("This sheet is running already, or has run."))
    if any(one.troubles for one in plan_of(sheet, by)):
        raise Refused(_("Some rows are not in order. Mend them in the file, and choose it again."))
    sheet.state = StaffSheet.State.RUNNING
    sheet.save(update_fields=["state"])
    return sheet


def run_sheet(sheet: StaffSheet) -> None:
    """The work of the job, some rows a transaction. Begun again after it was killed, it finds those in already."""
    with opened(WHOLE):
        by = load_member(sheet.member_id)
        planned = plan_of(sheet, by)
    done = Done()
    for start in range(0, len(planned), BATCH):
        with opened(WHOLE):
            run(planned[start : start + BATCH], by=by, done=done)
            StaffSheet.objects.filter(pk=sheet.pk).update(done=start + BATCH, counts=done.counts, refused=done.refused)
    with opened(WHOLE):
        StaffSheet.objects.filter(pk=sheet.pk).update(state=StaffSheet.State.DONE, done=sheet.total, rows=None)
