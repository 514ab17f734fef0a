"""Whose move it is, in a sentence for those whose it is not: by level, party, class and who did the work.

Who may, `policy.py` says; here stands why somebody may not, as specific as the case allows.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.appealing import is_reporter
from jingwei.cases.explaining import lead_name, level_name
from jingwei.cases.models import Assignment, Case, Errand
from jingwei.cases.moves.appealing import nothing_to_decide
from jingwei.cases.policy import ASSISTING, NotHandler, NotSolver, lead
from jingwei.cases.policy_levels import CALLED_FROM
from jingwei.cases.progress import party_name
from jingwei.cases.workflow import LIVE, Level
from jingwei.kernel.public import may
from jingwei.people.public import Member

Whose = Callable[[Case, Member], str]
_LEADER = gettext_lazy("This takes a leader of the place.")
_FILER = gettext_lazy("This takes a grid worker, officer or dispatcher of the place.")
_BOTH = gettext_lazy("This takes a dispatcher or an officer of the place of both cases.")
PLAIN: Mapping[str, Promise] = MappingProxyType(
    {
        "withdraw": gettext_lazy("Only whoever reported it may withdraw it."),
        "rate": gettext_lazy("Only whoever reported it may rate it."),
        "urge": gettext_lazy("This takes whoever reported it, or a leader of the place."),
        "file": _FILER,
        "reject": _FILER,
        "raise": gettext_lazy("Only a leader of the place may do this, or a rule when time runs out."),
        "supervise": _LEADER,
        **dict.fromkeys(("merge", "unmerge", "group", "ungroup", "absorb", "let_go"), _BOTH),
        "appeal": gettext_lazy(
            "Nothing here speaks against you. An appeal is against a report not filed, a limit not kept, a poor rating."
        ),
    }
)
"""Moves that are the same person's on every case."""


def _answering(case: Case, _member: Member) -> str:
    return _("The level “%(level)s” answers for this case now: only who works there for the place may do this.") % {
        "level": level_name(case)
    }


def _dispatching(case: Case, _member: Member) -> str:
    if case.level == Level.GRID:
        return _("The grid answers for this case now: its worker does it, or escalates it so that others can be sent.")
    return _("The level “%(level)s” answers for this case now: only its dispatchers and officers may do this.") % {
        "level": level_name(case)
    }


def _above(case: Case, _member: Member) -> str:
    return _("The level “%(level)s” answers for this case now, so this takes a leader above it.") % {
        "level": level_name(case)
    }


def _resuming(case: Case, _member: Member) -> str:
    return _("This takes %(party)s, the level “%(level)s”, or a leader above it.") % {
        "party": lead_name(case),
        "level": level_name(case),
    }


def _whistling(case: Case, _member: Member) -> str:
    if case.level not in CALLED_FROM:
        return _("The level “%(level)s” answers for this case now: a community calls nobody to it any more.") % {
            "level": level_name(case)
        }
    return _("Only an officer of the community where it is may whistle.")


def _leading(case: Case, _member: Member) -> str:
    return _("%(party)s leads this case: only they may do this.") % {"party": lead_name(case)}


def _handling(case: Case, member: Member) -> str:
    if lead.holds(member, case):
        return _("Results of this class are confirmed first: submit yours, and %(party)s confirms it.") % {
            "party": lead_name(case)
        }
    return _leading(case, member)


def _confirming(case: Case, _member: Member) -> str:
    return _("Only whoever confirms results for %(party)s may do this.") % {"party": lead_name(case)}


def _assisting(case: Case, _member: Member) -> str:
    parts = [part for part in case.assignments.all() if part.role == Assignment.Role.ASSIST and part.status in LIVE]
    if not parts:
        return _("Nobody has been called in to assist. First whoever dispatches changes the assistants.")
    return _("Called in to assist: %(parties)s. Each speaks for their own part, once they have reported in.") % {
        "parties": _(", ").join(map(party_name, parts))
    }


def _joining(case: Case, member: Member) -> str:
    if ASSISTING["finish"].holds(member, case):
        return _("You have reported in to assist already.")
    return _assisting(case, member)


def _finishing(case: Case, member: Member) -> str:
    if ASSISTING["join"].holds(member, case):
        return _("First you report in to assist.")
    return _assisting(case, member)


def _solving(case: Case, _member: Member) -> str:
    if case.category is None:
        return _("This takes a worker of the place who may end cases of this class on the spot.")
    return _(
        "“%(class)s” belongs to the level “%(level)s”: only a worker of the place who may end such cases does this."
        " Others file and dispatch it."
    ) % {"class": case.category.name, "level": Level(case.category.level).label}


def _checking(case: Case, member: Member) -> str:
    if not NotHandler().holds(member, case):
        return _("You handled this case yourself, or confirmed its result: somebody else checks it.")
    if case.category is not None and case.category.check_by == "reporter":
        return _("This takes whoever reported it, or a checker of the place.")
    return _("This takes a checker of the place who did not handle it.")


