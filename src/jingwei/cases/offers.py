"""What a member may do with a case now, and why not the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.cases.appealing import check_grounds, check_impartial, waiting_for
from jingwei.cases.explaining import going_on, why_at_rest, why_elsewhere
from jingwei.cases.loading import load_beside
from jingwei.cases.models import Assignment, Case, Errand
from jingwei.cases.moves.after import no_meeting, nobody_waits, not_drawn
from jingwei.cases.obstacles import (
    check_answered,
    check_assistants,
    check_extendable,
    check_grouped,
    check_owes_answer,
    check_rating_time,
    check_rejectable,
    check_reopenings,
    check_returns,
    check_submittable,
    check_suspendable,
    check_suspended,
    check_unjoined,
    check_unsupervised,
    check_urged,
    counted_returns,
    level_above,
    levels_below,
)
from jingwei.cases.whose import is_own_work, whose
from jingwei.cases.workflow import LIVE, MOVES, Move, Status, possible
from jingwei.kernel.public import NotTheirs, Refused, clock, may
from jingwei.people.public import Member

Kind = Errand.Kind
MAIN = {
    Status.REPORTED: ("file", "solve", "reject"),
    Status.FILED: ("dispatch", "whistle", "solve", "escalate", "send_down"),
    Status.DISPATCHED: (
        "resume",
        "report_in",
        "join",
        "finish",
        "recall",
        "return",
        "decline",
        "change_assistant",
        "escalate",
    ),
    Status.IN_HAND: (
        "resume",
        "handle",
        "submit",
        "improve",
        "join",
        "finish",
        "extend",
        "refuse_extension",
        "suspend",
        "deny_suspension",
        "keep_suspended",
        "ask_extension",
        "ask_suspension",
        "return",
        "decline",
        "change_assistant",
        "escalate",
    ),
    Status.HANDLED: ("check", "rework"),
    Status.CLOSED: ("rate", "reopen"),
}


@dataclass(frozen=True)
class Offer:
    """A move with its name and, where it is not open to the member, the sentence that says why.

    `is_own`: such moves are the member's work, here or on other cases.
    """

    verb: str
    label: str | Promise
    why_not: str | Promise = ""
    is_own: bool = True

    @property
    def is_open(self) -> bool:
        return not self.why_not


def _dispatching(case: Case, _now: datetime) -> None:
    returned = counted_returns(case, case.assignments.all())
    check_returns(case, [part for part in returned if part.role == Assignment.Role.LEAD])


def _handling(case: Case, _now: datetime) -> None:
    check_answered(case)
    assisting = [part for part in case.assignments.all() if part.role == Assignment.Role.ASSIST]
    check_assistants([part for part in assisting if part.status in LIVE])


def _submitting(case: Case, _now: datetime) -> None:
    leads = [part for part in case.assignments.all() if part.role == Assignment.Role.LEAD and part.status in LIVE]
    check_submittable(case, leads[0] if leads else None, is_submitted=_is_asked(case, Kind.CONFIRMATION))
    _handling(case, _now)


def _confirming(case: Case, _now: datetime) -> None:
    if not _is_asked(case, Kind.CONFIRMATION):
        raise Refused(_("No result waits to be confirmed."))


def _awaiting(case: Case, why: Callable[[], str], *kinds: str) -> None:
    """Refuse where no errand of these kinds waits. A closed case may be called back unasked."""
    if Kind.CALL_BACK in kinds and case.status == Status.CLOSED:
        return
    if not any(errand.is_open and errand.kind in kinds for errand in case.errands.all()):
        raise Refused(why())


def _rejecting(case: Case, _now: datetime) -> None:
    check_answered(case)
    check_rejectable(list(case.errands.all()))


def _is_asked(case: Case, kind: str) -> bool:
    return any(errand.is_open and errand.kind == kind for errand in case.errands.all())


def _granting(case: Case, _now: datetime) -> None:
    if not _is_asked(case, Kind.EXTENSION):
        raise Refused(_("Nobody has asked for more time."))


def _suspending(case: Case, _now: datetime) -> None:
    if not _is_asked(case, Kind.SUSPENSION):
        raise Refused(_("Nobody has asked to suspend the case."))


OBSTACLES: Mapping[str, Callable[[Case, datetime], object]] = MappingProxyType(
    {
        "escalate": lambda case, _now: level_above(case),
        "raise": lambda case, _now: level_above(case),
        "solve": lambda case, _now: check_answered(case),
        "reject": _rejecting,
        "check": lambda case, _now: check_answered(case),
        "call_back": lambda case, _now: _awaiting(case, nobody_waits, Kind.CALL_BACK, Kind.RECTIFY),
        "review": lambda case, _now: _awaiting(case, no_meeting, Kind.MEETING),
        "inspect": lambda case, _now: _awaiting(case, not_drawn, Kind.SPOT_CHECK),
        "merge": lambda case, _now: check_unjoined(case),
        "group": lambda case, _now: check_unjoined(case),
        "ungroup": lambda case, _now: check_grouped(case),
        "urge": check_urged,
        "supervise": lambda case, _now: check_unsupervised(case),
        "reply": lambda case, _now: check_owes_answer(case),
        "send_down": lambda case, _now: levels_below(case),
        "dispatch": _dispatching,
        "pass_on": _dispatching,
        "whistle": _dispatching,
        "ask_extension": lambda case, _now: check_extendable(case, is_asked=_is_asked(case, Kind.EXTENSION)),
        "extend": _granting,
        "refuse_extension": _granting,
        "ask_suspension": lambda case, _now: check_suspendable(case, is_asked=_is_asked(case, Kind.SUSPENSION)),
        "suspend": _suspending,
        "deny_suspension": _suspending,
        "keep_suspended": lambda case, _now: check_suspended(case),
        "resume": lambda case, _now: check_suspended(case),
        "submit": _submitting,
        "improve": _confirming,
        "handle": _handling,
        "rate": lambda case, now: check_rating_time(case, case.rating, now),
        "reopen": lambda case, _now: check_reopenings(case),
    }
)
"""What the rules say of moves whose state and permit are right: each refuses, or gives way."""
OWN_OBSTACLES: Mapping[str, Callable[[Case, Member, datetime], object]] = MappingProxyType(
    {
        "appeal": check_grounds,
        "decide": lambda case, member, _now: check_impartial(case, waiting_for(case, member), member),
    }
)
"""Those that lie with who asks."""


def offers(case: Case, member: Member, now: datetime | None = None) -> list[Offer]:
    """Every move that is offered, the likeliest first: open ones, and the others with their reason."""
    here = {move.verb for move in possible(case.status)}
    order = MAIN.get(Status(case.status), ())
    moves = [move for move in MOVES.values() if move.is_built and move.is_offered and move.verb != "report"]
    moves.sort(key=lambda move: order.index(move.verb) if move.verb in order else len(order))
    now = now or clock.now()
    load_beside(case)
    return [_offer(move, case, member, here, now) for move in moves]


def _offer(move: Move, case: Case, member: Member, here: set[str], now: datetime) -> Offer:
    why_not = _why_not(move, case, member, here, now)
    return Offer(move.verb, move.label, why_not, not why_not or is_own_work(move.verb, case, member))


def require_offered(case: Case, member: Member, verb: str, now: datetime | None = None) -> None:
    """Raise NotTheirs or Refused, with the sentence that says why, unless the move is open to the member."""
    load_beside(case)
    here = {move.verb for move in possible(case.status)}
    why_not = str(_why_not(MOVES[verb], case, member, here, now or clock.now()))
    if not may(member, f"cases.{verb}", case):
        raise NotTheirs(why_not)
    if why_not:
        raise Refused(why_not)


def _why_not(move: Move, case: Case, member: Member, here: set[str], now: datetime) -> str | Promise:
    """What would speak against it even if the case went on by itself, and that it does not."""
    resting = why_at_rest(move.verb, case) if case.is_open else ""
    if resting and case.follows_id is not None and move.verb in here:
        return resting
    if move.verb not in here:
        lasting = why_elsewhere(move, case)
    else:
        lasting = _standing_in_the_way(move.verb, going_on(case) if resting else case, member, now)
    if not resting or lasting in ("", resting):
        return lasting or resting
    return _("%(first)s Besides: %(second)s") % {"first": lasting, "second": resting}


def _standing_in_the_way(verb: str, case: Case, member: Member, now: datetime) -> str:
    """That it is not theirs, or what the rules say of it; "" for nothing."""
    if not may(member, f"cases.{verb}", case):
        return whose(verb, case, member)
    return _refused(OBSTACLES.get(verb, _nothing), case, now) or _refused(
        OWN_OBSTACLES.get(verb, _nothing), case, member, now
    )


def _refused(check: Callable[..., object], *given: object) -> str:
    """What `check` says against it; "" where it gives way."""
    try:
        check(*given)
    except Refused as no:
        return no.message
    return ""


def _nothing(*_asked: object) -> None:
    """Most moves meet no obstacle of their own."""
