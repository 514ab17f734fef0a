"""A year's holidays as they are announced: read from the official text or a file, and checked. No database.

The text is the notice of the General Office of the State Council, as it is printed every autumn:

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.ui.public import WEEKDAYS

DAY = timedelta(days=1)
SATURDAY = 5
LONGEST = 15
"""Days that a holiday has at most: more is a slip of the pen."""

HOLIDAYS: Mapping[str, Promise] = MappingProxyType(
    {
        "new_year": pgettext_lazy("holiday", "New Year's Day"),
        "spring_festival": pgettext_lazy("holiday", "Spring Festival"),
        "qingming": pgettext_lazy("holiday", "Tomb-sweeping Day"),
        "labour_day": pgettext_lazy("holiday", "Labour Day"),
        "dragon_boat": pgettext_lazy("holiday", "Dragon Boat Festival"),
        "mid_autumn": pgettext_lazy("holiday", "Mid-autumn Festival"),
        "national_day": pgettext_lazy("holiday", "National Day"),
        "victory_day": pgettext_lazy("holiday", "Victory Day"),
    }
)
EVERY_YEAR = frozenset(HOLIDAYS) - {"victory_day"}
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "元旦": "new_year",
        "春节": "spring_festival",
        "清明节": "qingming",
        "清明": "qingming",
        "劳动节": "labour_day",
        "五一": "labour_day",
        "端午节": "dragon_boat",
        "端午": "dragon_boat",
        "中秋节": "mid_autumn",
        "中秋": "mid_autumn",
        "国庆节": "national_day",
        "国庆": "national_day",
        "抗日战争": "victory_day",
        "new year's day": "new_year",
        "spring festival": "spring_festival",
        "tomb-sweeping day": "qingming",
        "labour day": "labour_day",
        "dragon boat festival": "dragon_boat",
        "mid-autumn festival": "mid_autumn",
        "national day": "national_day",
        "anti-fascist 70th day": "victory_day",
    }
)
IN_CHINESE = "一二三四五六日"


@dataclass(frozen=True)
class Holiday:
    """One paragraph of the notice: the days off, how many it says they are, and the days worked instead."""

    key: str
    off: tuple[date, ...]
    on: tuple[date, ...] = ()
    said: int | None = None


@dataclass(frozen=True)
class Announcement:
    """A year as announced. `faults`: what cannot be right; `remarks`: what somebody should look at."""

    year: int
    holidays: tuple[Holiday, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def off(self) -> dict[date, str]:
        return {day: one.key for one in self.holidays for day in one.off}

    @property
    def on(self) -> dict[date, str]:
        return {day: one.key for one in self.holidays for day in one.on}


YEAR = re.compile(r"(20[0-9]{2})\s*年(?:[^。；\n]{0,12})(?:节假日|放假)")
ITEM = re.compile(rf"(?P<names>(?:{'|'.join(name for name in NAMES if not name.isascii())})[^：:\n。]{{0,30}})[：:]")
DATE = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日"
    r"(?:[（(](?P<note>[^）)]*)[）)])?"
)
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
TOTAL = re.compile(r"(?:共|放假)\s*([0-9]{1,2})\s*天")
SENTENCE = re.compile(r"[。；;\n]")


@dataclass
class _Reading:
    """The text so far: which year it is about, the last month that was named, and what is wrong."""

    year: int
    month: int = 0
    of_year: int = 0
    faults: list[str] = field(default_factory=list)

    def dates(self, words: str) -> Iterator[tuple[date, str]]:
        """The dates of a sentence, each with what stands between it and the one before."""
        end = 0
        for found in DATE.finditer(words):
            if day := self._date(found):
                yield day, words[end : found.start()]
            end = found.end()

    def _date(self, found: re.Match[str]) -> date | None:
        self.of_year = int(found["year"] or self.of_year or self.year)
        self.month = int(found["month"] or self.month)
        try:
            day = date(self.of_year, self.month, int(found["day"]))
        except ValueError:
            self.faults.append(_("There is no such day: %(words)s.") % {"words": found[0]})
            return None
        said = WEEKDAY.search(found["note"] or "")
        if said and IN_CHINESE.index(said[1].replace("天", "日")) != day.weekday():
            self.faults.append(
                _("%(day)s is a %(weekday)s, but the text says %(words)s.")
                % {"day": day.isoformat(), "weekday": WEEKDAYS[day.weekday()], "words": found[0]}
            )
        return day


def read_notice(text: str, year: int = 0) -> Announcement:
    """The year of an official text. Its own heading says which, unless `year` does."""
    heading = YEAR.search(text)
    year = year or (int(heading[1]) if heading else 0)
    if not year:
        return Announcement(0, faults=(_("The text does not say which year it is about: choose the year."),))
    reading = _Reading(year)
    items = list(ITEM.finditer(text))
    ends = [*(item.start() for item in items[1:]), len(text)][: len(items)]
    holidays = [
        _read_item(NAMES[_name(item["names"])], text[item.end() : end], reading)
        for item, end in zip(items, ends, strict=True)
    ]
    return checked(Announcement(year, tuple(holidays), tuple(reading.faults)))


def _name(words: str) -> str:
    """The name with which the words begin; of two holidays that are one, the National Day."""
    if "国庆" in words:
        return "国庆"
    return max((name for name in NAMES if words.startswith(name)), key=len)


def _read_item(key: str, body: str, reading: _Reading) -> Holiday:
    reading.month = reading.of_year = 0
    off: list[date] = []
    on: list[date] = []
    said = None
    for sentence in SENTENCE.split(body):
        if "上班" in sentence:
            on += [day for day, _between in reading.dates(sentence)]
        elif "放假" in sentence or "调休" in sentence:
            off += _spread(reading.dates(sentence), reading)
            total = TOTAL.search(sentence)
            said = int(total[1]) if total else said
    return Holiday(key, tuple(off), tuple(on), said)


def _spread(dates: Iterator[tuple[date, str]], reading: _Reading) -> list[date]:
    """Every day of "1日至3日", and single days as they are."""
    days: list[date] = []
    for day, between in dates:
        if days and re.search(r"[至到—~-]", between):
            if not 0 < (day - days[-1]).days <= LONGEST:
                reading.faults.append(_("From %(first)s to %(last)s is no holiday.") % {"first": days[-1], "last": day})
                continue
            days += [days[-1] + n * DAY for n in range(1, (day - days[-1]).days + 1)]
        else:
            days.append(day)
    return days


def from_days(year: int, off: Mapping[date, str], on: Mapping[date, str]) -> Announcement:
    """The announcement whose days are known one by one, each with its holiday's key."""

    def days(known: Mapping[date, str], key: str) -> tuple[date, ...]:
        return tuple(sorted(day for day, its in known.items() if its == key))

    keys = dict.fromkeys([*off.values(), *on.values()])
    holidays = [Holiday(key, days(off, key), days(on, key), len(days(off, key))) for key in keys]
    return checked(Announcement(year, tuple(holidays)))


