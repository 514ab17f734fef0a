"""Rules about reports, never about people: which of them a person should look at. No database, no clock."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import Refused

LONGEST_LIMIT = 90
"""Days. Whoever thinks that it is needed longer decides again, and says why."""
WORDS = ("傻逼", "操你妈", "他妈的", "王八蛋", "狗东西", "fuck", "asshole", "son of a bitch")
MOST_WORDS, LONGEST_WORD = 200, 40


class Kind(TextChoices):
    RATE = "rate", pgettext_lazy("flag", "Many reports in a short time")
    TWIN = "twin", pgettext_lazy("flag", "Reported before in the same words")
    WORDS = "words", pgettext_lazy("flag", "Insulting words")
    LIMIT = "limit", pgettext_lazy("flag", "A decision asks to look first")
    LETTER = "letter", pgettext_lazy("flag", "A decision asks to answer by letter")


class Decision(TextChoices):
    """What became of a flag. All but the first three follow from what was done with the case."""

    GO_ON = "go_on", pgettext_lazy("flag", "Goes on like any other")
    LIMITED = "limited", pgettext_lazy("flag", "A limit was decided")
    ANSWERED = "answered", pgettext_lazy("flag", "Answered, and not filed")
    MERGED = "merged", pgettext_lazy("flag", "Merged with the other report")
    MOVED = "moved", pgettext_lazy("flag", "Dealt with in the meantime")


class Measure(TextChoices):
    LOOK = "look", pgettext_lazy("limit", "New reports are looked at by a person first")
    LETTER = "letter", pgettext_lazy("limit", "New reports are answered by letter")


FLAG_OF = {Measure.LOOK: Kind.LIMIT, Measure.LETTER: Kind.LETTER}


@dataclass(frozen=True)
class Rules:
    """`most` reports of one account within `hours`; the same words within `twin_hours`; words that insult."""

    most: int = 10
    hours: int = 24
    twin_hours: int = 72
    words: tuple[str, ...] = WORDS

    @property
    def window(self) -> timedelta:
        return timedelta(hours=self.hours)

    @property
    def twin_window(self) -> timedelta:
        return timedelta(hours=self.twin_hours)


@dataclass(frozen=True)
class Reported:
    """A report as the rules see it: how many came with it, whether its words came before, what it says."""

    text: str
    count: int
    has_twin: bool
    measures: frozenset[str] = frozenset()
    is_emergency: bool = False


def flags(report: Reported, rules: Rules) -> list[Kind]:
    """Why a person should look at it; nothing for an emergency, which nothing may hold up."""
    if report.is_emergency:
        return []
    text = report.text.casefold()
    found = [FLAG_OF[Measure(one)] for one in sorted(report.measures)]
    if report.count > rules.most:
        found.append(Kind.RATE)
    if report.has_twin:
        found.append(Kind.TWIN)
    if any(word.casefold() in text for word in rules.words):
        found.append(Kind.WORDS)
    return found


def check_rules(rules: Rules) -> None:
    """Refuse rules that would flag everything, or nothing that could be read."""
    if not (1 <= rules.most <= 1000 and 1 <= rules.hours <= 720 and 1 <= rules.twin_hours <= 720):
        raise Refused(_("Give 1 to 1000 reports, and 1 to 720 hours."))
    if len(rules.words) > MOST_WORDS or any(not 2 <= len(word) <= LONGEST_WORD for word in rules.words):
        raise Refused(_("Give at most 200 words, each of 2 to 40 characters."))


def check_limit(measure: str, reason: str, days: int) -> None:
    if measure not in Measure.values:
        raise Refused(_("Choose what follows."))
    if not reason.strip():
        raise Refused(_("Give the reason: the person concerned reads it."))
    if not 1 <= days <= LONGEST_LIMIT:
        raise Refused(_("A limit lasts %(n)d days at most.") % {"n": LONGEST_LIMIT})
