"""The course of one case: what happens to it after the report, who does it and when. Pure; names, no ids.

A course is drawn whole, to its end; `history.py` cuts it where the present is.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from jingwei.cases.public import ENDS, Condition, Level
from jingwei.demo import stories
from jingwei.demo.people import Cast, managers_of, officers_of, station_of, worker_of
from jingwei.demo.rhythm import MINUTE, share_of, worked
from jingwei.demo.spots import Spot
from jingwei.demo.stories import Story
from jingwei.kernel.public import LimitKind, WorkingCalendar, due_at

LADDER = ("grid", "community", "street", "district")
LATE = 0.11
ESCALATED = 0.05
SENT_DOWN = 0.03
RETURNED = 0.05
RECALLED = 0.03
REWORKED = 0.05
RATED = 0.5
ON_TIME_GRADES = (2, 2, 8, 27, 61)
LATE_GRADES = (12, 17, 26, 25, 20)
OUTCOMES = {"solved": 90, "explained": 5, "referred": 3, "impossible": 2}
INSTEAD = {"works": "housing", "drainage": "works", "housing": "works", "enforcement": "traffic"}
OTHERWISE = "works"


@dataclass(frozen=True)
class Step:
    """A move at `at` by the user name `by` (None: nobody in person). `fields` name offices and people by key."""

    verb: str
    at: datetime
    by: str | None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """How a case begins. `reporter` is a user name, or None for somebody without an account."""

    story: Story
    condition: Condition
    spot: Spot
    title: str
    channel: str
    reporter: str | None
    at: datetime


class Course:
    """Draws the steps of one case, in order. `steps` grows as it is walked.

    `party`: the office or the person that gets it, where that is not left to chance.
    """

    def __init__(self, opening: Opening, cast: Cast, calendar: WorkingCalendar, rng: Random, party: str = "") -> None:
        self.opening = opening
        self.steps: list[Step] = []
        self.at = opening.at
        self._cast = cast
        self._calendar = calendar
        self._rng = rng
        self._party = party
        self._promise_from = opening.at
        self._worker = worker_of(opening.spot.code)
        self._officer = rng.choice(officers_of(opening.spot.code))
        self._dispatcher = f"dispatcher-{rng.choices((1, 2, 3, 4, 5), (5, 3, 3, 2, 2))[0]}"
        limit = LimitKind(opening.condition.limit_kind)
        self._is_urgent = limit is LimitKind.URGENT_HOURS
        self._handler = self._worker
        self._level = opening.condition.category.level

    @property
    def due(self) -> datetime:
        """Until when it is promised."""
        return due_at(self.opening.condition.limit, self._promise_from, self._calendar).at

    def walk(self) -> list[Step]:
        """The whole course, to its end."""
        if not self.ends_early():
            self.file()
            self.send()
            self.work()
            self.settle()
        return self.steps

    def wait(self, low: float, high: float) -> None:
        """Let working hours pass, between `low` and `high`; where it is urgent a few minutes of any time."""
        hours = self._rng.uniform(low, high)
        if self._is_urgent:
            self.at += timedelta(hours=min(hours, 1) * 0.2) + MINUTE
        else:
            self.at = worked(self.at, hours, self._calendar)

    def step(self, verb: str, by: str | None, **fields: Any) -> None:
        self.steps.append(Step(verb, self.at, by, {key: value for key, value in fields.items() if value}))

    def ends_early(self) -> bool:
        """Solved on the spot by the worker who found it, taken back, or not filed."""
        opening, rng = self.opening, self._rng
        is_small = opening.condition.category.level in ENDS[Level.GRID]
        if opening.channel == "field" and is_small and rng.random() < 0.5:
            self.at += rng.randint(4, 40) * MINUTE
            self.step(
                "solve", self._worker, words=stories.ON_THE_SPOT, condition=opening.condition, title=opening.title
            )
            return True
        if opening.reporter and opening.channel == "resident" and rng.random() < 0.02:
            self.at += rng.randint(3, 50) * MINUTE
            self.step("withdraw", opening.reporter, words=rng.choice(stories.WITHDRAWALS))
            return True
        if opening.channel != "field" and rng.random() < 0.05:
            self.wait(0.2, 1.4)
            reason = rng.choice(list(stories.REJECTIONS))
            self.step("reject", self._worker, reason=reason, words=stories.REJECTIONS[reason])
            return True
        return False

    def file(self) -> None:
        """Verified by the grid's worker, or by an officer when the worker is away."""
        self.wait(0.05, 1.08)
        by = self._worker if self._rng.random() < 0.75 else self._officer
        self.step("file", by, condition=self.opening.condition, title=self.opening.title)

    def send(self) -> None:
        """Out to a party, with a slip now and then."""
        self.wait(0.05, 0.9)
        self.find_level()
        department = self.opening.condition.category.department_key
        if self._rng.random() < RECALLED:
            self.dispatch(INSTEAD.get(department, OTHERWISE), is_mistake=True)
            self.at += self._rng.randint(1, 4) * MINUTE
            self.step("recall", self._answerer, words=self._rng.choice(stories.RECALLS))
            self.at += self._rng.randint(2, 9) * MINUTE
        if self._rng.random() < RETURNED:
            self.dispatch(INSTEAD.get(department, OTHERWISE), is_mistake=True)
            self.wait(0.1, 0.8)
            self.step("return", self._handler, words=self._rng.choice(stories.RETURNS))
            self.wait(0.1, 0.6)
        self.dispatch(department)

    def find_level(self) -> None:
        """Its class says who answers for it; now and then a level above or below does better."""
        chance = self._rng.random()
        if chance < ESCALATED and self._level in stories.ESCALATIONS:
            self.step("escalate", self._answerer, words=self._rng.choice(stories.ESCALATIONS[self._level]))
            self._level = LADDER[LADDER.index(self._level) + 1]
            self.wait(0.1, 0.7)
        elif chance > 1 - SENT_DOWN and self._level == "street":
            self.step("send_down", self._answerer, level="community", words=self._rng.choice(stories.SENT_DOWN))
            self._level = "community"
            self.wait(0.1, 0.7)

    @property
    def _answerer(self) -> str:
        """Who answers for it at its level now."""
        return {"community": self._officer, "street": self._dispatcher}.get(self._level, "district-dispatcher")

    def dispatch(self, department: str, *, is_mistake: bool = False) -> None:
        """To a team of the department; small matters of a community often to somebody on the spot."""
        words = self._rng.choice(stories.INSTRUCTIONS)
        party = self._choose_party(department, is_mistake=is_mistake)
        if party in self._cast.staff:
            self._handler = party
            self.step("dispatch", self._answerer, member=party, words=words)
        else:
            self._handler = self._rng.choice(self._cast.handlers(party))
            self.step("dispatch", self._answerer, office=party, words=words)

    def _choose_party(self, department: str, *, is_mistake: bool) -> str:
        rng = self._rng
        if self._party and not is_mistake:
            return self._party
        is_near = self._answerer == self._officer and not is_mistake
        if is_near and department in {"community", "housing"} and rng.random() < 0.6:
            return self._worker if department == "community" else rng.choice(managers_of(self.opening.spot.code))
        if department == "community":
            return station_of(self.opening.spot.code)
        return rng.choice(self._cast.office_keys(department))

    def work(self) -> None:
        """Taken on and done, mostly in time."""
        rng = self._rng
        self.wait(0.05, 1.05)
        self.step("report_in", self._handler, words=rng.choice(stories.ACCEPTED))
        if rng.random() < LATE:
            span = max(self.due - self._promise_from, timedelta(hours=1))
            self.at = max(self.at, self.due) + span * rng.uniform(0.02, 0.5)
            if not self._is_urgent:
                self.at = worked(self.at, 0.1, self._calendar)
        else:
            share = rng.betavariate(2, 2.2) * 0.92 + 0.03
            self.at = share_of(self.at, self.due, share, self._calendar, is_urgent=self._is_urgent) + MINUTE
        self.report_done()

    def report_done(self) -> None:
        """Handled; where its class asks for it, an office confirms that first."""
        result = self.opening.story.result
        lead = self._cast.lead_for(self._handler) if self.opening.condition.category.needs_confirmation else ""
        if lead:
            self.step("submit", self._handler, words=result)
            self.at += self._rng.randint(5, 40) * MINUTE
        self.step("handle", lead or self._handler, words=result)

    def settle(self) -> None:
        """Checked by somebody else, rated, and opened again where it was not good."""
        rng = self._rng
        self.look()
        reporter = self.opening.reporter
        if self.opening.channel != "resident" or reporter is None or rng.random() > RATED:
            return
        handled = next(step.at for step in reversed(self.steps) if step.verb == "handle")
        self.at += timedelta(hours=rng.uniform(0.2, 60))
        grades = ON_TIME_GRADES if handled <= self.due else LATE_GRADES
        grade = rng.choices((1, 2, 3, 4, 5), grades)[0]
        reasons = rng.sample(stories.RATING_REASONS[grade], 1)
        self.step("rate", reporter, grade=grade, reasons=reasons, words=rng.choice(stories.RATING_WORDS[grade]))
        if grade <= 2 and rng.random() < 0.6:
            self.again(reporter)

    def look(self) -> None:
        """The check: sent back once in a while, passed in the end."""
        rng = self._rng
        check_by = self.opening.condition.category.check_by
        if check_by == "auto":
            self.step("check", None, outcome="explained")
            return
        is_resident = check_by == "reporter" and self.opening.channel == "resident" and self.opening.reporter
        checker = self.opening.reporter if is_resident else self._checker()
        self.wait(0.5, 7)
        if rng.random() < REWORKED:
            self.step("rework", checker, words=rng.choice(stories.REWORKS))
            self.wait(0.1, 0.8)
            self.step("report_in", self._handler)
            self.wait(0.5, 5)
            self.report_done()
            self.wait(0.3, 5)
        outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        self.step("check", checker, outcome=outcome, words=rng.choice(stories.CHECKED))

    def _checker(self) -> str:
        """The grid's worker, unless the worker handled it."""
        return self._officer if self._handler == self._worker else self._worker

    def again(self, reporter: str) -> None:
        """Opened again by the reporter, with a new promise; done better this time."""
        self.at += self._rng.randint(1, 40) * MINUTE
        self._promise_from = self.at
        self.step("reopen", reporter, words=self._rng.choice(stories.REOPENINGS))
        self.wait(0.1, 0.8)
        self.dispatch(self.opening.condition.category.department_key)
        self.work()
        self.look()
