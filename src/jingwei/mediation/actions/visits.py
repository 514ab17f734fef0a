"""Follow-up: on a day, somebody looks whether what was agreed is kept."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock
from jingwei.mediation.actions.holding import holding, note
from jingwei.mediation.models import Mediation, Visit
from jingwei.mediation.rules import Seen, check_visit_day
from jingwei.people.public import Member

LONGEST = 2000


def plan_visit(mediation: Mediation, due_on: date, *, by: Member, now: datetime | None = None) -> Visit:
    """Look in on that day; those who mediate are reminded in the morning."""
    with holding(mediation, "mediation.work", "visit", by=by, now=now, is_open_needed=False) as (row, at):
        check_visit_day(due_on, clock.local(at).date(), row.visits.count())
        return Visit.objects.create(mediation=row, due_on=due_on)


def drop_visit(visit: Visit, *, by: Member, now: datetime | None = None) -> None:
    """It is not needed. A visit that was made stays on record."""
    with holding(visit.mediation, "mediation.work", "visit", by=by, now=now, is_open_needed=False) as (row, _at):
        if not row.visits.filter(pk=visit.pk, made_at=None).delete()[0]:
            raise Refused(_("This visit was made and stays on record."))


def make_visit(visit: Visit, *, seen: str, words: str, by: Member, now: datetime | None = None) -> Visit:
    """What was found. It may be made before its day; a visit that met nobody leaves the next one to be planned."""
    with holding(visit.mediation, "mediation.work", "visited", by=by, now=now, is_open_needed=False) as (row, at):
        held = row.visits.get(pk=visit.pk)
        if held.made_at is not None:
            raise Refused(_("This visit is written down already."))
        if seen not in Seen.values:
            raise Refused(_("Choose what was found."))
        words = words.strip()
        if seen == Seen.BROKEN and not words:
            raise Refused(_("Say what is not kept: whoever takes it up again reads it."))
        held.seen, held.words, held.made_at, held.member = seen, words[:LONGEST], at, by
        held.save()
        note(row, "visited", by=by, at=at)
    return held
