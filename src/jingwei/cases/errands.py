"""Errands of a case in memory: begun and ended by moves, which keep their number in the step. No database, no clock."""

from collections.abc import Mapping
from types import MappingProxyType

from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Errand
from jingwei.cases.workflow import Level
from jingwei.kernel.public import Limit, LimitKind, due_at, uuid7

ANSWER_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "4h": Limit(LimitKind.WORKING_HOURS, 4),
        "1d": Limit(LimitKind.WORKING_DAYS, 1),
        "3d": Limit(LimitKind.WORKING_DAYS, 3),
    }
)
"""Within what a supervised case is answered in writing."""
CALL_BACK_LIMIT = Limit(LimitKind.WORKING_DAYS, 1)
RECTIFY_LIMIT = Limit(LimitKind.WORKING_DAYS, 15)
MEETING_LIMIT = Limit(LimitKind.WORKING_DAYS, 10)
SPOT_CHECK_LIMIT = Limit(LimitKind.WORKING_DAYS, 3)
CALLED = ("settled", "rectify", "unreached")
"""What comes of a call-back."""
APPEAL_LIMIT = Limit(LimitKind.WORKING_DAYS, 5)
"""Within what an appeal is decided, in each of the two instances."""
EXTENSION_LIMIT = Limit(LimitKind.WORKING_HOURS, 4)
"""Within what a request for more time is decided."""
CONFIRMATION_LIMIT = Limit(LimitKind.WORKING_HOURS, 4)
"""Within what a department confirms what its handler did."""
SUSPENSION_LIMIT = Limit(LimitKind.WORKING_DAYS, 1)
"""Within what a request to suspend is decided."""


def begin_errand(
    life: Life,
    doing: Doing,
    kind: str,
    limit: Limit,
    *,
    level: Level | str = "",
    about: str = "",
    nth: int = 0,
    instance: int = 0,
) -> Errand:
    """One more, due by the calendar of whoever has to do it."""
    calendar = doing.calendars.place(life.case.code)
    if not level and life.lead is not None and life.lead.is_live and life.lead.department_id is not None:
        calendar = doing.calendars.department(life.lead.department_id, life.case.code)
    due = due_at(limit, doing.at, calendar)
    errand = Errand(
        id=uuid7(doing.recorded_at),
        case_id=life.case.pk,
        number=len(life.errands) + 1,
        kind=kind,
        level=level,
        about=about,
        nth=nth,
        instance=instance,
        opened_at=doing.at,
        due_at=due.at,
        is_provisional=due.is_provisional,
    )
    life.errands.append(errand)
    life.fresh.append(errand)
    return errand


def open_errand(life: Life, kind: str) -> Errand | None:
    """The one of this kind that waits; an older one first."""
    return next((errand for errand in life.errands if errand.kind == kind and errand.is_open), None)


def end_errand(life: Life, errand: Errand, doing: Doing, verdict: str = "") -> None:
    errand.ended_at, errand.verdict = doing.at, verdict
    life.changed.append(errand)
