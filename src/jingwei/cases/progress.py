"""How a case has gone, as its reporter and the worker on the spot read it: one entry a step, then the one that runs.

Reads a case with everything beside it in a fixed number of queries, whatever has happened to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.limits import RATING_WINDOW, STAGE_OF
from jingwei.cases.loading import load_beside
from jingwei.cases.models import Assignment, Case, Errand, Photo, Rating, Report, Stage, Step
from jingwei.cases.persons import office_name, titles_of
from jingwei.cases.said import decision
from jingwei.cases.workflow import MOVES, Status
from jingwei.people.public import Member
from jingwei.ui.public import by_when, late

FOR_REPORTER = frozenset(
    {"report", "solve", "reject", "withdraw", "extend", "handle", "check", "rate", "reopen", "review", "decide"}
    | {"stand_down", "suspend", "keep_suspended", "resume"}
)
"""Steps whose words are meant for the reporter. Instructions and reasons between offices are not."""


INTERNAL = frozenset(
    {"signal", "raise", "change_assistant", "join", "finish", "decline", "ask_extension", "refuse_extension"}
    | {"ask_suspension", "deny_suspension", "submit", "improve"}
)
"""Steps that the reporter is not shown."""
RESULTS = frozenset({"solve", "handle", "stand_down", "check"})
"""Steps whose words those may read who reported the same in another case."""
TOLD = frozenset({"due", "is_firm"})
"""What a step that reckons dates anew has to say to the reporter."""

CALLED = {
    "assistants": gettext_lazy("Assisting: %(names)s."),
    "add": gettext_lazy("Called in: %(names)s."),
    "release": gettext_lazy("Released: %(names)s."),
}
REPORTERS_OWN = frozenset({"report", "withdraw", "rate"})
"""Moves that nobody else makes."""


class Reader(Enum):
    """Who reads: whoever reported it; who may read the reporter's words; one of these whose own work is
    rated, and who does not learn what was said of it; or who may not, nor learn the name.
    """

    REPORTER = "reporter"
    TRUSTED = "trusted"
    REVIEWED = "reviewed"
    FOLLOWER = "follower"
    OTHER = "other"


NEXT = {
    Status.REPORTED: pgettext_lazy("stage", "Being looked at"),
    Status.FILED: pgettext_lazy("stage", "Being assigned"),
    Status.DISPATCHED: pgettext_lazy("stage", "Waiting to be taken on"),
    Status.IN_HAND: pgettext_lazy("stage", "In work"),
    Status.HANDLED: pgettext_lazy("stage", "Being checked"),
}
SENDING = frozenset({"dispatch", "whistle", "alarm", "pass_on"})
"""Moves after which another party has the case."""
PARTY_VERBS = frozenset({"report_in", "return", "handle", "join", "finish", "decline"})


@dataclass(frozen=True)
class Entry:
    """One stop of the line. `step` is done, now or late; `kept` whether its limit was kept, None where none ran."""

    verb: str | Promise
    step: str = "done"
    who: str | Promise = ""
    at: datetime | None = None
    due_at: datetime | None = None
    said: str = ""
    kept: bool | None = None
    kept_words: str = ""


@dataclass(frozen=True)
class Record:
    """A case with all that stands beside it, loaded."""

    case: Case
    report: Report | None
    steps: Sequence[Step]
    stages: Sequence[Stage]
    photos: Sequence[Photo]
    parts: Sequence[Assignment]
    rating: Rating | None
    titles: dict[int, str]
    errands: Sequence[Errand] = ()

    @property
    def stage(self) -> Stage | None:
        """The clock that runs."""
        return next((stage for stage in self.stages if stage.ended_at is None), None)

    @property
    def part(self) -> Assignment | None:
        """The party that has it, or had it last."""
        leads = [part for part in self.parts if part.role == Assignment.Role.LEAD]
        return leads[-1] if leads else None

    @property
    def first_words(self) -> str:
        """What the reporter wrote."""
        return words_of(self.steps[0]) if self.steps else ""

    def is_by_reporter(self, step: Step) -> bool:
        """Also where the report itself is out of the reader's reach: then no resident is named."""
        report = self.report
        if step.verb in REPORTERS_OWN:
            return True
        if report is None:
            return step.actor is None or step.actor.kind == Member.Kind.RESIDENT
        return step.actor_id in {report.member_id, report.sender_id}


def read_record(case: Case, now: datetime) -> Record:
    """Nine queries, and one for the names of areas."""
    load_beside(case)
    steps = list(case.steps.all())
    actors = {step.actor_id for step in steps if step.actor_id is not None}
    return Record(
        case=case,
        report=next(iter(case.reports.all()), None),
        steps=steps,
        stages=sorted(case.stages.all(), key=lambda stage: (stage.started_at, stage.pk)),
        photos=list(Photo.objects.filter(case_id=case.pk).order_by("pk")),
        parts=list(case.assignments.all()),
        rating=case.rating,
        titles=titles_of(actors, case.code, now),
        errands=list(case.errands.all()),
    )


def words_of(step: Step) -> str:
    return "\n".join(one.text for one in step.words.all())


def decided(step: Step, record: Record) -> str:
    """What a move decided, besides its words; with it, who was called in to assist or let go."""
    names = {part.party: party_name(part) for part in record.parts}
    said = [decision(step, record.case)]
    for key, sentence in CALLED.items():
        if parties := step.detail.get(key):
            said.append(str(sentence) % {"names": _(", ").join(names.get(party, "") for party in parties)})
    return "\n".join(filter(None, said))


def party_name(part: Assignment) -> str:
    """A department by its name in the reader's language, a member by theirs."""
    if part.department is not None:
        return office_name(part.department)
    return part.member.name if part.member else ""


