"""What screens say about a case: its heading, its limits, where it came from, why it was not filed. Words only."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from jingwei.calendars.public import calendars, days_off
from jingwei.cases.appealing import ABOUT_SAID, VERDICT_SAID
from jingwei.cases.errands import ANSWER_LIMITS
from jingwei.cases.models import Case, Stage, Step
from jingwei.cases.signals.words import raise_said, signal_said
from jingwei.cases.workflow import Level
from jingwei.kernel.public import Limit, LimitKind
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import codes, name_of
from jingwei.ui.public import exact

LENGTHS: Mapping[LimitKind, Promise] = MappingProxyType(
    {
        LimitKind.URGENT_HOURS: ngettext_lazy("%(n)d hour, day and night", "%(n)d hours, day and night", "n"),
        LimitKind.WORKING_HOURS: ngettext_lazy("%(n)d working hour", "%(n)d working hours", "n"),
        LimitKind.WORKING_DAYS: ngettext_lazy("%(n)d working day", "%(n)d working days", "n"),
        LimitKind.NATURAL_DAYS: ngettext_lazy("%(n)d calendar day", "%(n)d calendar days", "n"),
    }
)
CHANNELS: Mapping[str, Promise] = MappingProxyType(
    {
        "resident": pgettext_lazy("channel", "Residents' page"),
        "field": pgettext_lazy("channel", "Patrol"),
        "counter": pgettext_lazy("channel", "Counter"),
        "message": pgettext_lazy("channel", "Message to the grid worker"),
        "worklist": pgettext_lazy("channel", "Work list"),
        "hotline": pgettext_lazy("channel", "Hotline"),
        "api": pgettext_lazy("channel", "Another system"),
        "import": pgettext_lazy("channel", "Earlier records"),
    }
)
REASONS: Mapping[str, Promise] = MappingProxyType(
    {
        "not_here": pgettext_lazy("rejection", "Not in this area"),
        "not_ours": pgettext_lazy("rejection", "Not a task of this network"),
        "no_trace": pgettext_lazy("rejection", "Nothing of it to be found on the spot"),
        "already_solved": pgettext_lazy("rejection", "Solved already"),
        "no_facts": pgettext_lazy("rejection", "Too little is known"),
        "private_matter": pgettext_lazy("rejection", "A private matter between the parties"),
    }
)


SUSPENDED_FOR: Mapping[str, Promise] = MappingProxyType(
    {
        "budget": pgettext_lazy("suspension", "The money has to be granted first"),
        "planned": pgettext_lazy("suspension", "It is part of works that are planned"),
        "material": pgettext_lazy("suspension", "Material or parts have to come"),
        "others_first": pgettext_lazy("suspension", "Others have to do their part first"),
        "owners_vote": pgettext_lazy("suspension", "The owners have to decide"),
        "court": pgettext_lazy("suspension", "A court or an authority has to decide"),
        "season": pgettext_lazy("suspension", "Weather or season do not allow it"),
    }
)


OF_CLOCKS: Mapping[str, Callable[[Step], str]] = MappingProxyType({"signal": signal_said, "raise": raise_said})


def limit_length(limit: Limit) -> str:
    """How long a limit is: "4 working hours"."""
    if limit.amount < 1:
        return _("%(n)d minutes") % {"n": round(limit.amount * 60)}
    return str(LENGTHS[limit.kind] % {"n": int(limit.amount)})


def channel(key: str) -> str:
    """Through which door a report came; other systems name their own."""
    return str(CHANNELS.get(key, key))


def headline(case: Case) -> str:
    """What a list calls a case: its title, and until somebody has written one its class and place."""
    if case.title:
        return case.title
    if case.category is None:
        return _("New report, %(place)s") % {"place": case.place} if case.place else _("New report")
    if not case.place:
        return case.category.name
    return _("%(category)s, %(place)s") % {"category": case.category.name, "place": case.place}


def serial(case: Case) -> str:
    """The part of the number that people say: "0142" of 20261121-000142."""
    tail = case.number.rpartition("-")[2]
    return f"{int(tail):04}" if tail.isdigit() else tail


def decision(step: Step, case: Case) -> str:
    """What a move decided, besides its words: level, reason of the list, outcome, new dates. "" where nothing."""
    if step.verb in OF_CLOCKS:
        return OF_CLOCKS[step.verb](step)
    said = DECISIONS.get(step.verb)
    return str(said(step, case)) if said else _routed(step)


def _routed(step: Step) -> str:
    """What the rules of routing had to do with a step; "" where nothing. What is sent by them is sent by nobody."""
    if "routed" not in step.detail:
        return ""
    edition = step.detail["routed"]["edition"]
    if step.verb == "dispatch":
        return _("Sent at once by the rules of routing, edition %(number)d.") % {"number": edition}
    return _("Routed by the rules, edition %(number)d.") % {"number": edition}


def _new_dates(step: Step, case: Case) -> str:
    """Which dates moved, from when to when, and the days because of which."""
    detail = step.detail
    said = []
    if "due" in detail:
        said.append(_("Promised by %(due)s, before that by %(was)s.") % _moments(detail["due"], detail["was"]))
    if "stage" in detail and detail["stage_due"] != detail.get("due"):
        moments = _moments(detail["stage_due"], detail["stage_was"])
        name = Stage.Name(detail["stage"]).label
        said.append(_("%(stage)s: by %(due)s, before that by %(was)s.") % {"stage": name, **moments})
    if "helpers_due" in detail:
        due = exact(datetime.fromisoformat(detail["helpers_due"]))
        said.append(_("Assistants report in later: by %(due)s.") % {"due": due})
    if detail.get("days"):
        days = [date.fromisoformat(day) for day in detail["days"]]
        said.append(_("Not worked: %(days)s.") % {"days": days_off(days, calendars().place(case.code))})
    if detail.get("is_firm"):
        said.append(_("The holidays have been announced: the date is no longer provisional."))
    return "\n".join(said)


def _resumed(step: Step, _case: Case) -> str:
    if step.detail.get("due") == step.detail.get("was"):
        return _("No working time was lost: the dates stand.")
    return _("Promised by %(due)s, before that by %(was)s.") % _moments(step.detail["due"], step.detail["was"])


def _moments(due: str, was: str) -> dict[str, str]:
    return {"due": exact(datetime.fromisoformat(due)), "was": exact(datetime.fromisoformat(was))}


def _level(step: Step, _case: Case) -> str:
    return _("Now answers: %(level)s.") % {"level": Level(step.level).label}


def _answer_limit(step: Step, _case: Case) -> str:
    length = limit_length(ANSWER_LIMITS[step.detail["limit"]])
    return _("A written answer is due within %(length)s.") % {"length": length}


RATING_SAID: Mapping[str, Promise] = MappingProxyType(
    {
        "fast": pgettext_lazy("praise", "Done quickly"),
        "clear": pgettext_lazy("praise", "Well explained"),
        "kind": pgettext_lazy("praise", "Friendly"),
        "partly": pgettext_lazy("blame", "Only partly solved"),
        "not_solved": pgettext_lazy("blame", "Not really solved"),
        "nobody_came": pgettext_lazy("blame", "Nobody came"),
        "slow": pgettext_lazy("blame", "Took too long"),
        "not_told": pgettext_lazy("blame", "Nobody told me anything"),
        "unkind": pgettext_lazy("blame", "Unfriendly"),
    }
)
CALLED_SAID: Mapping[str, Promise] = MappingProxyType(
    {
        "settled": pgettext_lazy("call-back", "Settled"),
        "rectify": pgettext_lazy("call-back", "To be put right"),
        "unreached": pgettext_lazy("call-back", "Nobody was reached"),
    }
)
INSPECTED: Mapping[str, Promise] = MappingProxyType(
    {"passed": pgettext_lazy("inspection", "Passed"), "failed": pgettext_lazy("inspection", "Failed")}
)


def _until(step: Step, _case: Case) -> str:
    return _("Until %(until)s.") % {"until": exact(datetime.fromisoformat(step.detail["until"]))}


def _review(step: Step, _case: Case) -> str:
    said = [str(SUSPENDED_FOR.get(step.detail.get("reason", ""), ""))]
    said.append(_("To be looked at again: %(until)s.") % {"until": exact(datetime.fromisoformat(step.detail["until"]))})
    return "\n".join(filter(None, said))


def _there(step: Step, _case: Case) -> str:
    metres = step.detail.get("metres")
    return "" if metres is None else _("%(metres)d m from the place.") % {"metres": metres}


def _extended(step: Step, _case: Case) -> str:
    moments = _moments(step.detail["until"], step.detail["was"])
    return _("Promised by %(due)s, before that by %(was)s.") % moments


def _appealed(step: Step, _case: Case) -> str:
    said = {"about": ABOUT_SAID[step.detail["about"]], "level": Level(step.detail["level"]).label}
    return _("Against: %(about)s. It is decided by: %(level)s.") % said


def _decided(step: Step, _case: Case) -> str:
    said = {"about": ABOUT_SAID[step.detail["about"]], "verdict": VERDICT_SAID[step.detail["verdict"]]}
    return _("%(verdict)s. Against: %(about)s.") % said


DECISIONS: Mapping[str, Callable[[Step, Case], str | Promise]] = MappingProxyType(
    {
        "escalate": _level,
        "send_down": _level,
        "reject": lambda step, _case: REASONS.get(step.detail.get("reason", ""), ""),
        "check": lambda step, _case: dict(Case.Outcome.choices).get(step.detail.get("outcome", ""), ""),
        "supervise": _answer_limit,
        "call_back": lambda step, _case: CALLED_SAID.get(step.detail.get("result", ""), ""),
        "inspect": lambda step, _case: INSPECTED.get(step.detail.get("result", ""), ""),
        "ask_extension": _until,
        "extend": _extended,
        "ask_suspension": _review,
        "suspend": _review,
        "keep_suspended": _review,
        "resume": _resumed,
        "report_in": _there,
        "join": _there,
        "appeal": _appealed,
        "decide": _decided,
        "rezone": lambda step, _case: _("Now in: %(area)s.") % {"area": name_of(step.detail["code"])},
        "reschedule": _new_dates,
    }
)
"""By the move, what it decided."""


def short_place(code: int, community: str, grid: str) -> str:
    """Where in a few characters: "Hetang 07". Above the grids, the area's own name."""
    if codes.level_of(code).depth < AreaLevel.GRID.depth:
        return grid
    name = community.removesuffix("社区").removesuffix(" Community")
    return f"{name} {codes.serial(code, AreaLevel.GRID):02}"
