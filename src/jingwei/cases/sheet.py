"""A case as the desk shows it to one member: what happened, its clocks, its parties, and who may read what.

The reporter and the reporter's words are for those with the permit `cases.contact`; everything else on the sheet for
all who may open it (`cases.desk`). A template takes what it shows; what it leaves out is not asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.cases.actions.reading import phone_of
from jingwei.cases.besides import Beside, besides
from jingwei.cases.limits import STAGE_LIMITS
from jingwei.cases.links import SheetLink, sheet_links
from jingwei.cases.locator import Locator, locator
from jingwei.cases.models import Assignment, Case, Photo, Stage, Step
from jingwei.cases.nodes import NODES
from jingwei.cases.offers import Offer, offers
from jingwei.cases.persons import office_name
from jingwei.cases.progress import (
    SENDING,
    Reader,
    Record,
    acting_name,
    decided,
    due_of,
    party_name,
    read_record,
    steps_at,
    words_of,
)
from jingwei.cases.reckoning import is_whistled
from jingwei.cases.said import RATING_SAID, channel, headline, limit_length
from jingwei.cases.signals.told import warning
from jingwei.cases.spots import where_is
from jingwei.cases.workflow import MOVES, Level, Status
from jingwei.kernel.public import Limit, may
from jingwei.people.public import Member
from jingwei.ui.public import STATES, late, phone_masked

ELSEWHERE = frozenset({"rate", "rework"})
"""Moves without a button of their own here: rating has its page, and a check asks first whether it passed."""
LABELS = {"check": gettext_lazy("Check the result")}
KEYS = {"file": "f", "dispatch": "d", "escalate": "e", "check": "c"}
FORWARD = frozenset({"file", "dispatch", "report_in", "join", "finish", "submit", "handle", "check"})


@dataclass(frozen=True)
class Button:
    """A move as the desk offers it; `why_not` where it is closed, `is_own` where such moves are the reader's work."""

    verb: str
    label: str | Promise
    key: str = ""
    is_forward: bool = False
    why_not: str | Promise = ""
    is_own: bool = True


@dataclass(frozen=True)
class Happened:
    """One entry of the trail (`ui/parts/trail.html`). The words of the report stand over it, not in it."""

    verb: str | Promise
    icon: str
    colour: str
    who: str
    at: datetime
    said: str


@dataclass(frozen=True)
class Clocked:
    """A stage clock: whose it is, from when until when, how long, and how it ended. `kind`: good, bad, running, or
    lapsed where an appeal took it out of the figures.
    """

    name: str
    who: str
    started_at: datetime
    due_at: datetime
    is_provisional: bool
    ended_at: datetime | None
    length: str
    kind: str
    result: str


@dataclass(frozen=True)
class Party:
    """Who has or had a part of it; `handler` is the person who worked on it for a department."""

    role: str
    is_lead: bool
    name: str
    handler: str
    status: str
    due_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Reporter:
    """Empty where a report came without them. The number's middle is hidden: `reveal_phone` shows it for a reason."""

    name: str
    masked_phone: str


