"""The moves as the machine of `test_machine.py` makes them: who may, by casework's own table, and what they give.

A new move gets a line in `KNOWN` (one that nobody makes, in `HAPPENS`, with a rule of the machine that lets it happen).
`who` is written down from the trade, not from `policy.py`: each made move is held against it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from jingwei.cases import actions
from jingwei.cases.errands import ANSWER_LIMITS, CALLED
from jingwei.cases.models import Case
from jingwei.cases.moves.appealing import ABOUT, VERDICTS
from jingwei.cases.workflow import LEVELS, REJECTIONS, SUSPENSIONS

WORDS = "So it is"
REPORTER = "reporter"
"""Not a role: whoever reported the case."""
SENDER = "sender"
"""Whoever wrote the report down, for whomever."""
ACTOR = "actor"
"""Whoever has made a move on the case: that it was poor or late may be held against them."""
GRID = frozenset({"grid_worker", "grid_leader"})
OFFICERS = frozenset({"community_officer", "dispatcher", "duty_officer"})
FILERS = GRID | OFFICERS
PARTIES = GRID | {"professional", "department_handler", "department_lead", "property_manager"}
CHECKERS = GRID | {"professional", "community_officer", "inspector"}
JUDGES = frozenset({"inspector", "leader"})
ALARMED = frozenset({"dispatcher", "duty_officer", "leader"})
"""They answer alarms. Whoever answers leads, until it is passed on."""
ARRANGERS = frozenset({"posting_officer", "security_officer", "administrator"})
"""They pass on what somebody leaves behind."""

Fields = dict[str, Any]
Give = Callable[[Any, Case, Random], Fields]


@dataclass(frozen=True)
class Known:
    """`who`: roles, or REPORTER or SENDER. `give`: what the action is given besides case, member and time."""

    who: frozenset[str]
    give: Give
    action: Callable[..., Case]


def said(_scene: Any, _case: Case, _chance: Random) -> Fields:
    return {"words": WORDS}


def _file(scene: Any, case: Case, chance: Random) -> Fields:
    code = chance.choice([0, 0, *scene.grids])
    return {"condition": chance.choice(scene.conditions), "title": "Lamp", "code": code}


def _alarm(scene: Any, case: Case, chance: Random) -> Fields:
    return {"condition": chance.choice(scene.conditions), "title": "Smoke"}


def _solve(scene: Any, case: Case, chance: Random) -> Fields:
    condition = chance.choice([None, *scene.conditions])
    return {"condition": condition, "title": "Lamp", "words": WORDS}


def _dispatch(scene: Any, case: Case, chance: Random) -> Fields:
    lead = chance.choice(scene.parties)
    helpers = chance.sample(scene.parties, chance.choice([0, 0, 1, 2]))
    return {**_party(lead), "assistants": helpers, "words": WORDS}


def _pass_on(scene: Any, case: Case, chance: Random) -> Fields:
    return {**_party(chance.choice(scene.parties)), "words": WORDS}


def _party(one: Any) -> Fields:
    return {"department" if hasattr(one, "parent_id") else "member": one}


def _change_assistant(scene: Any, case: Case, chance: Random) -> Fields:
    add = chance.sample(scene.parties, chance.choice([0, 0, 1, 2]))
    here = [part.party for part in case.assignments.all() if part.is_live]
    release = chance.sample(here, min(len(here), chance.choice([0, 1])))
    return {"add": add, "release": release, "words": WORDS}


def _until(scene: Any, case: Case, chance: Random) -> Fields:
    days = timedelta(days=chance.randint(-1, 30))
    return {"until": (case.due_at or scene.now) + days, "words": WORDS}


def _stuck(scene: Any, case: Case, chance: Random) -> Fields:
    return {"reason": chance.choice(SUSPENSIONS), **_review(scene, case, chance)}


def _review(scene: Any, case: Case, chance: Random) -> Fields:
    return {"until": scene.now + timedelta(days=chance.randint(-1, 60)), "words": WORDS}


def _whistle(scene: Any, case: Case, chance: Random) -> Fields:
    lead, *others = chance.sample(scene.offices, chance.choice([2, 2, 3]))
    return {"lead": lead, "others": others, "words": WORDS}


def _appeal(_scene: Any, _case: Case, chance: Random) -> Fields:
    return {"about": chance.choice(sorted(ABOUT)), "words": WORDS}


def _decide(_scene: Any, _case: Case, chance: Random) -> Fields:
    return {"verdict": chance.choice(sorted(VERDICTS)), "words": WORDS}


def _other(scene: Any, case: Case, chance: Random) -> Fields:
    return {"into": chance.choice(scene.all_cases()), "words": WORDS}


def _others(scene: Any, case: Case, chance: Random) -> Fields:
    return {"children": chance.choices(scene.all_cases(), k=chance.choice([1, 2])), "words": WORDS}


def _one_of(name: str, values: Any) -> Give:
    def give(_scene: Any, _case: Case, chance: Random) -> Fields:
        return {name: chance.choice(list(values)), "words": WORDS}

    return give


def _known(who: Any, action: Callable[..., Case], give: Give = said) -> Known:
    return Known(frozenset(who), give, action)


KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        "file": _known(FILERS, actions.file_case, _file),
        "solve": _known(GRID | {"community_officer"}, actions.solve_case, _solve),
        "reject": _known(FILERS, actions.reject_case, _one_of("reason", REJECTIONS)),
        "withdraw": _known({REPORTER}, actions.withdraw_case),
        "escalate": _known(FILERS, actions.escalate_case),
        "send_down": _known(FILERS, actions.send_down_case, _one_of("level", LEVELS)),
        "raise": _known({"leader"}, actions.raise_case),
        "dispatch": _known(OFFICERS, actions.dispatch_case, _dispatch),
        "change_assistant": _known(OFFICERS | ARRANGERS, actions.change_assistant_case, _change_assistant),
        "join": _known(PARTIES, actions.join_case),
        "finish": _known(PARTIES, actions.finish_case),
        "decline": _known(PARTIES, actions.decline_case),
        "recall": _known(OFFICERS, actions.recall_case),
        "pass_on": _known(OFFICERS | ARRANGERS, actions.pass_on_case, _pass_on),
        "report_in": _known(PARTIES, actions.report_in_case),
        "return": _known(PARTIES, actions.return_case),
        "ask_extension": _known(PARTIES, actions.ask_extension_case, _until),
        "extend": _known(OFFICERS, actions.extend_case, _until),
        "refuse_extension": _known(OFFICERS, actions.refuse_extension_case),
        "alarm": _known(ALARMED | {REPORTER, SENDER}, actions.alarm_case, _alarm),
        "answer_alarm": _known(ALARMED, actions.answer_alarm_case, lambda *_asked: {}),
        "stand_down": _known(ALARMED | PARTIES, actions.stand_down_case),
        "call_off": _known(ALARMED | PARTIES, actions.call_off_case),
        "whistle": _known(OFFICERS, actions.whistle_case, _whistle),
        "ask_suspension": _known(PARTIES, actions.ask_suspension_case, _stuck),
        "suspend": _known({"leader"}, actions.suspend_case, _stuck),
        "deny_suspension": _known({"leader"}, actions.deny_suspension_case),
        "keep_suspended": _known({"leader"}, actions.keep_suspended_case, _review),
        "resume": _known(PARTIES | OFFICERS | {"leader"}, actions.resume_case),
        "submit": _known(PARTIES, actions.submit_case),
        "improve": _known({"department_lead"}, actions.improve_case),
        "handle": _known(PARTIES, actions.handle_case),
        "check": _known(CHECKERS | {REPORTER}, actions.check_case, _one_of("outcome", Case.Outcome.values)),
        "rework": _known(CHECKERS | {REPORTER}, actions.rework_case),
        "rate": _known({REPORTER}, actions.rate_case, _one_of("grade", range(1, 6))),
        "call_back": _known(OFFICERS, actions.call_back_case, _one_of("result", CALLED)),
        "review": _known(OFFICERS, actions.review_case),
        "inspect": _known(CHECKERS, actions.inspect_case, _one_of("result", ["passed", "failed"])),
        "reopen": _known(CHECKERS | {REPORTER}, actions.reopen_case, _one_of("level", ["", *LEVELS])),
        "appeal": _known(PARTIES | FILERS | {REPORTER, ACTOR}, actions.appeal_case, _appeal),
        "decide": _known(JUDGES, actions.decide_case, _decide),
        "merge": _known(OFFICERS, actions.merge_case, _other),
        "unmerge": _known(OFFICERS, actions.unmerge_case),
        "group": _known(OFFICERS, actions.group_cases, _others),
        "ungroup": _known(OFFICERS, actions.ungroup_case),
        "urge": _known({REPORTER, SENDER, "leader"}, actions.urge_case),
        "supervise": _known({"leader"}, actions.supervise_case, _one_of("limit", ANSWER_LIMITS)),
        "reply": _known(PARTIES | FILERS, actions.reply_case),
    }
)
HAPPENS = frozenset({"report", "signal", "reschedule", "rezone", "absorb", "let_go", "into_group", "follow"})
"""Moves that come by themselves or with another."""
