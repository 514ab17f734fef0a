"""For each move a case that waits for it, and the move ready to be made: its queries are pinned and its speed measured
on these. A new move gets a line in `WAYS`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from jingwei.cases import actions
from jingwei.cases.models import Case, Category
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.kernel.public import clock
from jingwei.people.testing import Cast, a_department

LATER = MONDAY + timedelta(hours=2)
"""When the moves are made."""
SMALL = ("0602", "03")
"""A class that the worker of a grid may end."""
CONFIRMED = ("0401", "02")
"""A class whose results the department confirms."""
Ready = partial[Case]
"""The action with the case, by whom and what it is given."""
Way = Callable[[Cast], Ready]


def _way(status: str, action: Callable[..., Case], by: str, **fields: Any) -> Way:
    """By the case's usual course; `by` is one of the cast."""

    def ready(cast: Cast) -> Ready:
        return _made(a_case(status, cast=cast), action, cast, by, **fields)

    return ready


def _after(begin: Callable[[Cast], Case], action: Callable[..., Case], by: str, **fields: Any) -> Way:
    """After other moves, which `begin` makes."""

    def ready(cast: Cast) -> Ready:
        with clock.frozen(LATER):
            case = begin(cast)
        return _made(case, action, cast, by, **fields)

    return ready


def _made(case: Case, action: Callable[..., Case], cast: Cast, by: str, **fields: Any) -> Ready:
    return partial(action, case, by=getattr(cast, by), **fields)


def _file(cast: Cast) -> Ready:
    return _made(a_case(cast=cast), actions.file_case, cast, "community_officer", condition=a_condition(), title="Lamp")


def _solve(cast: Cast) -> Ready:
    fields = {"condition": a_condition(*SMALL), "title": "Moved", "words": "Moved it"}
    return _made(a_case(cast=cast), actions.solve_case, cast, "grid_worker", **fields)


def _dispatch(cast: Cast) -> Ready:
    case = a_case("filed", cast=cast)
    return _made(case, actions.dispatch_case, cast, "dispatcher", department=cast.department, words="Please")


def _change_assistant(cast: Cast) -> Ready:
    case = _led_by_worker(cast, assisted=False)
    return _made(
        case, actions.change_assistant_case, cast, "dispatcher", add=[cast.department], words="They have pumps"
    )


def _led_by_worker(cast: Cast, *, assisted: bool = True) -> Case:
    """The worker of the grid leads, and the department is called in to assist."""
    helpers = [cast.department] if assisted else []
    case = a_case("filed", cast=cast)
    return actions.dispatch_case(case, member=cast.grid_worker, assistants=helpers, by=cast.dispatcher)


def _joined(cast: Cast) -> Case:
    return actions.join_case(_led_by_worker(cast), by=cast.department_handler)


def _pass_on(cast: Cast) -> Ready:
    with clock.frozen(LATER):
        case = _led_by_worker(cast, assisted=False)
    return _made(case, actions.pass_on_case, cast, "dispatcher", department=cast.department, words="On leave")


def _asked(cast: Cast) -> Case:
    case = a_case("in_hand", cast=cast)
    return actions.ask_extension_case(case, until=_until(case), words="By ship", by=cast.department_handler)


def _until(case: Case) -> Any:
    assert case.due_at
    return case.due_at + timedelta(days=2)


def _ask_extension(cast: Cast) -> Ready:
    case = a_case("in_hand", cast=cast)
    return _made(case, actions.ask_extension_case, cast, "department_handler", until=_until(case), words="By ship")


def _extend(cast: Cast) -> Ready:
    with clock.frozen(LATER):
        case = _asked(cast)
    return _made(case, actions.extend_case, cast, "dispatcher", until=_until(case))


def _supervised(cast: Cast) -> Case:
    return actions.supervise_case(a_case("in_hand", cast=cast), limit="1d", words="Why so long?", by=cast.leader)


def _poor(cast: Cast) -> Case:
    """Closed after as many reopenings as there may be, and rated poorly."""
    case = a_case("closed", cast=cast)
    Case.objects.filter(pk=case.pk).update(reopened=2)
    return actions.rate_case(case, grade=1, by=cast.resident)


def _drawn(cast: Cast) -> Case:
    """Solved on the spot and drawn for a check."""
    condition = a_condition(*SMALL)
    Category.objects.filter(pk=condition.category_id).update(spot_percent=100)
    condition.category.refresh_from_db()
    case = a_case(cast=cast)
    return actions.solve_case(case, condition=condition, title="Moved", words="Moved it", by=cast.grid_worker)


def _late(cast: Cast) -> Case:
    """Reported in by the department half an hour too late."""
    case = a_case("dispatched", cast=cast)
    return actions.report_in_case(case, by=cast.department_handler)


def _rejected(cast: Cast) -> Case:
    """Not filed, and appealed against."""
    case = actions.reject_case(a_case(cast=cast), reason="not_here", words="Next street", by=cast.community_officer)
    return actions.appeal_case(case, about="rejection", words="It is here", by=cast.resident)


def _merge(cast: Cast) -> Ready:
    case, into = a_case("filed", cast=cast), a_case(cast=cast)
    return _made(case, actions.merge_case, cast, "dispatcher", into=into)


def _merged(cast: Cast) -> Case:
    return actions.merge_case(a_case("filed", cast=cast), into=a_case(cast=cast), by=cast.dispatcher)


def _group(cast: Cast) -> Ready:
    case, child = a_case("filed", cast=cast), a_case("filed", cast=cast)
    return _made(case, actions.group_cases, cast, "dispatcher", children=[child])


