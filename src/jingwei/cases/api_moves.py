"""The moves for other software: what each takes out of the one body that all share, and the action it calls."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from jingwei.cases import actions
from jingwei.cases.catalogue import condition_of
from jingwei.cases.leading import other_case, other_cases
from jingwei.cases.models import Case
from jingwei.kernel.public import STORABLE, Refused
from jingwei.people.public import Department
from jingwei.places.public import codes

MOST_WORDS = 2000
MOST_RECORDS = 1000
"""Records of a kind on one case that an appeal may name."""
MOST_CODE = 20
"""Characters of any code, key or level."""
Code = Annotated[str, StringConstraints(max_length=MOST_CODE, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=MOST_WORDS, pattern=STORABLE)]


class MoveIn(Schema):
    """What a move needs. `version` is the one last seen: a case that has moved on since refuses the move."""

    model_config = ConfigDict(extra="forbid")

    words: Text = ""
    title: Text = ""
    category: Code = ""
    condition: Code = ""
    area: str = ""
    level: Code = ""
    department: int | None = None
    assistants: list[int] = []
    release: list[int] = []
    until: AwareDatetime | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    reason: Code = ""
    outcome: Code = ""
    limit: Code = ""
    result: Code = ""
    about: Code = ""
    nth: Annotated[int, Field(ge=0, le=MOST_RECORDS)] = 0
    verdict: Code = ""
    other: str = ""
    others: list[str] = []
    grade: int = 0
    reasons: list[Code] = []
    version: int | None = None
    occurred_at: AwareDatetime | None = None


def area_of(text: str) -> int:
    if not text:
        return 0
    try:
        return codes.read(text)
    except ValueError:
        raise Refused(_("There is no area %(code)s.") % {"code": text[:20]}) from None


def _condition(given: MoveIn) -> Any:
    return condition_of(given.category, given.condition)


def _file(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.file_case(
        case, condition=_condition(given), title=given.title, code=area_of(given.area), words=given.words, **who
    )


def _solve(case: Case, given: MoveIn, **who: Any) -> Case:
    condition = _condition(given) if given.category else None
    return actions.solve_case(case, condition=condition, title=given.title, words=given.words, **who)


def _dispatch(case: Case, given: MoveIn, **who: Any) -> Case:
    assistants = _departments(given.assistants)
    return actions.dispatch_case(case, department=_department(given), assistants=assistants, words=given.words, **who)


def _department(given: MoveIn) -> Department:
    return _departments([given.department or 0])[0]


def _departments(keys: list[int]) -> list[Department]:
    found = Department.objects.in_bulk(keys)
    if len(found) < len(set(keys)):
        raise Refused(_("There is no such department."))
    return [found[key] for key in keys]


def _whistle(case: Case, given: MoveIn, **who: Any) -> Case:
    others = _departments(given.assistants)
    return actions.whistle_case(case, lead=_department(given), others=others, words=given.words, **who)


def _at(given: MoveIn) -> tuple[float, float] | None:
    """Where whoever reports in is, where both are given."""
    if given.longitude is None or given.latitude is None:
        return None
    return given.longitude, given.latitude


def _report_in(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.report_in_case(case, words=given.words, at=_at(given), **who)


def _join(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.join_case(case, words=given.words, at=_at(given), **who)


def _change_assistant(case: Case, given: MoveIn, **who: Any) -> Case:
    add, release = _departments(given.assistants), [f"d{key}" for key in given.release]
    return actions.change_assistant_case(case, add=add, release=release, words=given.words, **who)


def _pass_on(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.pass_on_case(case, department=_department(given), words=given.words, **who)


def _until(given: MoveIn) -> datetime:
    if given.until is None:
        raise Refused(_("Say until when: a time with its offset, such as 2026-11-21T09:00:00+08:00."))
    return given.until


def _ask_extension(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.ask_extension_case(case, until=_until(given), words=given.words, **who)


def _extend(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.extend_case(case, until=_until(given), words=given.words, **who)


def _ask_suspension(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.ask_suspension_case(case, reason=given.reason, until=_until(given), words=given.words, **who)


def _suspend(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.suspend_case(case, reason=given.reason, until=_until(given), words=given.words, **who)


def _keep_suspended(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.keep_suspended_case(case, until=_until(given), words=given.words, **who)


def _merge(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.merge_case(case, into=other_case(given.other, who["by"]), words=given.words, **who)


def _group(case: Case, given: MoveIn, **who: Any) -> Case:
    children = other_cases(given.others, who["by"])
    return actions.group_cases(case, children=children, words=given.words, **who)


def _rate(case: Case, given: MoveIn, **who: Any) -> Case:
    return actions.rate_case(case, grade=given.grade, reasons=given.reasons, words=given.words, **who)


def _with(action: Callable[..., Case], *names: str) -> Callable[..., Case]:
    def make(case: Case, given: MoveIn, **who: Any) -> Case:
        return action(case, **{name: getattr(given, name) for name in names}, **who)

    return make


VERBS: Mapping[str, Callable[..., Case]] = MappingProxyType(
    {
        "file": _file,
        "solve": _solve,
        "reject": _with(actions.reject_case, "reason", "words"),
        "withdraw": _with(actions.withdraw_case, "words"),
        "escalate": _with(actions.escalate_case, "words"),
        "send_down": _with(actions.send_down_case, "level", "words"),
        "raise": _with(actions.raise_case, "words"),
        "dispatch": _dispatch,
        "change_assistant": _change_assistant,
        "join": _join,
        "finish": _with(actions.finish_case, "words"),
        "decline": _with(actions.decline_case, "words"),
        "ask_extension": _ask_extension,
        "extend": _extend,
        "refuse_extension": _with(actions.refuse_extension_case, "words"),
        "ask_suspension": _ask_suspension,
        "suspend": _suspend,
        "deny_suspension": _with(actions.deny_suspension_case, "words"),
        "keep_suspended": _keep_suspended,
        "resume": _with(actions.resume_case, "words"),
        "whistle": _whistle,
        "recall": _with(actions.recall_case, "words"),
        "pass_on": _pass_on,
        "report_in": _report_in,
        "return": _with(actions.return_case, "words"),
        "submit": _with(actions.submit_case, "words"),
        "improve": _with(actions.improve_case, "words"),
        "handle": _with(actions.handle_case, "words"),
        "check": _with(actions.check_case, "outcome", "words"),
        "rework": _with(actions.rework_case, "words"),
        "rate": _rate,
        "call_back": _with(actions.call_back_case, "result", "words"),
        "review": _with(actions.review_case, "words"),
        "inspect": _with(actions.inspect_case, "result", "words"),
        "appeal": _with(actions.appeal_case, "about", "nth", "words"),
        "decide": _with(actions.decide_case, "about", "nth", "verdict", "words"),
        "merge": _merge,
        "unmerge": _with(actions.unmerge_case, "words"),
        "group": _group,
        "ungroup": _with(actions.ungroup_case, "words"),
        "urge": _with(actions.urge_case, "words"),
        "supervise": _with(actions.supervise_case, "limit", "words"),
        "reply": _with(actions.reply_case, "words"),
        "reopen": _with(actions.reopen_case, "level", "words"),
    }
)
