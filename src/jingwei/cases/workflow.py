"""The life of a case: its states and the moves between them, whole, as data. No database here.

Nothing else decides what may follow what. Keys never change; labels are translated and may differ by district.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.kernel.public import Refused


class Status(TextChoices):
    REPORTED = "reported", pgettext_lazy("case", "Reported")
    FILED = "filed", pgettext_lazy("case", "Filed")
    DISPATCHED = "dispatched", pgettext_lazy("case", "Dispatched")
    IN_HAND = "in_hand", pgettext_lazy("case", "In hand")
    HANDLED = "handled", pgettext_lazy("case", "Handled")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    REJECTED = "rejected", pgettext_lazy("case", "Not filed")
    MERGED = "merged", pgettext_lazy("case", "Merged")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")


class Part(TextChoices):
    """The states of an assignment: one party's part of a case."""

    SENT = "sent", pgettext_lazy("assignment", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "Accepted")
    DONE = "done", pgettext_lazy("assignment", "Done")
    RETURNED = "returned", pgettext_lazy("assignment", "Returned")
    RECALLED = "recalled", pgettext_lazy("assignment", "Recalled")
    RELEASED = "released", pgettext_lazy("assignment", "Released")


class Level(TextChoices):
    """Who answers for a case, from the nearest to the farthest."""

    GRID = "grid", gettext_lazy("Grid")
    COMMUNITY = "community", gettext_lazy("Community")
    STREET = "street", gettext_lazy("Street")
    DISTRICT = "district", gettext_lazy("District")


LEVELS = (Level.GRID, Level.COMMUNITY, Level.STREET, Level.DISTRICT)
ENDS: Mapping[Level, frozenset[Level]] = MappingProxyType(
    {
        Level.GRID: frozenset({Level.GRID, Level.COMMUNITY}),
        Level.COMMUNITY: frozenset({Level.GRID, Level.COMMUNITY}),
        Level.STREET: frozenset({Level.GRID, Level.COMMUNITY, Level.STREET}),
        Level.DISTRICT: frozenset(LEVELS),
    }
)
"""Who may end what on the spot: a worker at a level, the classes of these levels. What its community answers for, the
worker of a grid may end: the community would send nobody else.
"""
OPEN = frozenset({Status.REPORTED, Status.FILED, Status.DISPATCHED, Status.IN_HAND, Status.HANDLED})
WORKED_ON = frozenset({Status.DISPATCHED, Status.IN_HAND})
"""While parties have it."""
LIVE = frozenset({Part.SENT, Part.ACCEPTED})
REJECTIONS = ("not_here", "not_ours", "no_trace", "already_solved", "no_facts", "private_matter")
"""Why a report may not be filed."""
_PRAISE = ("fast", "clear", "kind")
_MIDDLING = ("partly", "not_solved", "slow", "not_told", "unkind")
_BLAME = ("not_solved", "nobody_came", "slow", "not_told", "unkind")
REASONS_OF: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {5: _PRAISE, 4: _PRAISE, 3: _MIDDLING, 2: _BLAME, 1: _BLAME}
)
"""What may be good or bad about a result, by the grade that it got."""
RATING_REASONS = tuple(dict.fromkeys((*_PRAISE, *_MIDDLING, *_BLAME)))
POOR = 2
"""The best of the grades after which somebody calls back."""


class Stay(Enum):
    """Marks a move after which a case or an assignment is where it was."""

    SAME = "same"


SAME = Stay.SAME
FOLLOWING = frozenset(
    {"ungroup", "unmerge", "follow", "withdraw", "urge", "rezone", "reschedule", "let_go"}
    | {"rate", "reopen", "call_back", "review", "inspect", "appeal", "decide"}
)
"""Moves of a case that follows another; the others are those of the one that leads."""
DURING_ALARM = frozenset(
    {"answer_alarm", "stand_down", "call_off", "pass_on", "change_assistant", "join", "finish", "decline"}
    | {"urge", "supervise", "reply", "raise", "signal", "reschedule", "rezone", "absorb", "let_go", "group"}
)
"""Moves of a case whose alarm is on; before any other it is stood down."""
NOT_ENDED = OPEN - {Status.HANDLED}
STANDING = frozenset(
    {"keep_suspended", "resume", "raise", "urge", "supervise", "reply", "call_back", "review"}
    | {"pass_on", "change_assistant", "absorb", "let_go", "rezone", "reschedule", "appeal", "decide"}
)
"""Moves of a case that is suspended; for the others it is resumed first."""
SUSPENSIONS = ("budget", "planned", "material", "others_first", "owners_vote", "court", "season")
"""Why a case may be suspended."""
APPEALABLE = (OPEN - {Status.REPORTED}) | {Status.CLOSED, Status.REJECTED}
"""States in which something is on record that may be appealed against."""
S, P = Status, Part


@dataclass(frozen=True)
class Move:
    """One row of the table. `part_before`/`part_after` speak of the lead's assignment, where there is one.

    What is not offered happens to a case, or is made on pages of a module above, which says who may.
    """

    verb: str
    label: Promise
    before: frozenset[Status]
    after: Status | Stay
    part_before: frozenset[Part] = frozenset()
    part_after: Part | Stay = SAME
    needs_reason: bool = False
    is_built: bool = True
    is_offered: bool = True


