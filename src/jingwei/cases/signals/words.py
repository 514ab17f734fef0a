"""What screens say of signals: which was given, by which rule, and what came of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases.models import Case, SignalRule, Step
from jingwei.cases.signals.kinds import Signal, Whom
from jingwei.cases.workflow import Level
from jingwei.ui.public import exact

ODDLY_LATE = 120
"""Seconds after which it is said that a signal was given later than it was due."""


def signal_said(step: Step) -> str:
    """The signal of a step, and what its rule did."""
    detail = step.detail
    said = [_("%(signal)s.") % {"signal": Signal(detail["signal"]).label}]
    due = datetime.fromisoformat(detail["at"])
    if (step.occurred_at - due).total_seconds() > ODDLY_LATE:
        said.append(_("It was due at %(when)s.") % {"when": exact(due)})
    if detail.get("tell"):
        told = whom_said(Whom(whom) for whom in detail["tell"])
        said.append(_("Rule %(n)d: tells %(whom)s.") % {"n": detail["rule"], "whom": told})
    if detail.get("urgency"):
        urgency = Case.Urgency(detail["urgency"]).label
        said.append(_("Rule %(n)d: urgency is now “%(urgency)s”.") % {"n": detail["rule"], "urgency": urgency})
    return "\n".join(said)


def raise_said(step: Step) -> str:
    """To which level it was raised, and by which rule if it was one."""
    level = {"level": Level(step.level).label}
    if "rule" in step.detail:
        return _("By rule %(n)d. Now answers: %(level)s.") % {"n": step.detail["rule"], **level}
    return _("Now answers: %(level)s.") % level


def whom_said(told: Iterable[Whom]) -> str:
    return _(", ").join(str(whom.label) for whom in told)


def cases_said(rule: SignalRule, category: str = "") -> str:
    """Which cases a rule is for. `category`: what its category is called."""
    parts = [
        category or rule.category_code,
        str(rule.get_level_display()) if rule.level else "",
        str(rule.get_urgency_display()) if rule.urgency else "",
    ]
    return _(", ").join(filter(None, parts)) or _("all cases")


def deeds_said(rule: SignalRule) -> str:
    """What a rule does."""
    said = [_("tells %(whom)s") % {"whom": whom_said(rule.told)}] if rule.tell else []
    if rule.makes_urgent:
        said.append(_("makes it urgent"))
    if rule.raises:
        said.append(_("raises it by a level"))
    return _("; ").join(said)
