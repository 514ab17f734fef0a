"""Whether a rule holds for a case, condition by condition; whether one covers another. No database, no clock."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from jingwei.calendars.public import Calendars
from jingwei.cases.routing.models import Rule
from jingwei.kernel.public import WorkingCalendar
from jingwei.places.public import lineage, span

T = TypeVar("T")


@dataclass(frozen=True)
class CaseFacts:
    """What rules look at. `at`: when it is filed. `words`: what was said, and the title."""

    code: int
    category_code: str
    condition: str
    channel: str
    urgency: str
    at: datetime
    words: str = ""


class Kind(StrEnum):
    """The conditions that a rule may have, in the order in which they are told."""

    SWITCH = "switch"
    DATES = "dates"
    CATEGORIES = "categories"
    AREAS = "areas"
    HOURS = "hours"
    WEEKDAYS = "weekdays"
    SEASON = "season"
    CHANNELS = "channels"
    URGENCIES = "urgencies"
    WORDS = "words"


@dataclass(frozen=True)
class Asked:
    """A condition that a rule has, and whether the case meets it."""

    kind: Kind
    is_met: bool


def conditions(rule: Rule, facts: CaseFacts, known: Calendars) -> tuple[Asked, ...]:
    """Every condition of the rule, in order. It holds where all are met."""
    day = facts.at.astimezone(known.nobodys().zone).date()
    found: list[Asked] = []

    def ask(kind: Kind, *, is_asked: bool, is_met: Callable[[], bool]) -> None:
        if is_asked:
            found.append(Asked(kind, is_met()))

    ask(Kind.SWITCH, is_asked=not rule.is_on, is_met=lambda: False)
    ask(Kind.DATES, is_asked=bool(rule.begins_on or rule.ends_on), is_met=lambda: is_in_force(rule, day))
    ask(Kind.CATEGORIES, is_asked=bool(rule.categories), is_met=lambda: _is_of_class(rule, facts))
    ask(Kind.AREAS, is_asked=bool(rule.areas), is_met=lambda: not set(rule.areas).isdisjoint(lineage(facts.code)))
    ask(Kind.HOURS, is_asked=bool(rule.hours), is_met=lambda: _is_at_hours(rule, facts, known))
    ask(Kind.WEEKDAYS, is_asked=bool(rule.weekdays), is_met=lambda: day.isoweekday() in rule.weekdays)
    ask(Kind.SEASON, is_asked=bool(rule.season_from), is_met=lambda: is_in_season(rule, f"{day:%m-%d}"))
    ask(Kind.CHANNELS, is_asked=bool(rule.channels), is_met=lambda: facts.channel in rule.channels)
    ask(Kind.URGENCIES, is_asked=bool(rule.urgencies), is_met=lambda: facts.urgency in rule.urgencies)
    ask(Kind.WORDS, is_asked=bool(rule.words), is_met=lambda: _is_said(rule, facts.words))
    return tuple(found)


def is_in_force(rule: Rule, day: date) -> bool:
    return (rule.begins_on is None or rule.begins_on <= day) and (rule.ends_on is None or day < rule.ends_on)


def is_in_season(rule: Rule, day: str) -> bool:
    """Whether a month and day lies in it; one from November until March goes over the end of the year."""
    if rule.season_from <= rule.season_until:
        return rule.season_from <= day <= rule.season_until
    return day >= rule.season_from or day <= rule.season_until


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether somebody works at that moment."""
    local = at.astimezone(calendar.zone)
    minute = local.hour * 60 + local.minute
    return any(one.begin <= minute < one.end for one in calendar.day(local.date()).hours)


def _is_of_class(rule: Rule, facts: CaseFacts) -> bool:
    whole = f"{facts.category_code}-{facts.condition}"
    return any(whole.startswith(one) for one in rule.categories)


def _is_at_hours(rule: Rule, facts: CaseFacts, known: Calendars) -> bool:
    whose = rule.hours_of_id
    calendar = known.place(facts.code) if whose is None else known.department(whose, facts.code)
    return is_open(calendar, facts.at) is (rule.hours == Rule.Hours.OPEN)


def _is_said(rule: Rule, words: str) -> bool:
    said = words.casefold()
    return any(one.casefold() in said for one in rule.words)


def covers(wide: Rule, narrow: Rule) -> bool:
    """Whether `wide` holds for every case for which `narrow` does, as far as that can be read off the two."""
    return (
        wide.is_on
        and _spans(wide, narrow)
        and _all_within(narrow.categories, wide.categories, lambda one, other: one.startswith(other))
        and _all_within(narrow.areas, wide.areas, lambda one, other: span(other)[0] <= one <= span(other)[1])
        and _all_within(narrow.channels, wide.channels, str.__eq__)
        and _all_within(narrow.urgencies, wide.urgencies, str.__eq__)
        and _all_within(narrow.weekdays, wide.weekdays, int.__eq__)
        and (not wide.hours or (wide.hours, wide.hours_of_id) == (narrow.hours, narrow.hours_of_id))
        and _season_within(narrow, wide)
        and _all_within(narrow.words, wide.words, lambda one, other: other.casefold() in one.casefold())
    )


def _spans(wide: Rule, narrow: Rule) -> bool:
    begins = wide.begins_on is None or (narrow.begins_on is not None and wide.begins_on <= narrow.begins_on)
    return begins and (wide.ends_on is None or (narrow.ends_on is not None and narrow.ends_on <= wide.ends_on))


def _all_within(narrow: Sequence[T], wide: Sequence[T], is_within: Callable[[T, T], bool]) -> bool:
    """Whether every one of `narrow` lies within one of `wide`. Nothing asked is everything."""
    if not wide:
        return True
    return bool(narrow) and all(any(is_within(one, other) for other in wide) for one in narrow)


def _season_within(narrow: Rule, wide: Rule) -> bool:
    if not wide.season_from:
        return True
    return bool(narrow.season_from) and all(is_in_season(wide, day) for day in _days(narrow))


def _days(rule: Rule) -> Iterable[str]:
    """Every month and day of its season, those that no year has among them: they do no harm."""
    every = (f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 32))
    return (day for day in every if is_in_season(rule, day))
