"""Why a move is not possible in the state a case is in: what has to happen first, and who does it.

Reads the case and its parts as they were loaded, and no clock. Whose move it is says `whose.py`.
"""

from collections.abc import Callable, Mapping
from copy import copy
from types import MappingProxyType

from django.utils.translation import gettext as _

from jingwei.cases.life import check_alarm
from jingwei.cases.models import Assignment, Case
from jingwei.cases.obstacles import check_reopenings, is_free_to
from jingwei.cases.progress import party_name
from jingwei.cases.workflow import FOLLOWING, LIVE, STANDING, Level, Move, Part, Status
from jingwei.kernel.public import Refused
from jingwei.ui.public import exact

Said = Callable[[Case], str]
COURSE = (Status.REPORTED, Status.FILED, Status.DISPATCHED, Status.IN_HAND, Status.HANDLED, Status.CLOSED)
"""The usual way of a case."""


def lead_of(case: Case) -> Assignment | None:
    """Who leads now, or whose result waits or stood last."""
    leads = [part for part in case.assignments.all() if part.role == Assignment.Role.LEAD]
    live = [part for part in leads if part.status in LIVE] or [part for part in leads if part.status == Part.DONE]
    return live[-1] if live else None


def lead_name(case: Case) -> str:
    """The department or person that leads, by name where it is known."""
    lead = lead_of(case)
    return (party_name(lead) if lead else "") or _("The party that leads")


def level_name(case: Case) -> str:
    return str(Level(case.level).label)


def _who(case: Case) -> dict[str, str]:
    return {"party": lead_name(case), "level": level_name(case)}


def _first_file(_case: Case) -> str:
    return _("It is not filed yet. First a grid worker, officer or dispatcher of the place files it.")


def _first_dispatch(case: Case) -> str:
    return _("Nobody has been sent yet. First the level “%(level)s”, which answers for it, dispatches it.") % _who(case)


def _first_report_in(case: Case) -> str:
    return _("%(party)s has been sent, and has not reported in yet. First they do that.") % _who(case)


def _first_handle(case: Case) -> str:
    if case.category is not None and case.category.needs_confirmation:
        return _("%(party)s is at work on it. First they submit the result, and it is confirmed there.") % _who(case)
    return _("%(party)s is at work on it. First they report it handled.") % _who(case)


def _first_check(case: Case) -> str:
    if case.category is not None and case.category.check_by == "reporter":
        return _("It is handled, and waits to be checked. First whoever reported it checks it, or a checker.")
    return _("It is handled, and waits to be checked. First a checker of the place does that who did not handle it.")


EARLY: Mapping[Status, Said] = MappingProxyType(
    {
        Status.REPORTED: _first_file,
        Status.FILED: _first_dispatch,
        Status.DISPATCHED: _first_report_in,
        Status.IN_HAND: _first_handle,
        Status.HANDLED: _first_check,
    }
)
"""What the case waits for, and whom."""


def _filed_once(_case: Case) -> str:
    return _("It was filed already, and that is done once.")


def _too_late_to_reject(case: Case) -> str:
    if is_free_to("merge", case):
        return _("It was filed already, and what is filed is dealt with. If the matter is known, merge the two cases.")
    return _("It was filed already, and what is filed is dealt with.")


def _nothing_to_open(_case: Case) -> str:
    return _("It is open: there is nothing to open again.")


def _came_already(case: Case) -> str:
    return _("%(party)s has reported in already.") % _who(case)


def _no_recall(case: Case) -> str:
    return _(
        "%(party)s has reported in, and nothing is recalled that is in hand. First they return it, or the level"
        " “%(level)s” passes it on."
    ) % _who(case)


def _no_merge(case: Case) -> str:
    if is_free_to("group", case):
        said = _("%(party)s has reported in, and nothing is merged that is in hand. Group the two cases instead.")
    else:
        said = _("%(party)s has reported in, and nothing is merged that is in hand.")
    return said % _who(case)


