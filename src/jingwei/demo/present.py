"""The open cases that every desk of the demo has today, whatever the hour: some fresh, some near, some overdue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from jingwei.cases.public import STAGE_LIMITS
from jingwei.demo.course import Course, Step
from jingwei.demo.history import Historian, Planned, cut
from jingwei.demo.people import build_cast, grid_of
from jingwei.demo.rhythm import MINUTE, latest_start
from jingwei.demo.spots import grids_with
from jingwei.demo.stories import Story, draw_story, stories
from jingwei.demo.town import SEED, build_town
from jingwei.kernel.public import clock, due_at

REACH = timedelta(days=50)
TRIES = 40
NEAR = timedelta(hours=1)
CREW = "drainage-1"
"""The team of the demo's department handler."""


@dataclass(frozen=True)
class Slot:
    """So many cases that stopped after a move, with a clock that is `fresh`, `near` or `late`.

    `whose`: "" anywhere; `grid` in the demo worker's grid, `hands` in her own hands, `crew` with the demo's team,
    `home` reported by the demo's resident.
    """

    stop: str
    clock: str
    count: int
    whose: str = ""


SLOTS = (
    Slot("report", "fresh", 8),
    Slot("report", "late", 3),
    Slot("file", "fresh", 9),
    Slot("file", "late", 3),
    Slot("dispatch", "fresh", 9),
    Slot("dispatch", "late", 3),
    Slot("report_in", "fresh", 14),
    Slot("report_in", "near", 8),
    Slot("report_in", "late", 7),
    Slot("handle", "fresh", 9),
    Slot("handle", "late", 3),
    Slot("report", "fresh", 2, "grid"),
    Slot("report", "late", 1, "grid"),
    Slot("handle", "fresh", 2, "grid"),
    Slot("handle", "late", 1, "grid"),
    Slot("dispatch", "fresh", 1, "hands"),
    Slot("report_in", "fresh", 2, "hands"),
    Slot("report_in", "late", 1, "hands"),
    Slot("dispatch", "fresh", 3, "crew"),
    Slot("dispatch", "late", 1, "crew"),
    Slot("report_in", "fresh", 3, "crew"),
    Slot("report_in", "near", 2, "crew"),
    Slot("report_in", "late", 1, "crew"),
    Slot("report", "fresh", 1, "home"),
    Slot("report_in", "fresh", 1, "home"),
    Slot("report_in", "late", 1, "home"),
    Slot("handle", "fresh", 1, "home"),
    Slot("check", "fresh", 2, "home"),
)
AT_WORKERS = {"grid", "hands", "home"}
DEPARTMENTS = {"hands": "community", "crew": "drainage"}
STAGE_AFTER = {"report": "file", "file": "dispatch", "dispatch": "accept", "report_in": "handle", "handle": "check"}


class Present:
    """Makes the open cases of a moment, in the voice of a historian."""

    def __init__(self, historian: Historian) -> None:
        self._historian = historian
        self._worker_grid = grid_of(build_town(), 2, 7)
        self._resident = build_cast().residents[0].username

    def cases(self, now: datetime) -> Iterator[Planned]:
        """One for each place of every slot. The same moment gives the same cases."""
        day = clock.local(now).date().isoformat()
        rng = Random(f"{SEED} present {day}")
        wanted = [slot for slot in SLOTS for _one in range(slot.count)]
        for number, slot in enumerate(wanted):
            course = self._best(slot, now, rng)
            yield cut(f"{day} present {number}", course, rng.choice(course.opening.story.words), now)

    def _best(self, slot: Slot, now: datetime, rng: Random) -> Course:
        """A case whose clock stands as wanted; the last one tried where the hour allows none."""
        for _try in range(TRIES):
            story = self._story(slot, clock.local(now).month, rng)
            course = self._made_for(slot, story, now, rng)
            if slot.clock != "near" or now < course.due <= now + NEAR:
                break
        return course

    def _story(self, slot: Slot, month: int, rng: Random) -> Story:
        while True:
            story = rng.choice(stories()) if slot.whose in DEPARTMENTS else draw_story(month, rng)
            if self._suits(story, slot):
                return story

    def _suits(self, story: Story, slot: Slot) -> bool:
        """Whether it can happen there and to them; what waits before it is in hand is promised for longer than that."""
        condition = self._historian.condition(story)
        return (
            condition.category.department_key == DEPARTMENTS.get(slot.whose, condition.category.department_key)
            and (slot.stop == "report_in" or condition.limit_kind == "working_days")
            and (slot.whose not in AT_WORKERS or self._worker_grid in grids_with(story.where))
        )

    def _made_for(self, slot: Slot, story: Story, now: datetime, rng: Random) -> Course:
        grid = self._worker_grid if slot.whose in AT_WORKERS else self._historian.grid_for(story, rng)
        ends, begins = self._times(slot, story, now, rng)
        course = self._historian.begin(
            story,
            grid,
            begins,
            rng,
            reporter=self._resident if slot.whose == "home" else None,
            party={"hands": "grid-0207", "crew": CREW}.get(slot.whose, ""),
        )
        course.steps = squeeze(_straight(course, slot.stop), begins, ends)
        return course

    def _times(self, slot: Slot, story: Story, now: datetime, rng: Random) -> tuple[datetime, datetime]:
        """When the last move was made, and when it was reported."""
        calendar = self._historian.calendar
        limit = self._historian.condition(story).limit
        wanted = {
            "fresh": now,
            "near": now + rng.randint(6, 55) * MINUTE,
            "late": now - rng.randint(15, 26 * 60) * MINUTE,
        }[slot.clock]
        just_now = now - rng.randint(2, 40) * MINUTE
        if slot.clock == "fresh":
            begins = just_now - rng.randint(5, 90) * MINUTE if slot.stop != "report" else just_now
            return just_now, begins
        if slot.stop == "report_in":
            begins = latest_start(lambda at: due_at(limit, at, calendar).at, wanted, wanted - REACH)
            return min(just_now, begins + (wanted - begins) * 0.4), begins
        stage = STAGE_LIMITS[STAGE_AFTER[slot.stop]]
        ends = latest_start(lambda at: due_at(stage, at, calendar).at, wanted, wanted - REACH)
        return ends, ends if slot.stop == "report" else ends - rng.randint(20, 150) * MINUTE


def _straight(course: Course, stop: str) -> list[Step]:
    """The steps from the report to the move `stop`, without detours."""
    course.file()
    course.wait(0.05, 0.5)
    course.dispatch(course.opening.condition.category.department_key)
    course.work()
    course.look()
    verbs = ["report", *(step.verb for step in course.steps)]
    return course.steps[: verbs.index(stop)]


def squeeze(steps: list[Step], begins: datetime, ends: datetime) -> list[Step]:
    """The same steps with their times drawn together or apart, so that the last falls on `ends`."""
    if not steps:
        return []
    span = max(steps[-1].at - begins, MINUTE)
    return [replace(step, at=begins + (ends - begins) * ((step.at - begins) / span)) for step in steps]