def _grouped(cast: Cast) -> Case:
    child = a_case("filed", cast=cast)
    actions.group_cases(a_case("filed", cast=cast), children=[child], by=cast.dispatcher)
    return Case.objects.get(pk=child.pk)


def _near(cast: Cast) -> Case:
    """Filed, and its community answers for it: a leader of the street is one level up."""
    case = a_case("filed", cast=cast)
    return actions.send_down_case(case, level="community", words="Yours", by=cast.dispatcher)


def _near_in_hand(cast: Cast) -> Case:
    case = actions.dispatch_case(_near(cast), department=cast.department, by=cast.community_officer)
    return actions.report_in_case(case, by=cast.department_handler)


STUCK: Mapping[str, Any] = MappingProxyType(
    {"reason": "material", "until": LATER + timedelta(days=20), "words": "By ship"}
)
KEPT: Mapping[str, Any] = MappingProxyType({"until": LATER + timedelta(days=30), "words": "Not yet"})


def _stuck(cast: Cast) -> Case:
    return actions.ask_suspension_case(_near_in_hand(cast), **STUCK, by=cast.department_handler)


def _suspended(cast: Cast) -> Case:
    return actions.suspend_case(_stuck(cast), **STUCK, by=cast.leader)


def _whistle(cast: Cast) -> Ready:
    with clock.frozen(LATER):
        case = _near(cast)
    others = [a_department(code=cast.street)]
    return _made(
        case, actions.whistle_case, cast, "community_officer", lead=cast.department, others=others, words="Burst"
    )


def _to_confirm(cast: Cast) -> Case:
    """In hand, of a class whose results the department confirms."""
    case, condition = a_case(cast=cast), a_condition(*CONFIRMED)
    case = actions.file_case(case, condition=condition, title="Traffic lights", by=cast.community_officer)
    case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    return actions.report_in_case(case, by=cast.department_handler)


def _submitted(cast: Cast) -> Case:
    return actions.submit_case(_to_confirm(cast), words="Set anew", by=cast.department_handler)


def _rework(cast: Cast) -> Ready:
    return _made(a_case("handled", cast=cast), actions.rework_case, cast, "grid_worker", words="Still dark")


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "file": _file,
        "solve": _solve,
        "reject": _way("reported", actions.reject_case, "community_officer", reason="not_here", words="Next street"),
        "withdraw": _way("filed", actions.withdraw_case, "resident", words="My mistake"),
        "escalate": _way("filed", actions.escalate_case, "dispatcher", words="Too large"),
        "send_down": _way("filed", actions.send_down_case, "dispatcher", level="community", words="Yours"),
        "raise": _way("in_hand", actions.raise_case, "leader", words="Too slow"),
        "dispatch": _dispatch,
        "change_assistant": _change_assistant,
        "join": _after(_led_by_worker, actions.join_case, "department_handler"),
        "finish": _after(_joined, actions.finish_case, "department_handler", words="Pumped dry"),
        "decline": _after(_led_by_worker, actions.decline_case, "department_handler", words="No pumps"),
        "recall": _way("dispatched", actions.recall_case, "dispatcher", words="Wrong party"),
        "pass_on": _pass_on,
        "report_in": _way("dispatched", actions.report_in_case, "department_handler"),
        "return": _way("dispatched", actions.return_case, "department_handler", words="Not ours"),
        "ask_extension": _ask_extension,
        "extend": _extend,
        "refuse_extension": _after(_asked, actions.refuse_extension_case, "dispatcher", words="It cannot wait"),
        "ask_suspension": _after(_near_in_hand, actions.ask_suspension_case, "department_handler", **STUCK),
        "suspend": _after(_stuck, actions.suspend_case, "leader", **STUCK),
        "deny_suspension": _after(_stuck, actions.deny_suspension_case, "leader", words="It cannot wait"),
        "keep_suspended": _after(_suspended, actions.keep_suspended_case, "leader", **KEPT),
        "resume": _after(_suspended, actions.resume_case, "department_handler"),
        "whistle": _whistle,
        "submit": _after(_to_confirm, actions.submit_case, "department_handler", words="Set anew"),
        "improve": _after(_submitted, actions.improve_case, "department_lead", words="Measure again"),
        "handle": _way("in_hand", actions.handle_case, "department_handler", words="A new lamp"),
        "check": _way("handled", actions.check_case, "grid_worker", outcome="solved"),
        "rework": _rework,
        "rate": _way("closed", actions.rate_case, "resident", grade=2),
        "call_back": _after(_poor, actions.call_back_case, "community_officer", result="rectify", words="It blinks"),
        "review": _after(_poor, actions.review_case, "dispatcher", words="All were there"),
        "inspect": _after(_drawn, actions.inspect_case, "inspector", result="failed", words="It is there again"),
        "reopen": _way("closed", actions.reopen_case, "resident", words="Dark again"),
        "appeal": _after(_late, actions.appeal_case, "department_handler", about="clock", words="No form"),
        "decide": _after(_rejected, actions.decide_case, "leader", verdict="upheld", words="It does happen here"),
        "merge": _merge,
        "unmerge": _after(_merged, actions.unmerge_case, "dispatcher", words="Another lamp"),
        "group": _group,
        "ungroup": _after(_grouped, actions.ungroup_case, "dispatcher", words="By itself"),
        "urge": _way("in_hand", actions.urge_case, "resident", words="It is dark"),
        "supervise": _way("in_hand", actions.supervise_case, "leader", limit="1d", words="Why so long?"),
        "reply": _after(_supervised, actions.reply_case, "department_handler", words="It comes today"),
    }
)