def checked(announcement: Announcement) -> Announcement:
    """The same with everything that is wrong about it, and what is unusual."""
    faults = [*announcement.faults, *_faults(announcement)]
    return Announcement(announcement.year, announcement.holidays, tuple(faults), tuple(_remarks(announcement)))


def _faults(announcement: Announcement) -> Iterator[str]:
    if not any(one.off for one in announcement.holidays):
        yield _("No holiday was found in it.")
    seen: set[date] = set()
    for one in announcement.holidays:
        name = {"holiday": HOLIDAYS[one.key]}
        if not one.off:
            yield _("%(holiday)s has no days.") % name
        if one.said is not None and one.said != len(one.off):
            yield _("%(holiday)s: the text says %(said)d days, but names %(found)d.") % {
                **name,
                "said": one.said,
                "found": len(one.off),
            }
        for day in (*one.off, *one.on):
            if day in seen:
                yield _("%(day)s is named twice.") % {"day": day.isoformat()}
            if day.year != announcement.year and (day.year, day.month) != (announcement.year - 1, 12):
                yield _("%(day)s is not of the year %(year)d.") % {"day": day.isoformat(), "year": announcement.year}
            seen.add(day)
        for day in one.on:
            if day.weekday() < SATURDAY:
                yield _("%(day)s is to be worked instead, but it is no weekend day.") % {"day": day.isoformat()}


def _remarks(announcement: Announcement) -> Iterator[str]:
    missing = [key for key in HOLIDAYS if key in EVERY_YEAR - {one.key for one in announcement.holidays}]
    if missing and "mid_autumn" in missing and _joins_national_day(announcement):
        missing.remove("mid_autumn")
    if missing:
        yield _("Not in the text: %(holidays)s.") % {"holidays": _(", ").join(str(HOLIDAYS[key]) for key in missing)}
    for one in announcement.holidays:
        if any(following - day != DAY for day, following in zip(one.off, one.off[1:], strict=False)):
            yield _("%(holiday)s has a gap.") % {"holiday": HOLIDAYS[one.key]}
    for one in announcement.holidays:
        if one.said is None:
            yield _("%(holiday)s: the text does not say how many days it has.") % {"holiday": HOLIDAYS[one.key]}


def _joins_national_day(announcement: Announcement) -> bool:
    """In some years both festivals are one holiday of eight days."""
    return any(one.key == "national_day" and len(one.off) > 7 for one in announcement.holidays)


def keys_of(names: Sequence[str]) -> list[str]:
    """The keys of holidays by the names that files give them. KeyError for a name that nobody knows."""
    return [name if name in HOLIDAYS else NAMES[name.strip().lower()] for name in names]
