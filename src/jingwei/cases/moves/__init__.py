"""The moves one by one: what each needs and changes, as functions on a `Life`. Rules only; permission is asked before.

Every function takes the life and `doing` and refuses with a sentence that names the mend.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from jingwei.cases.dates import reschedule
from jingwei.cases.moves.after import call_back, inspect, review
from jingwei.cases.moves.alarming import alarm, answer_alarm, call_off, stand_down
from jingwei.cases.moves.appealing import appeal, decide
from jingwei.cases.moves.assisting import change_assistant, decline, finish, join
from jingwei.cases.moves.confirming import improve, submit
from jingwei.cases.moves.ending import check, rate, reopen, rework
from jingwei.cases.moves.extending import ask_extension, extend, refuse_extension
from jingwei.cases.moves.joining import absorb, follow, group, join_group, let_go, merge, ungroup, unmerge
from jingwei.cases.moves.oversight import reply, supervise, urge
from jingwei.cases.moves.signalling import raise_, signal
from jingwei.cases.moves.suspending import ask_suspension, deny_suspension, keep_suspended, resume, suspend
from jingwei.cases.moves.triage import escalate, file, reject, rezone, send_down, solve, withdraw
from jingwei.cases.moves.whistling import whistle
from jingwei.cases.moves.work import dispatch, handle, pass_on, recall, report_in, return_

PERFORM: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "alarm": alarm,
        "answer_alarm": answer_alarm,
        "stand_down": stand_down,
        "call_off": call_off,
        "file": file,
        "solve": solve,
        "reject": reject,
        "withdraw": withdraw,
        "escalate": escalate,
        "send_down": send_down,
        "dispatch": dispatch,
        "change_assistant": change_assistant,
        "join": join,
        "finish": finish,
        "decline": decline,
        "ask_extension": ask_extension,
        "extend": extend,
        "refuse_extension": refuse_extension,
        "ask_suspension": ask_suspension,
        "suspend": suspend,
        "deny_suspension": deny_suspension,
        "keep_suspended": keep_suspended,
        "resume": resume,
        "whistle": whistle,
        "recall": recall,
        "pass_on": pass_on,
        "report_in": report_in,
        "return": return_,
        "submit": submit,
        "improve": improve,
        "handle": handle,
        "check": check,
        "rework": rework,
        "rate": rate,
        "merge": merge,
        "unmerge": unmerge,
        "absorb": absorb,
        "let_go": let_go,
        "group": group,
        "ungroup": ungroup,
        "follow": follow,
        "into_group": join_group,
        "reopen": reopen,
        "call_back": call_back,
        "review": review,
        "inspect": inspect,
        "appeal": appeal,
        "decide": decide,
        "urge": urge,
        "supervise": supervise,
        "reply": reply,
        "rezone": rezone,
        "reschedule": reschedule,
        "signal": signal,
        "raise": raise_,
    }
)
"""The built moves by their verb, for whoever has many of them to make."""

__all__ = [
    "PERFORM",
    "absorb",
    "alarm",
    "answer_alarm",
    "appeal",
    "ask_extension",
    "ask_suspension",
    "call_back",
    "call_off",
    "change_assistant",
    "check",
    "decide",
    "decline",
    "deny_suspension",
    "dispatch",
    "escalate",
    "extend",
    "file",
    "finish",
    "follow",
    "group",
    "handle",
    "improve",
    "inspect",
    "join",
    "join_group",
    "keep_suspended",
    "let_go",
    "merge",
    "pass_on",
    "raise_",
    "rate",
    "recall",
    "refuse_extension",
    "reject",
    "reopen",
    "reply",
    "report_in",
    "reschedule",
    "resume",
    "return_",
    "review",
    "rework",
    "rezone",
    "send_down",
    "signal",
    "solve",
    "stand_down",
    "submit",
    "supervise",
    "suspend",
    "ungroup",
    "unmerge",
    "urge",
    "whistle",
    "withdraw",
]
