"""Words that sound like danger. They suggest whom to call and where the button is; they never raise an alarm.

A false suggestion costs a glance, a missed one more: only what certainly means something else is left out.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingwei.cases.public import Heard as Part
from jingwei.emergency.models import in_language

FILE = Path(__file__).parent / "data" / "alarm_words.csv"
LINES: dict[str, str | Promise] = {"110": _("Police"), "119": _("Fire and rescue"), "120": _("Ambulance")}
APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
BREAK = "|"
"""Between two sentences: nothing is read across."""


@dataclass(frozen=True)
class Danger:
    """A kind of danger by its words. `lines`: whom to call, the first first; `category` and `condition`: how it is
    filed, "" where the table of classes has nothing for it.
    """

    kind: str
    name_zh: str
    name_en: str
    lines: tuple[str, ...]
    category: str
    condition: str
    words_zh: tuple[str, ...]
    words_en: tuple[str, ...]
    unless_zh: tuple[str, ...]
    unless_en: tuple[str, ...]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def is_in(self, chinese: str, english: str) -> bool:
        """Whether one of its words was said, as `_chinese` and `_english` give what was said."""
        return _has(chinese, self.words_zh, self.unless_zh) or _has(english, self.words_en, self.unless_en)


@dataclass(frozen=True)
class Heard:
    """What was heard: kinds of danger in the order of the table, and all the numbers, the likeliest first."""

    dangers: tuple[Danger, ...]
    words: str

    @property
    def lines(self) -> list[tuple[str, str | Promise]]:
        first = [number for danger in self.dangers for number in danger.lines]
        return [(number, LINES[number]) for number in dict.fromkeys([*first, *LINES])]

    @property
    def danger(self) -> str:
        """What the alarm would be raised for, as category and condition; "" where nothing is sure."""
        return next((f"{one.category}-{one.condition}" for one in self.dangers if one.category), "")


def hear(words: str) -> Heard | None:
    """What sounds like danger in `words`; None where nothing does."""
    chinese, english = _chinese(words), _english(words)
    found = tuple(danger for danger in known_dangers() if danger.is_in(chinese, english))
    return Heard(found, words) if found else None


def heard_part(words: str) -> Part | None:
    """What the pages of a report show of it."""
    heard = hear(words)
    return Part("emergency/heard.html", heard) if heard else None


@cache
def known_dangers() -> tuple[Danger, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_danger(row) for row in csv.DictReader(lines))


def _danger(row: dict[str, str]) -> Danger:
    lists: dict[str, tuple[str, ...]] = {
        name: tuple(filter(None, row.pop(name).split("|"))) for name in ("words_zh", "unless_zh")
    }
    for name in ("words_en", "unless_en"):
        lists[name] = tuple(f" {one} " for one in row.pop(name).split("|") if one)
    return Danger(**row | {"lines": tuple(row["lines"].split())}, **lists)  # type: ignore[arg-type]


def _chinese(words: str) -> str:
    """Without spaces, which people put anywhere."""
    return re.sub(r"\s", "", normalize("NFKC", words))


def _english(words: str) -> str:
    """Whole words with one space before and behind each; whatever is none ends a sentence."""
    said = APOSTROPHES.sub("", normalize("NFKC", words).casefold())
    tokens = re.findall(r"[a-z0-9]+|[^a-z0-9\s]", said)
    return f" {' '.join(one if one.isalnum() and one.isascii() else BREAK for one in tokens)} "


def _has(said: str, words: Sequence[str], unless: Sequence[str]) -> bool:
    """Longer phrases are taken out first, so that what remains of them says nothing."""
    if not any(word in said for word in words):
        return False
    for phrase in sorted(unless, key=len, reverse=True):
        said = said.replace(phrase, f" {BREAK} ")
    return any(word in said for word in words)