def _row(
    verb: str,
    label: Promise,
    before: frozenset[Status] | set[Status],
    after: Status | Stay,
    *,
    part: tuple[set[Part], Part] | None = None,
    reason: bool = False,
    built: bool = True,
    offered: bool = True,
) -> Move:
    part_before, part_after = part or (set(), SAME)
    return Move(verb, label, frozenset(before), after, frozenset(part_before), part_after, reason, built, offered)


_TABLE = (
    _row("report", pgettext_lazy("move", "Report"), set(), S.REPORTED),
    _row("alarm", pgettext_lazy("move", "Raise the alarm"), {S.REPORTED, S.FILED}, S.DISPATCHED, offered=False),
    _row(
        "answer_alarm",
        pgettext_lazy("move", "Answer the alarm"),
        {S.DISPATCHED},
        S.IN_HAND,
        part=({P.SENT}, P.ACCEPTED),
        offered=False,
    ),
    _row(
        "stand_down",
        pgettext_lazy("move", "Stand down"),
        {S.DISPATCHED, S.IN_HAND},
        S.HANDLED,
        part=({P.SENT, P.ACCEPTED}, P.DONE),
        offered=False,
    ),
    _row(
        "call_off",
        pgettext_lazy("move", "Stand down, and dispatch as usual"),
        {S.DISPATCHED, S.IN_HAND},
        S.FILED,
        part=({P.SENT, P.ACCEPTED}, P.RELEASED),
        reason=True,
        offered=False,
    ),
    _row("solve", pgettext_lazy("move", "Solve on the spot"), {S.REPORTED, S.FILED}, S.CLOSED),
    _row("file", pgettext_lazy("move", "File"), {S.REPORTED}, S.FILED),
    _row("reject", pgettext_lazy("move", "Do not file"), {S.REPORTED}, S.REJECTED, reason=True),
    _row("merge", pgettext_lazy("move", "Merge"), {S.REPORTED, S.FILED, S.DISPATCHED}, S.MERGED),
    _row("unmerge", pgettext_lazy("move", "Undo the merge"), {S.MERGED}, SAME, reason=True),
    _row("absorb", pgettext_lazy("move", "Another case was merged in"), OPEN, SAME, offered=False),
    _row("let_go", pgettext_lazy("move", "A merged case was taken out"), set(Status), SAME, offered=False),
    _row("group", pgettext_lazy("move", "Group"), {S.FILED, S.DISPATCHED, S.IN_HAND}, SAME),
    _row("into_group", pgettext_lazy("move", "Joined a group"), NOT_ENDED, SAME, offered=False),
    _row("ungroup", pgettext_lazy("move", "Take out of the group"), NOT_ENDED, SAME, reason=True),
    _row("follow", pgettext_lazy("move", "Closed with its group"), {S.REPORTED, S.FILED}, S.CLOSED, offered=False),
    _row("withdraw", pgettext_lazy("move", "Withdraw"), {S.REPORTED, S.FILED}, S.WITHDRAWN),
    _row(
        "escalate",
        pgettext_lazy("move", "Escalate"),
        {S.FILED, S.DISPATCHED, S.IN_HAND},
        S.FILED,
        part=({P.SENT, P.ACCEPTED}, P.RECALLED),
        reason=True,
    ),
    _row("reschedule", pgettext_lazy("move", "Dates reckoned anew"), OPEN, SAME, offered=False),
    _row("signal", pgettext_lazy("move", "Signal"), OPEN, SAME, offered=False),
    _row("raise", pgettext_lazy("move", "Raise"), OPEN, SAME, reason=True),
    _row("send_down", pgettext_lazy("move", "Send down"), {S.FILED}, S.FILED, reason=True),
    _row("dispatch", pgettext_lazy("move", "Dispatch"), {S.FILED}, S.DISPATCHED),
    _row(
        "change_assistant",
        pgettext_lazy("move", "Change assistants"),
        {S.DISPATCHED, S.IN_HAND},
        SAME,
        reason=True,
    ),
    _row("join", pgettext_lazy("move", "Report in to assist"), {S.DISPATCHED, S.IN_HAND}, SAME),
    _row("finish", pgettext_lazy("move", "Finish own part"), {S.DISPATCHED, S.IN_HAND}, SAME),
    _row("decline", pgettext_lazy("move", "Give back own part"), {S.DISPATCHED, S.IN_HAND}, SAME, reason=True),
    _row("recall", pgettext_lazy("move", "Recall"), {S.DISPATCHED}, S.FILED, part=({P.SENT}, P.RECALLED)),
    _row(
        "whistle",
        pgettext_lazy("move", "Whistle"),
        {S.FILED, S.DISPATCHED},
        S.DISPATCHED,
        part=({P.SENT}, P.RECALLED),
        reason=True,
    ),
    _row(
        "report_in",
        pgettext_lazy("move", "Report in"),
        {S.DISPATCHED},
        S.IN_HAND,
        part=({P.SENT}, P.ACCEPTED),
    ),
    _row(
        "return",
        pgettext_lazy("move", "Return"),
        {S.DISPATCHED, S.IN_HAND},
        S.FILED,
        part=({P.SENT, P.ACCEPTED}, P.RETURNED),
        reason=True,
    ),
    _row(
        "pass_on",
        pgettext_lazy("move", "Pass on"),
        {S.DISPATCHED, S.IN_HAND},
        SAME,
        part=({P.SENT, P.ACCEPTED}, P.RELEASED),
        reason=True,
    ),
    _row("ask_extension", pgettext_lazy("move", "Ask for more time"), {S.IN_HAND}, SAME, reason=True),
    _row("extend", pgettext_lazy("move", "Extend"), {S.IN_HAND}, SAME),
    _row("refuse_extension", pgettext_lazy("move", "Refuse more time"), {S.IN_HAND}, SAME, reason=True),
    _row("ask_suspension", pgettext_lazy("move", "Ask to suspend"), WORKED_ON, SAME, reason=True),
    _row("suspend", pgettext_lazy("move", "Suspend"), WORKED_ON, SAME, reason=True),
    _row("deny_suspension", pgettext_lazy("move", "Refuse to suspend"), WORKED_ON, SAME, reason=True),
    _row("keep_suspended", pgettext_lazy("move", "Keep suspended"), WORKED_ON, SAME, reason=True),
    _row("resume", pgettext_lazy("move", "Resume"), WORKED_ON, SAME),
    _row("submit", pgettext_lazy("move", "Submit the result"), {S.IN_HAND}, SAME),
    _row("improve", pgettext_lazy("move", "Not confirmed"), {S.IN_HAND}, SAME, reason=True),
    _row("handle", pgettext_lazy("move", "Handle"), {S.IN_HAND}, S.HANDLED, part=({P.ACCEPTED}, P.DONE)),
    _row("check", pgettext_lazy("move", "Check: passed"), {S.HANDLED}, S.CLOSED),
    _row(
        "rework",
        pgettext_lazy("move", "Check: failed"),
        {S.HANDLED},
        S.DISPATCHED,
        part=({P.DONE}, P.SENT),
        reason=True,
    ),
    _row("rate", pgettext_lazy("move", "Rate"), {S.CLOSED}, SAME),
    _row("call_back", pgettext_lazy("move", "Call back"), OPEN | {S.CLOSED}, SAME, reason=True),
    _row("review", pgettext_lazy("move", "Review meeting"), OPEN | {S.CLOSED}, SAME, reason=True),
    _row("inspect", pgettext_lazy("move", "Check what was solved on the spot"), {S.CLOSED}, SAME),
    _row("reopen", pgettext_lazy("move", "Reopen"), {S.CLOSED}, S.FILED, reason=True),
    _row("urge", pgettext_lazy("move", "Urge"), OPEN, SAME),
    _row("supervise", pgettext_lazy("move", "Supervise"), OPEN, SAME, reason=True),
    _row("reply", pgettext_lazy("move", "Answer the leader"), OPEN, SAME, reason=True),
    _row("rezone", pgettext_lazy("move", "Areas changed"), OPEN | {S.CLOSED, S.REJECTED}, SAME, offered=False),
    _row("appeal", pgettext_lazy("move", "Appeal"), APPEALABLE, SAME, reason=True),
    _row("decide", pgettext_lazy("move", "Decide the appeal"), APPEALABLE | {S.REPORTED}, SAME, reason=True),
)
MOVES = {move.verb: move for move in _TABLE}
BUILT = tuple(move.verb for move in _TABLE if move.is_built)


