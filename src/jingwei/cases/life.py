"""One case in memory, and what a move does to it. The same code serves a click, a batch and a replay.

A `Life` holds the case, its assignments and its running stage. A move checks the table and the rules, changes them,
and leaves the rows that came new in `fresh`; `store.py` writes them. Nothing here reads the database or a clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from jingwei.calendars.public import Calendars
from jingwei.cases.dates import stage_clock, whistle_clock
from jingwei.cases.facts import CaseMoved
from jingwei.cases.limits import STAGE_OF
from jingwei.cases.models import Assignment, Case, Errand, Rating, Report, Stage, Step, Words
from jingwei.cases.signals.times import plan_signal
from jingwei.cases.wording import LONGEST, check_text
from jingwei.cases.workflow import (
    DURING_ALARM,
    FOLLOWING,
    LIVE,
    STANDING,
    WORKED_ON,
    Level,
    Move,
    Part,
    Status,
    Stay,
    check_move,
)
from jingwei.kernel.public import Refused, Told, uuid7
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import level_of

REQUESTS = (Errand.Kind.EXTENSION, Errand.Kind.SUSPENSION, Errand.Kind.CONFIRMATION)
"""What a party asks for; nobody decides on it any more once the party no longer has the case."""
NUMBER_LATER = ""  # the database gives the number when the case is written


@dataclass(frozen=True)
class Doing:
    """Who makes a move, for whom, when it happened and when it was recorded."""

    by: int | None
    at: datetime
    recorded_at: datetime
    calendars: Calendars
    on_behalf_of: int | None = None  # who is away, and for whom `by` stands in


@dataclass
class Life:
    """A case with everything that a move may touch."""

    case: Case
    assignments: list[Assignment] = field(default_factory=list)
    stage: Stage | None = None
    rating: Rating | None = None
    errands: list[Errand] = field(default_factory=list)
    rested: Stage | None = None  # the clock that a merge has stopped
    reporter_id: int | None = None
    placed_at: int = 0  # the code under which it is in the database; 0: it is not
    fresh: list[Model] = field(default_factory=list)
    changed: list[Model] = field(default_factory=list)
    facts: list[Told] = field(default_factory=list)

    @property
    def lead(self) -> Assignment | None:
        """The live lead, or the last one that finished."""
        leads = [part for part in self.assignments if part.role == Assignment.Role.LEAD]
        live = [part for part in leads if part.is_live] or leads
        return live[-1] if live else None

    @property
    def live(self) -> list[Assignment]:
        """Whoever has a part of it now, the lead first."""
        parts = [part for part in self.assignments if part.status in LIVE]
        return sorted(parts, key=lambda part: part.role != Assignment.Role.LEAD)

    @property
    def assistants(self) -> list[Assignment]:
        """The live ones."""
        return [part for part in self.live if part.role == Assignment.Role.ASSIST]

    def part_for(self, doing: Doing, **what: Any) -> Assignment:
        """A party's part of the case, sent now on behalf of the level that answers for it."""
        given = {"level": self.case.level, "sent_at": doing.at, "sent_by_id": doing.by, **what}
        return Assignment(id=uuid7(doing.recorded_at), case_id=self.case.pk, **given)

    def add(self, part: Assignment) -> Assignment:
        """The part is one of the case from now on."""
        self.assignments.append(part)
        self.fresh.append(part)
        return part

    def forget_beside(self) -> None:
        """What permits have found with the case is about to change; what is on record is not."""
        kept = self.case._prefetched_objects_cache  # type: ignore[attr-defined]  # noqa: SLF001 - no public way without a query
        for name in kept.keys() - {"steps", "stages"}:
            del kept[name]

    def move(  # every way a case changes goes through here
        self,
        verb: str,
        doing: Doing,
        *,
        words: str = "",
        change: Callable[[Move], None] | None = None,
        part: Assignment | None = None,
        **detail: Any,
    ) -> Step:
        """Make the move: check it against the table, apply `change`, then settle status, parties, stage and record.

        `part` is the assistant whose move it is, if it is not the lead's.
        """
        move = check_move(verb, None if verb == "report" else self.case.status)
        check_leads(self.case, verb)
        check_runs(self.case, verb)
        check_alarm(self.case, verb)
        check_text("words", words)
        before = "" if verb == "report" else self.case.status
        lead = self.lead
        if change is not None:
            change(move)
        if not isinstance(move.after, Stay):
            self.case.status = move.after
        if move.part_before and lead is not None and lead.status in move.part_before:
            self._settle(lead, move, doing)
        if self.case.status not in WORKED_ON:
            self._release(move, doing)
        self._drop_requests(doing)
        self.case.version += 1
        whose = part or (lead if move.part_before else None)
        step = self._record(verb, doing, before=before, part=whose, words=words, detail=detail)
        if before != self.case.status or verb in {"escalate", "send_down", "whistle"}:
            self.turn_stage(doing)
        plan_signal(self.case, self.stage, doing.calendars)
        return step

    def _settle(self, lead: Assignment, move: Move, doing: Doing) -> None:
        if isinstance(move.part_after, Stay):
            return
        self.changed.append(lead)
        lead.status = move.part_after
        if lead.status == "accepted":
            lead.accepted_at = doing.at
            lead.handler_id = doing.by
        elif lead.status == "sent":
            lead.sent_at, lead.accepted_at, lead.ended_at = doing.at, None, None
            lead.confirmed_by_id = None
        else:
            lead.ended_at = doing.at
            if lead.status == "done" and move.verb in {"handle", "stand_down"} and lead.confirmed_by_id is None:
                lead.handler_id = doing.by

    def _release(self, move: Move, doing: Doing) -> None:
        """Nobody assists where nobody leads: called back with the lead, otherwise let go."""
        for part in self.assistants:
            part.status = Part.RECALLED if move.part_after == Part.RECALLED else Part.RELEASED
            part.ended_at = doing.at
            self.changed.append(part)

    def _drop_requests(self, doing: Doing) -> None:
        """Nobody decides any more on time for what is no longer in hand, nor on a pause for what nobody works on."""
        over = set() if self.case.status in WORKED_ON else set(REQUESTS)
        if self.case.status != Status.IN_HAND or self.case.is_suspended:
            over |= {Errand.Kind.EXTENSION, Errand.Kind.CONFIRMATION}
        for errand in self.errands:
            if errand.kind in over and errand.is_open:
                errand.ended_at, errand.verdict = doing.at, "lapsed"
                self.changed.append(errand)

    def _record(
        self,
        verb: str,
        doing: Doing,
        *,
        before: str,
        part: Assignment | None,
        words: str,
        detail: dict[str, Any],
    ) -> Step:
        step = Step(
            id=uuid7(doing.recorded_at),
            case_id=self.case.pk,
            verb=verb,
            before=before,
            after=self.case.status,
            level=self.case.level,
            actor_id=doing.by,
            assignment_id=part.pk if part else None,
            on_behalf_of_id=doing.on_behalf_of,
            department_id=_department_of(part, detail),
            detail={key: value for key, value in detail.items() if value not in (None, "", [])} | _by(doing.calendars),
            occurred_at=doing.at,
            recorded_at=doing.recorded_at,
        )
        self.fresh.append(step)
        self.say(step, words)
        fact = CaseMoved(
            case_id=str(self.case.pk),
            code=self.case.code,
            verb=verb,
            status=self.case.status,
            level=self.case.level,
            department_id=step.department_id,
            reporter_id=self.reporter_id,
        )
        self.facts.append(Told(fact, doing.by, doing.at))
        return step

    def say(self, step: Step, words: str) -> None:
        """Keep what was said beside the step, where it can be erased without touching the step."""
        if words.strip():
            self.fresh.append(
                Words(
                    id=uuid7(step.recorded_at),
                    case_id=self.case.pk,
                    step_id=step.pk,
                    code=self.case.code,
                    text=words,
                )
            )

    def _stage_name(self) -> str | None:
        if self.case.alarm_at is not None and self.case.status == Status.DISPATCHED:
            return Stage.Name.ALARM.value
        return STAGE_OF.get(self.case.status)

    def turn_stage(self, doing: Doing) -> None:
        """End the running stage and begin the one that belongs to the status, if any.

        A case that follows another has no clock of its own; one that was merged by mistake has the same as before.
        """
        if self.stage is not None:
            self.stage.ended_at, self.stage.ended_by_id = doing.at, doing.by
            self.changed.append(self.stage)
            self.stage = None
        name = self._stage_name()
        if name is None or self.case.follows_id is not None:
            return
        if self.rested is not None:
            self.stage, self.rested = self.rested, None
            self.stage.ended_at, self.stage.ended_by_id = None, None
            self.changed.append(self.stage)
            return
        part = self.lead if name in {"accept", "handle"} else None
        department_id = part.department_id if part else None
        is_whistled = name == "accept" and part is not None and part.is_whistled
        due = (
            whistle_clock(doing.at, self.case)
            if is_whistled
            else stage_clock(name, doing.at, self.case, department_id, doing.calendars)
        )
        self.stage = Stage(
            id=uuid7(doing.recorded_at),
            case_id=self.case.pk,
            name=name,
            level=self.case.level,
            department_id=department_id,
            started_at=doing.at,
            due_at=due.at,
            is_provisional=due.is_provisional,
            calendar=None if is_whistled else doing.calendars.mark,
        )
        self.fresh.append(self.stage)


