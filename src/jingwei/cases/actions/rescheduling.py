"""The calendars have changed: every open case gets the dates that follow, one transaction each.

Run again it finds nothing to do, so that a run that was killed is simply begun anew.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.calendars.public import Calendars, Example, Impact, calendars
from jingwei.cases import docket, store
from jingwei.cases.dates import Dates, as_they_are, as_they_would_be, reschedule
from jingwei.cases.life import Doing
from jingwei.cases.models import Assignment, Case, DocketEntry, Stage
from jingwei.cases.models.docket import COURSE
from jingwei.cases.workflow import Part
from jingwei.kernel.public import WHOLE, clock, opened

PAGE = 500
Open = tuple[Case, Stage | None, Sequence[Assignment]]
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
        """Also where it is an assistant's time to report in."""
        stage = self.before.stage
        moves = stage is not None and stage.at != (self.after.stage or stage).at
        return moves or self.before.report_in != self.after.report_in


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


def moved(page: Sequence[Open], known: Calendars) -> Iterator[Moved]:
    """Those whose dates would be others."""
    for case, stage, parts in page:
        before, after = as_they_are(case, stage, parts), as_they_would_be(case, stage, known, parts)
        if before != after:
            yield Moved(case, before, after)


def _reschedule(case_id: UUID, known: Calendars, now: datetime | None) -> bool:
    with opened(WHOLE):
        life = store.load(case_id)
        now_are = as_they_are(life.case, life.stage, life.assistants)
        if not life.case.is_open or now_are == as_they_would_be(life.case, life.stage, known, life.assistants):
            return False  # it has moved on since it was looked at
        departments = docket.lineages()
        before = docket.plan(life, departments)
        at = now or clock.now()
        reschedule(life, Doing(None, at, at, known))
        store.save(life, before, departments)
    return True


def _pages() -> Iterator[list[Open]]:
    """The open cases, by the docket, which has them all: each with its stage and who has to report in to assist."""
    last = UUID(int=0)
    while True:
        with opened(WHOLE):
            ahead = DocketEntry.objects.filter(case_id__gt=last, tray__in=COURSE).order_by("case_id")
            keys = list(ahead.values_list("case_id", flat=True).distinct()[:PAGE])
            cases = Case.objects.filter(pk__in=keys).select_related("condition").order_by("pk")
            stages = {stage.case_id: stage for stage in Stage.objects.filter(case_id__in=keys, ended_at=None)}
            helpers: defaultdict[UUID, list[Assignment]] = defaultdict(list)
            sent = Assignment.objects.filter(case_id__in=keys, status=Part.SENT, role=Assignment.Role.ASSIST)
            for part in sent.order_by("sent_at", "pk"):
                helpers[part.case_id].append(part)
            page: list[Open] = [(case, stages.get(case.pk), helpers[case.pk]) for case in cases]
        if not keys:
            return
        yield page
        last = keys[-1]
