"""What a member may do with a case now, and why not the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.appealing import check_grounds, check_impartial, waiting_for
from jingwei.cases.life import check_alarm, check_leads, check_runs
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
from jingwei.cases.workflow import LIVE, MOVES, Move, Status, possible
from jingwei.kernel.public import Refused, clock, may
from jingwei.people.public import Member

Kind = Errand.Kind
WHO = {
    "withdraw": gettext_lazy("Only whoever reported it may withdraw it."),
    "solve": gettext_lazy("This takes a worker of the place who may end cases of this class on the spot."),
    "file": gettext_lazy("This takes a grid worker, officer or dispatcher of the place."),
    "reject": gettext_lazy("This takes a grid worker, officer or dispatcher of the place."),
    "escalate": gettext_lazy("Only the level that answers for the case now may do this."),
    "raise": gettext_lazy("Only a leader of the place may do this, or a rule when time runs out."),
    "send_down": gettext_lazy("Only the level that answers for the case now may do this."),
    "dispatch": gettext_lazy("Only the level that answers for the case now may do this."),
    "change_assistant": gettext_lazy("Only the level that answers for the case now may do this."),
    "join": gettext_lazy("Only a party that was called in to assist and has not reported in yet may do this."),
    "finish": gettext_lazy("Only a party that assists and has reported in may do this."),
    "decline": gettext_lazy("Only a party that was called in to assist may do this."),
    "ask_extension": gettext_lazy("Only the party that leads may do this."),
    "extend": gettext_lazy("Only the level that answers for the case now may do this."),
    "refuse_extension": gettext_lazy("Only the level that answers for the case now may do this."),
    "ask_suspension": gettext_lazy("Only the party that leads may do this."),
    "suspend": gettext_lazy("This takes a leader of the level above the one that answers for the case."),
    "deny_suspension": gettext_lazy("This takes a leader of the level above the one that answers for the case."),
    "keep_suspended": gettext_lazy("This takes a leader of the level above the one that answers for the case."),
    "resume": gettext_lazy("This takes the party that leads, the level that answers, or a leader above it."),
    "whistle": gettext_lazy("This takes an officer of the community, while no higher level answers for the case."),
    "recall": gettext_lazy("Only the level that dispatched it may take it back."),
    "pass_on": gettext_lazy("Only the level that answers for the case now may do this."),
    "report_in": gettext_lazy("Only the party that leads may do this."),
    "return": gettext_lazy("Only the party that leads may do this."),
    "submit": gettext_lazy("Only the party that leads may do this."),
    "improve": gettext_lazy("This takes somebody who confirms results for the department that leads."),
    "handle": gettext_lazy(
        "Only the party that leads may do this; where the class says so, whoever confirms results for the department."
    ),
    "check": gettext_lazy("This takes somebody who checks here and did not handle it."),
    "rework": gettext_lazy("This takes somebody who checks here and did not handle it."),
    "rate": gettext_lazy("Only whoever reported it may rate it."),
    "reopen": gettext_lazy("This takes whoever reported it, or a checker who did not handle it."),
    "call_back": gettext_lazy("This takes an officer of the place who did not handle it."),
    "review": gettext_lazy("This takes an officer of the place who did not handle it."),
    "inspect": gettext_lazy("This takes somebody who checks here and did not solve it."),
    "merge": gettext_lazy("This takes a dispatcher or an officer of the place of both cases."),
    "unmerge": gettext_lazy("This takes a dispatcher or an officer of the place of both cases."),
    "group": gettext_lazy("This takes a dispatcher or an officer of the place of both cases."),
    "ungroup": gettext_lazy("This takes a dispatcher or an officer of the place of both cases."),
    "appeal": gettext_lazy(
        "Nothing here speaks against you. An appeal is against a report not filed, a limit not kept, a poor rating."
    ),
    "decide": gettext_lazy("Only the level before which an appeal is decides it: its leader, or an inspector."),
    "urge": gettext_lazy("This takes whoever reported it, or a leader of the place."),
    "supervise": gettext_lazy("This takes a leader of the place."),
    "reply": gettext_lazy("Only whoever has the case now may do this."),
}
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
    """A move with its name and, where it is not open to the member, the sentence that says why."""

    verb: str
    label: str | Promise
    why_not: str | Promise = ""

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
    return [Offer(move.verb, move.label, _why_not(move, case, member, here, now)) for move in moves]


def _why_not(move: Move, case: Case, member: Member, here: set[str], now: datetime) -> str | Promise:
    if move.verb not in here:
        states = _(", ").join(str(Status(status).label) for status in Status if status in move.before)
        return _("Possible while the case is: %(states)s.") % {"states": states}
    if bound := _refused(_check_bound, case, move.verb):
        return bound
    if not may(member, f"cases.{move.verb}", case):
        if member.is_away:
            return _("You are away, so your duties rest until you are back.")
        return WHO[move.verb]
    return _refused(OBSTACLES.get(move.verb, _nothing), case, now) or _refused(
        OWN_OBSTACLES.get(move.verb, _nothing), case, member, now
    )


def _check_bound(case: Case, verb: str) -> None:
    """What a case that follows another, is suspended, or has an alarm on does not do now."""
    check_leads(case, verb)
    check_runs(case, verb)
    check_alarm(case, verb)


def _refused(check: Callable[..., object], *given: object) -> str:
    """What `check` says against it; "" where it gives way."""
    try:
        check(*given)
    except Refused as no:
        return no.message
    return ""


def _nothing(*_asked: object) -> None:
    """Most moves meet no obstacle of their own."""