def _inspecting(case: Case, member: Member) -> str:
    if not NotSolver().holds(member, case):
        return _("You solved this case yourself: somebody else looks at it.")
    return _checking(case, member)


def _reopening(case: Case, member: Member) -> str:
    if not NotHandler().holds(member, case):
        return _("You handled this case yourself: whoever reported it opens it again, or somebody else who checks.")
    return _("This takes whoever reported it, or a checker of the place who did not handle it.")


def _talking(case: Case, member: Member) -> str:
    if not NotHandler().holds(member, case):
        return _("You handled this case yourself, or confirmed its result: another officer of the place talks.")
    return _("This takes an officer of the place who did not handle it.")


def _deciding(case: Case, _member: Member) -> str:
    levels = [one.level for one in case.errands.all() if one.kind == Errand.Kind.APPEAL and one.is_open]
    if not levels:
        return nothing_to_decide()
    names = [str(Level(level).label) for level in dict.fromkeys(levels)]
    return _("The appeal is before this level: %(levels)s. Its leader or an inspector there decides.") % {
        "levels": _(", ").join(names)
    }


def _answering_leader(case: Case, member: Member) -> str:
    if any(part.status in LIVE for part in case.assignments.all()):
        return _("%(party)s has the case now: only they answer the leader.") % {"party": lead_name(case)}
    return _answering(case, member)


WHOSE: Mapping[str, Whose] = MappingProxyType(
    {
        **dict.fromkeys(("escalate", "send_down"), _answering),
        **dict.fromkeys(
            ("dispatch", "change_assistant", "recall", "pass_on", "extend", "refuse_extension"), _dispatching
        ),
        **dict.fromkeys(("suspend", "deny_suspension", "keep_suspended"), _above),
        **dict.fromkeys(("report_in", "return", "submit", "ask_extension", "ask_suspension"), _leading),
        **dict.fromkeys(("check", "rework"), _checking),
        **dict.fromkeys(("call_back", "review"), _talking),
        "resume": _resuming,
        "whistle": _whistling,
        "join": _joining,
        "finish": _finishing,
        "decline": _assisting,
        "handle": _handling,
        "improve": _confirming,
        "solve": _solving,
        "inspect": _inspecting,
        "reopen": _reopening,
        "decide": _deciding,
        "reply": _answering_leader,
    }
)
"""Moves whose hands change with the case."""


_PARTY = frozenset({"cases.handle"})
_DISPATCHER = frozenset({"cases.dispatch"})
_SUPERVISOR = frozenset({"cases.supervise"})
_ANSWERING = frozenset({"cases.answer"})
DUTIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("file", "reject"), frozenset({"cases.file"})),
        "solve": frozenset({"cases.solve"}),
        **dict.fromkeys(("escalate", "send_down"), _ANSWERING),
        **dict.fromkeys(("dispatch", "recall", "whistle", "extend", "refuse_extension"), _DISPATCHER),
        **dict.fromkeys(("merge", "unmerge", "group", "ungroup", "call_back", "review"), _DISPATCHER),
        **dict.fromkeys(
            ("pass_on", "change_assistant"),
            _DISPATCHER | {"people.postings", "people.accounts", "people.departments"},
        ),
        **dict.fromkeys(("report_in", "return", "submit", "ask_extension", "ask_suspension"), _PARTY),
        **dict.fromkeys(("join", "finish", "decline"), _PARTY),
        "handle": _PARTY | {"cases.confirm"},
        "improve": frozenset({"cases.confirm"}),
        "resume": _PARTY | _DISPATCHER | _SUPERVISOR,
        "reply": _PARTY | _ANSWERING,
        **dict.fromkeys(("raise", "supervise", "suspend", "deny_suspension", "keep_suspended"), _SUPERVISOR),
        "urge": _SUPERVISOR,
        **dict.fromkeys(("check", "rework", "inspect", "reopen"), frozenset({"cases.check"})),
        "appeal": _PARTY | _ANSWERING | {"cases.solve"},
        "decide": frozenset({"cases.judge"}),
    }
)
"""Duties of which one at least makes a move somebody's work, on some case or other."""
OF_REPORTERS = frozenset({"withdraw", "rate", "reopen", "urge", "appeal", "check", "rework"})


def is_own_work(verb: str, case: Case, member: Member) -> bool:
    """Whether a move is one that the member makes on cases, if perhaps not on this one or not now."""
    if may(member, f"cases.{verb}", case) or (verb in OF_REPORTERS and is_reporter(case, member)):
        return True
    return any(member.has_duty(duty) for duty in DUTIES.get(verb, ()))


def whose(verb: str, case: Case, member: Member) -> str:
    """Why somebody may not make a move that the case would allow; "" for moves that nobody makes."""
    if member.is_away:
        return _("You are away, so your duties rest until you are back.")
    if verb in WHOSE:
        return WHOSE[verb](case, member)
    return str(PLAIN.get(verb, ""))