def check_leads(case: Case, verb: str) -> None:
    """Refuse a move of its own to a case that follows another."""
    if case.follows_id is not None and verb not in FOLLOWING:
        raise Refused(_("This case follows another one, which goes on for both. Take it out of the group first."))


def check_runs(case: Case, verb: str) -> None:
    """Refuse a move to a case whose clocks stand, as long as they do."""
    if case.is_suspended and verb not in STANDING:
        raise Refused(_("This case is suspended. Resume it first, then go on."))


def check_alarm(case: Case, verb: str) -> None:
    """Refuse a move of the usual course while an alarm is on."""
    if case.alarm_at is not None and verb not in DURING_ALARM:
        raise Refused(_("An alarm is on for this case. Answer it and stand it down first: then it goes on as usual."))


def _department_of(part: Assignment | None, detail: dict[str, Any]) -> int | None:
    """The department that a step is about: the one it went to, or that of the party whose step it is."""
    if detail.get("member_id"):
        return None
    return detail.get("department_id") or (part.department_id if part else None)


def _by(calendars: Calendars) -> dict[str, int]:
    """By which edition a step was reckoned; those that the platform came with go without saying."""
    return {"calendar": calendars.edition} if calendars.mark else {}


@dataclass(frozen=True)
class Origin:
    """What a report says of itself. `id` is the sender's own; `due_at` is a promise that the source already made."""

    id: UUID
    code: int
    channel: str
    digest: bytes
    words: str = ""
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    category_code: str = ""
    title: str = ""
    name: str = ""
    phone: str = ""
    member_id: int | None = None
    source: str = ""
    source_key: str = ""
    due_at: datetime | None = None