def _recall_first(case: Case) -> str:
    return _("It was sent to %(party)s. First the level “%(level)s” recalls it.") % _who(case)


def _return_first(case: Case) -> str:
    return _("%(party)s has it in hand. First they return it, or the level “%(level)s” escalates it.") % _who(case)


def _handled(case: Case) -> str:
    return _("It is handled, and waits to be checked. Only what does not pass goes back to %(party)s.") % _who(case)


LATE: Mapping[Status, Said] = MappingProxyType(
    {Status.DISPATCHED: _recall_first, Status.IN_HAND: _return_first, Status.HANDLED: _handled}
)
"""How a case comes back from where it has gone."""
LATE_FOR: Mapping[tuple[str, Status], Said] = MappingProxyType(
    {
        ("report_in", Status.IN_HAND): _came_already,
        ("recall", Status.IN_HAND): _no_recall,
        ("merge", Status.IN_HAND): _no_merge,
    }
)
"""Where that would not help, or something else does."""
ALIKE: Mapping[str, Said] = MappingProxyType(
    {"file": _filed_once, "reject": _too_late_to_reject, "reopen": _nothing_to_open}
)
"""Of these the same is said all along the usual way."""


def _closed(case: Case) -> str:
    try:
        check_reopenings(case)
    except Refused as no:
        return no.message
    return _("It is closed. First whoever reported it opens it again, or a checker who did not handle it.")


def _rejected(_case: Case) -> str:
    return _("It was not filed. First an appeal by whoever reported it has to be upheld.")


def _merged(_case: Case) -> str:
    return _("It was merged into another case, which goes on for both. Act there, or undo the merge first.")


def _withdrawn(_case: Case) -> str:
    return _("Whoever reported it took it back, and that is an end. What is still to be done is reported anew.")


ENDED: Mapping[Status, Said] = MappingProxyType(
    {
        Status.CLOSED: _closed,
        Status.REJECTED: _rejected,
        Status.MERGED: _merged,
        Status.WITHDRAWN: _withdrawn,
    }
)


def why_elsewhere(move: Move, case: Case) -> str:
    """Why a move that the table has in other states only is not possible in this one."""
    status = Status(case.status)
    if move.verb == "unmerge":
        return _("It is not merged with another case.")
    if move.verb in ALIKE and status in COURSE:
        return ALIKE[move.verb](case)
    if status in ENDED:
        return ENDED[status](case)
    if case.follows_id is not None:
        return _closed_together() if move.verb in FOLLOWING else _follows()
    ahead = [later for later in COURSE[COURSE.index(status) + 1 :] if later in move.before]
    if not ahead:
        return LATE_FOR.get((move.verb, status), LATE[status])(case)
    return _("%(first)s “%(move)s” becomes possible when the case is “%(state)s”.") % {
        "first": EARLY[status](case),
        "move": move.label,
        "state": ahead[0].label,
    }


def _follows() -> str:
    return _(
        "This case follows another one, which goes on for both. First a dispatcher or officer takes it out of"
        " the group."
    )


def _closed_together() -> str:
    return _("This case follows another one, which goes on for both. When that one is closed, so is this one.")


def why_at_rest(verb: str, case: Case) -> str:
    """Why an open case moves by itself no more, or not now; "" where it does."""
    if case.follows_id is not None and verb not in FOLLOWING:
        return _follows()
    if case.suspended_at is not None and case.review_at is not None and verb not in STANDING:
        return _(
            "This case is suspended until %(until)s. First it is resumed: by %(party)s, by the level “%(level)s”, or"
            " by a leader above it."
        ) % {**_who(case), "until": exact(case.review_at)}
    try:
        check_alarm(case, verb)
    except Refused as no:
        return no.message
    return ""


def going_on(case: Case) -> Case:
    """The case as it would be if it went on by itself: what speaks against a move even then, lasts."""
    other = copy(case)
    other.follows = other.suspended_at = other.review_at = other.alarm_at = None
    return other
