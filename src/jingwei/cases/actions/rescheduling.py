"""The calendars have changed: every open case gets the dates that follow, one transaction each.

Run again it finds nothing to do, so that a run that was killed is simply begun anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.calendars.public import Calendars, Example, Impact, calendars
from jingwei.cases import docket, store
from jingwei.cases.dates import Dates, as_they_are, as_they_would_be, reschedule
from jingwei.cases.life import Doing
from jingwei.cases.models import Case, DocketEntry, Stage
from jingwei.cases.models.docket import COURSE
from jingwei.kernel.public import WHOLE, clock, opened

PAGE = 500
MOST_EXAMPLES = 12


@dataclass(frozen=True)
class Moved:
    """An open case whose dates change, and how."""

    case: Case
    before: Dates
    after: Dates

    @property
    def example(self) -> Example:
        assert self.before.promise
        assert self.after.promise
        return Example(self.case.number, self.before.promise.at, self.after.promise.at)

    @property
    def has_new_promise(self) -> bool:
        return (
            self.before.promise is not None and self.before.promise.at != (self.after.promise or self.before.promise).at
        )

    @property
    def has_new_stage(self) -> bool:
        return self.before.stage is not None and self.before.stage.at != (self.after.stage or self.before.stage).at


def impact_of(known: Calendars) -> Impact:
    """What would move if these were the calendars. Writes nothing."""
    impact = Impact()
    for page in _pages():
        impact.open += len(page)
        for one in moved(page, known):
            impact.promises += one.has_new_promise
            impact.stages += one.has_new_stage
            impact.firm += one.before.is_provisional and not one.after.is_provisional
            if one.has_new_promise and len(impact.examples) < MOST_EXAMPLES:
                impact.examples.append(one.example)
    return impact


def reschedule_cases(now: datetime | None = None) -> int:
    """Move the dates of open cases as the calendars say now. Gives how many cases were touched."""
    known = calendars()
    return sum(_reschedule(one.case.pk, known, now) for page in _pages() for one in moved(page, known))


def moved(page: Sequence[tuple[Case, Stage | None]], known: Calendars) -> Iterator[Moved]:
    """Those whose dates would be others."""
    for case, stage in page:
        before, after = as_they_are(case, stage), as_they_would_be(case, stage, known)
        if before != after:
            yield Moved(case, before, after)


def _reschedule(case_id: UUID, known: Calendars, now: datetime | None) -> bool:
    with opened(WHOLE):
        life = store.load(case_id)
        if not life.case.is_open or as_they_are(life.case, life.stage) == as_they_would_be(
            life.case, life.stage, known
        ):
            return False  # it has moved on since it was looked at
        departments = docket.lineages()
        before = docket.plan(life, departments)
        at = now or clock.now()
        reschedule(life, Doing(None, at, at, known))
        store.save(life, before, departments)
    return True


def _pages() -> Iterator[list[tuple[Case, Stage | None]]]:
    """The open cases with their running stages, by the docket, which has them all."""
    last = UUID(int=0)
    while True:
        with opened(WHOLE):
            ahead = DocketEntry.objects.filter(case_id__gt=last, tray__in=COURSE).order_by("case_id")
            keys = list(ahead.values_list("case_id", flat=True).distinct()[:PAGE])
            cases = Case.objects.filter(pk__in=keys).select_related("condition").order_by("pk")
            stages = {stage.case_id: stage for stage in Stage.objects.filter(case_id__in=keys, ended_at=None)}
            page = [(case, stages.get(case.pk)) for case in cases]
        if not keys:
            return
        yield page
        last = keys[-1]