def possible(status: Status | str | None) -> tuple[Move, ...]:
    """The built moves that the table offers from `status` (None: not reported yet)."""
    if status is None:
        return (MOVES["report"],)
    return tuple(move for move in _TABLE if move.is_built and move.is_offered and status in move.before)


def check_move(verb: str, status: Status | str | None) -> Move:
    """The move `verb` from `status`; Refused says what is possible instead."""
    move = MOVES.get(verb)
    if move is not None and (move in possible(status) or (not move.is_offered and status in move.before)):
        return move
    choices = _(", ").join(str(option.label) for option in possible(status))
    state = Status(status).label if status else _("not reported")
    wanted = move.label if move else verb
    if choices:
        raise Refused(
            _("“%(move)s” is not possible: the case is “%(state)s”. Possible now: %(choices)s.")
            % {"move": wanted, "state": state, "choices": choices}
        )
    raise Refused(
        _("“%(move)s” is not possible: the case is “%(state)s”, which is an end.") % {"move": wanted, "state": state}
    )


def above(level: Level | str) -> Level | None:
    """The next level up; None above the district."""
    index = LEVELS.index(Level(level)) + 1
    return LEVELS[index] if index < len(LEVELS) else None


def below(level: Level | str) -> tuple[Level, ...]:
    """The levels under `level`, nearest to the people first."""
    return LEVELS[: LEVELS.index(Level(level))]
