"""What may be appealed against on a case, by whom and until when; and who decides it. Reads, and changes nothing.

On record are: that a report was not filed, each stage clock that was not kept, each poor rating. They are counted in
the order in which they came about, so that an appeal names its record by kind and number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from django.db.models import Model, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.limits import MOST_CHARGED, WORKED
from jingwei.cases.models import Case, Errand, Stage, Step
from jingwei.cases.moves.appealing import appeals, check_appealable, nothing_to_decide
from jingwei.cases.workflow import LEVELS, Level, Part, Status, above
from jingwei.kernel.public import Refused
from jingwei.people.public import Member
from jingwei.ui.public import exact

Row = TypeVar("Row", bound=Model)
OF_REPORTER = timedelta(days=15)
OF_OFFICE = timedelta(days=7)
"""Within what an appeal is made: from the record, or from the decision of the first instance."""
ABOUT_SAID: Mapping[str, Promise] = MappingProxyType(
    {
        "rejection": pgettext_lazy("appeal against", "the report was not filed"),
        "clock": pgettext_lazy("appeal against", "a limit was not kept"),
        "rating": pgettext_lazy("appeal against", "a rating"),
    }
)
INSTANCE_SAID: Mapping[int, Promise] = MappingProxyType(
    {
        1: pgettext_lazy("appeal", "first instance"),
        2: pgettext_lazy("appeal", "second instance"),
    }
)
VERDICT_SAID: Mapping[str, Promise] = MappingProxyType(
    {
        "upheld": pgettext_lazy("appeal", "Upheld"),
        "dismissed": pgettext_lazy("appeal", "Dismissed"),
    }
)


@dataclass(frozen=True)
class Ground:
    """One record, and what stands in the way of an appeal against it; "" where nothing does."""

    about: str
    nth: int
    said: str
    level: Level
    until: datetime
    instance: int
    why_not: str = ""

    @property
    def key(self) -> str:
        return f"{self.about}-{self.nth}"


@dataclass(frozen=True)
class Record:
    """Something on record: when it came about, at which level, and whether it speaks against a member."""

    about: str
    nth: int
    said: str
    at: datetime
    level: str
    charges: Callable[[Member], bool]


def grounds(case: Case, member: Member, now: datetime) -> list[Ground]:
    """What speaks against the member on this case: what may be appealed against, and why not the rest."""
    errands = sorted(case.errands.all(), key=lambda errand: errand.number)
    return [_ground(record, errands, now) for record in records(case) if record.charges(member)]


def check_grounds(case: Case, member: Member, now: datetime) -> None:
    """Refuse where the member has nothing to appeal against any more, with the reason that comes last."""
    found = grounds(case, member, now)
    if not found:
        raise Refused(nothing_against())
    if all(ground.why_not for ground in found):
        raise Refused(found[-1].why_not)


def nothing_against() -> str:
    return _(
        "Nothing here speaks against you. An appeal is against a report not filed, a limit not kept, a poor rating."
    )


def ground_of(case: Case, member: Member, now: datetime, *, about: str, nth: int) -> Ground:
    """The one that is meant; with `nth` 0 the only one of its kind. Refused where there is none, or more than one."""
    meant = [one for one in grounds(case, member, now) if one.about == about and nth in (0, one.nth)]
    free = [one for one in meant if not one.why_not]
    if len(free) == 1:
        return free[0]
    if free:
        raise Refused(_("Say which of them the appeal is against: several limits or ratings speak against you."))
    check_grounds(case, member, now)
    raise Refused(meant[-1].why_not if meant else _("Choose from the list what the appeal is against."))


def _ground(record: Record, errands: list[Errand], now: datetime) -> Ground:
    earlier = appeals(errands, record.about, record.nth)
    window = OF_REPORTER if record.about == "rejection" else OF_OFFICE
    decided = earlier[-1].ended_at if earlier else None
    until = (decided or record.at) + window
    return Ground(
        about=record.about,
        nth=record.nth,
        said=record.said,
        level=judging(record.level, earlier),
        until=until,
        instance=len(earlier) + 1,
        why_not=_obstacle(earlier, until, now),
    )


def _obstacle(earlier: list[Errand], until: datetime, now: datetime) -> str:
    try:
        check_appealable(earlier)
    except Refused as no:
        return no.message
    return _("The time for an appeal ended: %(until)s.") % {"until": exact(until)} if now > until else ""


def judging(level: str, earlier: Sequence[Errand]) -> Level:
    """Who decides: the street or whoever is above the level of the record; the second time the level above that."""
    first = above(level) or Level.DISTRICT
    first = max(first, Level.STREET, key=LEVELS.index)
    return first if not earlier else above(first) or Level.DISTRICT


def records(case: Case) -> Iterator[Record]:
    """All that is on record. Reads through the case what `loading.load_beside` keeps there."""
    prefetch_related_objects([case], "steps", "stages")
    steps = in_order(case.steps.all())
    rejections = [step for step in steps if step.verb == "reject"]
    if case.status == Status.REJECTED and rejections:
        yield _rejection(case, rejections)
    for nth, stage in enumerate(in_order(case.stages.all()), start=1):
        if stage.is_met is False and not stage.is_excluded:
            yield _clock(case, stage, nth)
    ratings = [step for step in steps if step.verb == "rate"]
    solved = [step.actor_id for step in steps if step.verb == "solve"]
    for nth, step in enumerate(ratings, start=1):
        if step.detail["grade"] <= MOST_CHARGED:
            yield _rating(case, step, nth, solved)


def _rejection(case: Case, steps: Sequence[Step]) -> Record:
    """Not filed: that speaks against whoever reported it."""
    last = steps[-1]

    def charges(member: Member) -> bool:
        return is_reporter(case, member)

    said = _("The report was not filed: %(at)s") % {"at": exact(last.occurred_at)}
    return Record("rejection", len(steps), said, last.occurred_at, last.level, charges)


def _clock(case: Case, stage: Stage, nth: int) -> Record:
    """Not kept by the party where it lay with one, else by the level that answered."""

    def charges(member: Member) -> bool:
        if stage.name in WORKED:
            return party_of(member, case, stage.department_id)
        return any(
            "cases.answer" in post.duties and post.level == stage.level and post.covers(case.code)
            for post in member.posts
        )

    assert stage.ended_at is not None
    said = _("%(stage)s: due %(due)s, done %(done)s") % {
        "stage": stage.get_name_display(),
        "due": exact(stage.due_at),
        "done": exact(stage.ended_at),
    }
    return Record("clock", nth, said, stage.ended_at, stage.level, charges)


def _rating(case: Case, step: Step, nth: int, solved: Sequence[int | None]) -> Record:
    """Given for a result: that of whoever handled it, or solved it on the spot."""

    def charges(member: Member) -> bool:
        return not set(solved).isdisjoint(member.stands_for) or handled_by(member, case)

    said = _("Rated %(grade)d of 5: %(at)s") % {"grade": step.detail["grade"], "at": exact(step.occurred_at)}
    return Record("rating", nth, said, step.occurred_at, step.level, charges)


def party_of(member: Member, case: Case, department_id: int | None) -> bool:
    """Whether the member works for the department, or was the party themselves where there was none."""
    if department_id is not None:
        return department_id in offices_of(member)
    return any(part.member_id in member.stands_for for part in case.assignments.all())


def handled_by(member: Member, case: Case) -> bool:
    """Whether the case was handled by the member, or in one of their offices."""
    offices = offices_of(member)
    return any(
        part.status == Part.DONE and (part.handler_id in member.stands_for or part.department_id in offices)
        for part in case.assignments.all()
    )


def is_reporter(case: Case, member: Member) -> bool:
    return member.pk is not None and any(report.member_id == member.pk for report in case.reports.all())


def in_order(rows: QuerySet[Row]) -> list[Row]:
    """As they were recorded: keys are given in the order of time."""
    return sorted(rows, key=lambda row: row.pk)


def offices_of(member: Member) -> set[int]:
    return {key for post in member.posts if "cases.handle" in post.duties for key in post.department_ids}


def waiting_for(case: Case, member: Member) -> list[Errand]:
    """The appeals that the member's level decides, those due first."""
    levels = {post.level for post in member.posts if "cases.judge" in post.duties and post.covers(case.code)}
    appeals = [one for one in case.errands.all() if one.kind == Errand.Kind.APPEAL and one.is_open]
    return sorted((one for one in appeals if one.level in levels), key=lambda one: (one.due_at, one.number))