def begin(origin: Origin, doing: Doing) -> Life:
    """A case as it is reported: nobody has looked at it, the nearest level answers for it."""
    for name in LONGEST:
        check_text(name, getattr(origin, name))
    case = Case(
        id=uuid7(doing.recorded_at),
        number=NUMBER_LATER,
        code=origin.code,
        level=first_level(origin.code),
        category_code=origin.category_code,
        title=origin.title,
        place=origin.place,
        longitude=origin.longitude,
        latitude=origin.latitude,
        channel=origin.channel,
        reported_at=doing.at,
        promise_from=doing.at,
        due_at=origin.due_at,
    )
    life = Life(case, reporter_id=origin.member_id)
    life.fresh.append(
        Report(
            id=origin.id,
            case_id=case.pk,
            digest=origin.digest,
            member_id=origin.member_id,
            sender_id=doing.by,
            name=origin.name,
            phone=origin.phone,
            source=origin.source,
            source_key=origin.source_key,
            code=origin.code,
            received_at=doing.recorded_at,
        )
    )
    life.move("report", doing, words=origin.words, category=origin.category_code, area=origin.code)
    return life


def holds_cases(code: int) -> bool:
    """Whether a case may lie at the area `code`: a district or what is below one."""
    return level_of(code).depth >= AreaLevel.DISTRICT.depth


def first_level(code: int) -> Level:
    """Who answers for a report first: the grid where the place is known so far, otherwise the level that is."""
    level = level_of(code)
    return Level.GRID if level == "unit" else Level(level)