def due_of(part: Assignment, case: Case, stage: Stage | None) -> datetime | None:
    """When a live part is due: the lead's by the stage of the case, an assistant's to report in, then the promise."""
    if not part.is_live or stage is None:
        return None
    if part.role == Assignment.Role.LEAD:
        return stage.due_at
    return part.accept_by if part.accepted_at is None else case.due_at


def entries(record: Record, now: datetime, *, member_id: int, reader: Reader) -> list[Entry]:
    """The whole line, oldest first, as far as `reader` may read it; `member_id` is who that is."""
    line = [_entry(step, record, now, member_id, reader) for step in record.steps if _is_told(step, reader)]
    running = _running(record, now)
    return [*line, running] if running else line


def _is_told(step: Step, reader: Reader) -> bool:
    """Limits between offices that move, what follows when they are not kept, appeals against them, and who assists,
    are not the reporter's matter; a promise that moves is.
    """
    if reader is Reader.REPORTER and (step.verb in INTERNAL or step.detail.get("about") == "clock"):
        return False
    return step.verb != "reschedule" or reader is not Reader.REPORTER or not step.detail.keys().isdisjoint(TOLD)


def _is_open(step: Step, record: Record, reader: Reader) -> bool:
    """Whether this reader may read the words of the step."""
    if reader is Reader.REPORTER:
        return step.verb in FOR_REPORTER or record.is_by_reporter(step)
    if reader is Reader.FOLLOWER:
        return step.verb in RESULTS
    if reader is Reader.REVIEWED:
        return step.verb != "rate"
    return reader is Reader.TRUSTED or not record.is_by_reporter(step)


def _entry(step: Step, record: Record, now: datetime, member_id: int, reader: Reader) -> Entry:
    is_open = _is_open(step, record, reader)
    stage = _stage_ended_by(step, record.stages)
    kept, kept_words = _kept(stage, now) if stage else (None, "")
    return Entry(
        verb=MOVES[step.verb].label,
        who=_who(step, record, member_id) if is_open or reader is Reader.REPORTER else _("the reporter"),
        at=step.occurred_at,
        said="\n".join(filter(None, [decided(step, record), words_of(step) if is_open else ""])),
        kept=kept,
        kept_words=kept_words,
    )


def _stage_ended_by(step: Step, stages: Sequence[Stage]) -> Stage | None:
    name = STAGE_OF.get(step.before)
    return next((one for one in stages if one.name == name and one.ended_at == step.occurred_at), None)


def _kept(stage: Stage, now: datetime) -> tuple[bool | None, str]:
    limit = by_when(stage.due_at, now)
    if stage.is_met or stage.ended_at is None:
        return stage.is_met, _("Limit: %(by_when)s") % {"by_when": limit}
    said = {"by_when": limit, "late": late(stage.due_at, stage.ended_at)}
    return False, _("Limit: %(by_when)s, %(late)s") % said


def _who(step: Step, record: Record, member_id: int) -> str:
    if step.actor_id == member_id:
        name = _("You")
    elif step.actor is None:
        name = ""
    else:
        title = record.titles.get(step.actor_id or 0, "")
        name = acting_name(step)
        name = _("%(name)s, %(title)s") % {"name": name, "title": title} if title else name
    if step.verb in SENDING:
        party = _party(step, record)
        return _("%(name)s → %(party)s") % {"name": name, "party": party} if name and party else name or party
    if not name and step.department and step.verb in PARTY_VERBS:
        return office_name(step.department)
    return name


def acting_name(step: Step) -> str:
    """Who made the step; with it, for whom they stood in."""
    if step.actor is None:
        return ""
    if step.on_behalf_of is None:
        return step.actor.name
    return _("%(name)s (for %(principal)s)") % {"name": step.actor.name, "principal": step.on_behalf_of.name}


def _party(step: Step, record: Record) -> str:
    if step.department is not None:
        return office_name(step.department)
    member_id = step.detail.get("member_id")
    return next((part.member.name for part in record.parts if part.member and part.member_id == member_id), "")


def _running(record: Record, now: datetime) -> Entry | None:
    """The step that is being waited for: work, or at the end the rating."""
    case, stage = record.case, record.stage
    if stage is not None and case.is_suspended:
        return Entry(
            pgettext_lazy("stage", "Suspended"), step="paused", who=_holder(record, stage), due_at=case.review_at
        )
    if stage is not None:
        is_late = stage.due_at <= now
        return Entry(
            NEXT[Status(case.status)],
            step="late" if is_late else "now",
            who=_holder(record, stage),
            due_at=stage.due_at,
        )
    if case.status == Status.CLOSED and record.rating is None and case.closed_at is not None:
        until = case.closed_at + RATING_WINDOW
        if now <= until:
            return Entry(pgettext_lazy("step", "Rate"), step="now", who=RATING_IS_FREE, due_at=until)
    return None


RATING_IS_FREE = gettext_lazy("Up to whoever reported it; it is closed either way.")


def _holder(record: Record, stage: Stage) -> str:
    part = record.part
    if stage.name not in {Stage.Name.ACCEPT, Stage.Name.ALARM, Stage.Name.HANDLE} or part is None:
        return ""
    return party_name(part)


def steps_at(record: Record) -> dict[str, datetime]:
    """When each of the six steps was taken last, by the names that the line of steps uses."""
    six = {
        "solve": "check",
        "rework": "",
        "report_in": "",
        "whistle": "dispatch",
        "alarm": "dispatch",
        "answer_alarm": "",
        "stand_down": "handle",
    }
    times = {six.get(step.verb, step.verb): step.occurred_at for step in record.steps}
    return {name: at for name, at in times.items() if name}