def check_impartial(case: Case, errands: Sequence[Errand], member: Member) -> None:
    """Refuse where the member had a part in each of what is appealed against, or decided on it before."""
    if not errands:
        raise Refused(nothing_to_decide())
    if all(is_partial(case, errand, member) for errand in errands):
        raise Refused(_("You had a part in what the appeal is about: somebody else at your level decides."))


def is_partial(case: Case, errand: Errand, member: Member) -> bool:
    """Whether the member appealed, made the record, decided in the first instance, or handled the case."""
    own = [step for step in case.steps.all() if step.actor_id in member.stands_for]
    if is_reporter(case, member) or any(
        step.verb in {"appeal", "decide"} and (step.detail["about"], step.detail["nth"]) == (errand.about, errand.nth)
        for step in own
    ):
        return True
    if errand.about == "rejection":
        return any(step.verb == "reject" for step in own)
    if errand.about == "clock":
        stage = clock_of(case, errand.nth)
        return stage is not None and stage.ended_by_id in member.stands_for
    return any(step.verb == "solve" for step in own) or handled_by(member, case)


def clock_of(case: Case, nth: int) -> Stage | None:
    """The `nth` stage clock of the case."""
    return dict(enumerate(in_order(case.stages.all()), start=1)).get(nth)


def rating_step(case: Case, nth: int) -> Step | None:
    """The step by which the case was rated for the `nth` time."""
    rated = [step for step in in_order(case.steps.all()) if step.verb == "rate"]
    return dict(enumerate(rated, start=1)).get(nth)


def errand_said(errand: Errand) -> str:
    """An appeal in one line: against what, and in which instance."""
    return _("Appeal: %(about)s, %(instance)s") % {
        "about": ABOUT_SAID[errand.about],
        "instance": INSTANCE_SAID[errand.instance],
    }