class Sheet:
    """One case, read once, for `member`."""

    def __init__(self, case: Case, member: Member, now: datetime) -> None:
        self.case, self.member, self.now = case, member, now

    @cached_property
    def record(self) -> Record:
        return read_record(self.case, self.now)

    @property
    def headline(self) -> str:
        return headline(self.case)

    @property
    def level(self) -> str | Promise:
        return Level(self.case.level).label

    @property
    def warning(self) -> str | Promise:
        return warning(self.case)

    @property
    def channel(self) -> str:
        return channel(self.case.channel)

    @cached_property
    def where(self) -> str:
        """Grid and community."""
        return where_is([self.case.code])[self.case.code]

    @cached_property
    def locator(self) -> Locator | None:
        return locator(self.case.code, self.case.longitude, self.case.latitude)

    @cached_property
    def may_contact(self) -> bool:
        return may(self.member, "cases.contact", self.case)

    @property
    def may_publish(self) -> bool:
        """Whether the member decides what everybody sees of it: who files at the place does."""
        return may(self.member, "cases.file", self.case)

    @cached_property
    def links(self) -> list[SheetLink]:
        """What other modules have to do with it."""
        return sheet_links(self.case, self.member)

    @cached_property
    def may_read_rating(self) -> bool:
        """Whether the member may read who rated, and in which words. Those whose work it is about may not."""
        return may(self.member, "cases.rating", self.case)

    @cached_property
    def _rated(self) -> Mapping[str, Any]:
        """The rating of the result that stands, as its step has it: the table of ratings is closed to an office.

        Those whose work is rated read it only while they do not see who reported.
        """
        if self.may_contact and not self.may_read_rating:
            return {}
        last = next(
            (step for step in reversed(self.record.steps) if step.verb == "rate" or step.after == Status.FILED), None
        )
        return last.detail if last is not None and last.verb == "rate" else {}

    @property
    def grade(self) -> int | None:
        return self._rated.get("grade")

    @property
    def rating_reasons(self) -> list[str]:
        return [str(RATING_SAID.get(reason, reason)) for reason in self._rated.get("reasons", [])]

    @property
    def reader(self) -> Reader:
        """As whom the member reads the line of the case."""
        if not self.may_contact:
            return Reader.OTHER
        return Reader.TRUSTED if self.may_read_rating else Reader.REVIEWED

    def _is_hidden(self, step: Step) -> bool:
        """Whether this is a reporter's own step, and closed to the member."""
        if step.verb == "rate":
            return not self.may_read_rating
        return self._is_reporter(step) and not self.may_contact

    @cached_property
    def words(self) -> str:
        """What was reported, in the reporter's own words; "" for those who may not read them."""
        return self.record.first_words if self.may_contact else ""

    @cached_property
    def reporter(self) -> Reporter | None:
        """None for those who may not know."""
        report = self.record.report
        if report is None or not self.may_contact:
            return None
        return Reporter(
            report.name or (report.member.name if report.member else ""),
            phone_masked(phone_of(report)),
        )

    @property
    def photos(self) -> Sequence[Photo]:
        return self.record.photos

    @cached_property
    def buttons(self) -> list[Button]:
        """Every move of the desk, the likeliest first."""
        return [_button(offer) for offer in offers(self.case, self.member) if offer.verb not in ELSEWHERE]

    @property
    def moves(self) -> list[Button]:
        return [button for button in self.buttons if not button.why_not]

    @property
    def closed_moves(self) -> list[Button]:
        """Those of the reader's own work first."""
        return sorted((button for button in self.buttons if button.why_not), key=lambda button: not button.is_own)

    def why_not(self, verb: str) -> str | Promise:
        """Why a move of the desk is closed to the member; "" where it is open."""
        return next((button.why_not for button in self.buttons if button.verb == verb), "")

    @cached_property
    def leader(self) -> Case | None:
        """The case that goes on for this one, if it is open to the member."""
        leader = self.case.follows
        return leader if leader is not None and may(self.member, "cases.desk", leader) else None

    @cached_property
    def joined(self) -> int:
        """How many cases follow this one, merged or grouped."""
        return Case.objects.filter(follows_id=self.case.pk).count()

    @cached_property
    def trail(self) -> list[Happened]:
        """What happened, from the first to the last."""
        return [self._happened(step) for step in self.record.steps]

    @property
    def newest_first(self) -> list[Happened]:
        return self.trail[::-1]

    def since(self, version: int) -> list[Happened]:
        """What happened after the case was at `version`."""
        return self.trail[version:]

    @property
    def times(self) -> dict[str, datetime]:
        return steps_at(self.record)

    @property
    def is_late(self) -> bool:
        return self.case.is_late(self.now)

    @property
    def is_rated(self) -> bool:
        return self.record.rating is not None

    @property
    def stage(self) -> Stage | None:
        return self.record.stage

    @cached_property
    def stages(self) -> list[Clocked]:
        return [self._clocked(stage) for stage in self.record.stages]

    @cached_property
    def parties(self) -> list[Party]:
        """Everyone it was sent to, the last first."""
        return [self._party(part) for part in reversed(self.record.parts)]

    @property
    def besides(self) -> list[Beside]:
        """What is, or was, asked besides its course."""
        return besides(self.case, self.record.errands)

    @property
    def checker(self) -> str:
        """Who closed it after the work, or "" where nobody has yet."""
        last = next((step for step in reversed(self.record.steps) if step.verb in {"check", "rework"}), None)
        return last.actor.name if last and last.actor else ""

    @cached_property
    def _names(self) -> dict[int, str]:
        """Names of those who made a move."""
        return {step.actor.pk: step.actor.name for step in self.record.steps if step.actor is not None}

    def _is_reporter(self, step: Step) -> bool:
        return self.record.is_by_reporter(step)

    def _happened(self, step: Step) -> Happened:
        icon, colour = NODES[step.verb]
        said = "" if self._is_hidden(step) or step.verb == "report" else words_of(step)
        return Happened(
            verb=MOVES[step.verb].label,
            icon=icon,
            colour=STATES[colour].colour,
            who=self._who(step),
            at=step.occurred_at,
            said="\n".join(filter(None, [decided(step, self.record), said])),
        )

    def _who(self, step: Step) -> str:
        if step.verb == "report":
            name = self.reporter.name if self.reporter else ""
            return _("%(name)s, %(title)s") % {"name": name, "title": self.channel} if name else self.channel
        if self._is_hidden(step):
            return _("the reporter")
        name = acting_name(step)
        title = self.record.titles.get(step.actor_id or 0, "")
        if name and title:
            name = _("%(name)s, %(title)s") % {"name": name, "title": title}
        if step.verb in SENDING and (party := self._party_of(step)):
            return _("%(name)s → %(party)s") % {"name": name, "party": party} if name else party
        return name or (office_name(step.department) if step.department else "")

    def _party_of(self, step: Step) -> str:
        if step.department is not None:
            return office_name(step.department)
        key = step.detail.get("member_id")
        return next((part.member.name for part in self.record.parts if part.member and part.member_id == key), "")

    def _clocked(self, stage: Stage) -> Clocked:
        limit = STAGE_LIMITS.get(stage.name) or (self.case.condition.limit if self.case.condition else None)
        if stage.ended_at is None:
            stands = self.case.is_suspended
            kind, result = "running", pgettext("stage", "stands") if stands else pgettext("stage", "running")
        else:
            kind, result = "good" if stage.is_met else "bad", late(stage.due_at, stage.ended_at)
        if stage.is_excluded:
            kind, result = "lapsed", _("%(late)s, does not count: an appeal was upheld") % {"late": result}
        return Clocked(
            name=stage.get_name_display(),
            who=self._holder(stage),
            started_at=stage.started_at,
            due_at=stage.due_at,
            is_provisional=stage.is_provisional,
            ended_at=stage.ended_at,
            length=self._length(stage, limit),
            kind=kind,
            result=result,
        )

    def _length(self, stage: Stage, limit: Limit | None) -> str:
        """How long the stage may take; whoever is called by a whistle has half an hour."""
        if is_whistled(stage, self.record.parts):
            return _("30 minutes")
        return limit_length(limit) if limit else ""

    def _holder(self, stage: Stage) -> str:
        """Who has, or had, to act: the party, or whoever ended it, or the level that answers."""
        if stage.department is not None:
            return office_name(stage.department)
        return self._names.get(stage.ended_by_id or 0) or str(Level(stage.level).label)

    def _party(self, part: Assignment) -> Party:
        is_lead = part.role == Assignment.Role.LEAD
        name = party_name(part)
        handler = self._names.get(part.handler_id or 0, "")
        return Party(
            role=part.get_role_display(),
            is_lead=is_lead,
            name=name,
            handler=handler if handler != name else "",
            status=part.status,
            due_at=due_of(part, self.case, self.stage),
            ended_at=part.ended_at,
        )


def _button(offer: Offer) -> Button:
    return Button(
        verb=offer.verb,
        label=LABELS.get(offer.verb, offer.label),
        key=KEYS.get(offer.verb, ""),
        is_forward=offer.verb in FORWARD,
        why_not=offer.why_not,
        is_own=offer.is_own,
    )
