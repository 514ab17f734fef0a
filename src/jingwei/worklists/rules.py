"""The life of a task, what may be asked and what counts as an answer. Pure: no database, no clock.

Five levels: a department assigns, the grid collects and reports up, the community sorts and handles, the results go
back to the department, which strikes them off.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import Refused

MOST_ITEMS = 20
MOST_CHOICES = 12
MOST_GRIDS = 5000
LONGEST_ANSWER = 2000
UNFIT = re.compile("[\0\ud800-\udfff]")  # half a character of UTF-16 is none


class Kind(TextChoices):
    """What is expected as an answer."""

    CHOICE = "choice", pgettext_lazy("answer", "A choice")
    TEXT = "text", pgettext_lazy("answer", "Words")
    NUMBER = "number", pgettext_lazy("answer", "A number")
    PHOTO = "photo", pgettext_lazy("answer", "A photo")


class Status(TextChoices):
    """Of a task."""

    ASSIGNED = "assigned", pgettext_lazy("work list", "To be done")
    REPORTED = "reported", pgettext_lazy("work list", "To be looked at")
    SORTED = "sorted", pgettext_lazy("work list", "Reported back")
    DONE = "done", pgettext_lazy("work list", "Struck off")
    WITHDRAWN = "withdrawn", pgettext_lazy("work list", "Withdrawn")


class Stage(TextChoices):
    """Of a whole list."""

    OPEN = "open", pgettext_lazy("work list", "Under way")
    DONE = "done", pgettext_lazy("work list", "Struck off")
    WITHDRAWN = "withdrawn", pgettext_lazy("work list", "Withdrawn")


@dataclass(frozen=True)
class Move:
    """What becomes of a task. `permit` is asked of whoever makes it."""

    verb: str
    permit: str
    before: Status
    after: Status
    needs_reason: bool = False


MOVES: Mapping[str, Move] = MappingProxyType(
    {
        move.verb: move
        for move in (
            Move("report", "worklists.answer", Status.ASSIGNED, Status.REPORTED),
            Move("accept", "worklists.sort", Status.REPORTED, Status.SORTED),
            Move("send_back", "worklists.sort", Status.REPORTED, Status.ASSIGNED, needs_reason=True),
            Move("strike_off", "worklists.decide", Status.SORTED, Status.DONE),
            Move("return", "worklists.decide", Status.SORTED, Status.REPORTED, needs_reason=True),
        )
    }
)
STEPS: Mapping[str, Promise] = MappingProxyType(
    {
        "report": pgettext_lazy("work list step", "Reported by the grid"),
        "accept": pgettext_lazy("work list step", "In order: reported back to the office"),
        "send_back": pgettext_lazy("work list step", "Sent back to the grid"),
        "strike_off": pgettext_lazy("work list step", "Struck off"),
        "return": pgettext_lazy("work list step", "Returned to the community"),
        "raise": pgettext_lazy("work list step", "Made a case of an answer"),
    }
)
"""What the record calls each of them; an answer that becomes a case moves nothing."""
OPEN = frozenset({Status.ASSIGNED, Status.REPORTED, Status.SORTED})


def check_move(verb: str, status: str, reason: str = "") -> Move:
    """The move, where the task is where it begins; Refused says where it stands instead."""
    move = MOVES[verb]
    if status != move.before:
        raise Refused(_("This task stands elsewhere by now: “%(status)s”.") % {"status": Status(status).label})
    if move.needs_reason and not reason.strip():
        raise Refused(_("Give the reason: whoever goes on with it reads it."))
    return move


@dataclass(frozen=True)
class NewItem:
    """One thing to check or to collect. `choices` are for a choice alone."""

    title: str
    kind: str = Kind.TEXT
    choices: tuple[str, ...] = ()
    is_needed: bool = True


def check_items(items: Sequence[NewItem]) -> None:
    """Refused for a list that asks nothing, too much, or what cannot be answered."""
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Refused(_("Say what to check: one item at least, %(n)d at most.") % {"n": MOST_ITEMS})
    for item in items:
        if not item.title.strip():
            raise Refused(_("Each item says what to check."))
        if item.kind not in Kind.values:
            raise Refused(_("Choose which answer is expected."))
        many = len(set(item.choices))
        if item.kind == Kind.CHOICE and not (2 <= many <= MOST_CHOICES and many == len(item.choices)):
            raise Refused(
                _("“%(title)s” needs between 2 and %(n)d different choices.") % {"title": item.title, "n": MOST_CHOICES}
            )
        if item.kind != Kind.CHOICE and item.choices:
            raise Refused(_("Only a choice has choices: “%(title)s”.") % {"title": item.title})


def fitting(text: str, most: int) -> str:
    """The text without what is around it; Refused where it is too long, or cannot be kept."""
    text = text.strip()
    if len(text) > most:
        raise Refused(_("That is too long: %(n)d characters at most.") % {"n": most})
    if UNFIT.search(text):
        raise Refused(_("There is a sign in it that is no character. Take it out."))
    return text


def check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refused(_("The day on which it is due has passed already."))


def read_answer(kind: str, choices: Sequence[str], text: str) -> str:
    """What was typed as it is kept, "" for nothing; Refused where it is no answer to this kind of item."""
    text = fitting(text, LONGEST_ANSWER)
    if not text or kind == Kind.PHOTO:
        return ""
    if kind == Kind.CHOICE and text not in choices:
        raise Refused(_("“%(text)s” is none of the choices.") % {"text": text})
    return _number(text) if kind == Kind.NUMBER else text


def _number(text: str) -> str:
    """Plain digits, so that sheets of results can count with it."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refused(_("“%(text)s” is no number.") % {"text": text}) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise Refused(_("“%(text)s” is no number.") % {"text": text})
    return format(number, "f")
