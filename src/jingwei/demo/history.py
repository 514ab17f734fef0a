"""Half a year of cases up to a given moment. Pure: names, no ids.

Every day's cases are drawn from a seed of that day and cut where the present is, so that the past of a day is the
same whenever it is asked for. `present.py` adds what is made for the present.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from jingwei.cases.public import Condition
from jingwei.demo.course import Course, Opening, Step
from jingwei.demo.people import Cast, build_cast, worker_of
from jingwei.demo.rhythm import moment_on, reports_on
from jingwei.demo.spots import grids_with, spot_in
from jingwei.demo.stories import Story, draw_story
from jingwei.demo.town import SEED, Grid, build_town
from jingwei.kernel.public import WorkingCalendar, clock

DAYS = 180
CHANNELS = {"resident": 55, "field": 29, "hotline": 11, "counter": 5}
AT_HOME = {"resident": 78, "hotline": 14, "counter": 8}
WITH_ACCOUNT = 0.8
NAMESPACE = uuid5(NAMESPACE_URL, "urn:jingwei:demo")


@dataclass(frozen=True)
class Planned:
    """A case to be: how it begins, and the steps it has made by now."""

    id: UUID
    opening: Opening
    words: str
    steps: tuple[Step, ...]


Conditions = dict[tuple[str, str], Condition]


class Historian:
    """Draws cases. `conditions` are those of the category table, by code and number."""

    def __init__(self, conditions: Conditions, calendar: WorkingCalendar, cast: Cast | None = None) -> None:
        self._conditions = conditions
        self.calendar = calendar
        self.cast = cast or build_cast()
        self._grids = build_town().grids
        # Grids differ: some have three times the reports of others.
        rng = Random(f"{SEED} weights")
        self._weights = {grid.code: rng.uniform(0.5, 1.6) for grid in self._grids}

    def past(self, now: datetime, days: int = DAYS) -> Iterator[Planned]:
        """The cases reported in the `days` before `now`, the oldest first, each as far as it has come."""
        today = clock.local(now).date()
        for back in range(days, -1, -1):
            yield from self.day(today - timedelta(days=back), now)

    def day(self, day: date, now: datetime) -> Iterator[Planned]:
        """What was reported on one day until `now`."""
        rng = Random(f"{SEED} {day.isoformat()}")
        courses = [self.course(day, rng) for _number in range(reports_on(day, self.calendar, rng))]
        for number, (course, words) in enumerate(sorted(courses, key=lambda pair: pair[0].opening.at)):
            if course.opening.at < now:
                yield cut(f"{day.isoformat()} {number}", course, words, now)

    def course(self, day: date, rng: Random) -> tuple[Course, str]:
        """A case of that day with its whole course, and the words of its report."""
        story = draw_story(day.month, rng)
        grid = self.grid_for(story, rng)
        course = self.begin(story, grid, moment_on(day, story.when, self.calendar, rng), rng)
        course.walk()
        return course, rng.choice(story.words)

    def condition(self, story: Story) -> Condition:
        return self._conditions[story.category, story.condition]

    def grid_for(self, story: Story, rng: Random) -> Grid:
        choices = grids_with(story.where)
        return rng.choices(choices, [self._weights[grid.code] for grid in choices])[0]

    def begin(
        self,
        story: Story,
        grid: Grid,
        at: datetime,
        rng: Random,
        *,
        reporter: str | None = None,
        party: str = "",
    ) -> Course:
        """A course at its beginning: where, by whom and through which door.

        `reporter` (a resident) and `party` are left to chance where they are not given.
        """
        spot = spot_in(grid, story.where, rng)
        doors = AT_HOME if story.where in {"home", "compound"} else CHANNELS
        channel = "resident" if reporter else rng.choices(list(doors), list(doors.values()))[0]
        if channel == "field":
            reporter = worker_of(grid.code)
        elif channel == "resident" and reporter is None:
            reporter = self._resident(grid, rng)
        opening = Opening(
            story,
            self.condition(story),
            spot,
            story.title.format(place=spot.place),
            channel,
            reporter,
            at,
        )
        return Course(opening, self.cast, self.calendar, rng, party)

    def _resident(self, grid: Grid, rng: Random) -> str | None:
        """A neighbour, or anyone; some report without an account."""
        if rng.random() > WITH_ACCOUNT:
            return None
        neighbours = self.cast.residents_of(grid.code)
        return rng.choice(neighbours if neighbours and rng.random() < 0.8 else self.cast.residents).username


def cut(name: str, course: Course, words: str, now: datetime) -> Planned:
    """The part of a course that lies before `now`. The same name is the same case."""
    steps = tuple(step for step in course.steps if step.at < now)
    return Planned(uuid5(NAMESPACE, name), course.opening, words, steps)
