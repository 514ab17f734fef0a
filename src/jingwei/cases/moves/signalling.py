"""What the clocks do: a signal is given, and the case is raised by a level; a leader may raise it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.facts import CaseSignalled
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case, SignalRule
from jingwei.cases.obstacles import level_above, need
from jingwei.cases.signals.kinds import OF_PROMISE, Signal
from jingwei.cases.signals.times import Timed, signals_to_come
from jingwei.cases.workflow import Move, above
from jingwei.kernel.public import Refused, Told


def give_signals(life: Life, doing: Doing, rules: Sequence[SignalRule]) -> int:
    """Every signal of the case that is due by now, in order, with what the rules say. Gives how many those were.

    Several at once, after a standstill, tell one thing: whoever is told learns of the last.
    """
    due = signals_due(life, doing)
    for timed in due:
        rule = next((rule for rule in rules if rule.fits(timed.what, life.case)), None)
        signal(life, doing, **(consequence(rule, life.case) if rule else Consequence()).fields(timed, due[-1]))
        if rule is not None and rule.raises and above(life.case.level) is not None:
            raise_(life, doing, rule=rule.number)
    return len(due)


def signals_due(life: Life, doing: Doing) -> list[Timed]:
    return [one for one in signals_to_come(life.case, life.stage, doing.calendars) if one.at <= doing.at]


@dataclass(frozen=True)
class Consequence:
    """What a rule does with a case besides raising it."""

    rule: int | None = None
    tell: tuple[str, ...] = ()
    urgency: str = ""

    def fields(self, timed: Timed, last: Timed) -> dict[str, Any]:
        """What the step keeps, and what a replay needs."""
        return {
            "signal": timed.what.value,
            "at": timed.at.isoformat(),
            "rule": self.rule,
            "tell": list(self.tell) if timed == last else [],
            "urgency": self.urgency,
        }


def consequence(rule: SignalRule, case: Case) -> Consequence:
    makes_urgent = rule.makes_urgent and case.urgency == Case.Urgency.NORMAL
    return Consequence(
        rule.number, tuple(whom.value for whom in rule.told), Case.Urgency.URGENT.value if makes_urgent else ""
    )


def signal(
    life: Life,
    doing: Doing,
    *,
    signal: str = "",
    at: str = "",
    rule: int | None = None,
    tell: Sequence[str] = (),
    urgency: str = "",
) -> None:
    """A signal is given: the next that is due, or the one that a step names. Each counts once for a promise."""
    if not signal:
        due = signals_due(life, doing)
        if not due:
            raise Refused(_("No clock of this case has run so far that a signal is due."))
        signal, at = due[0].what.value, due[0].at.isoformat()

    def change(_move: Move) -> None:
        if signal in OF_PROMISE:
            life.case.signalled = OF_PROMISE.index(Signal(signal)) + 1
        elif life.stage is not None:
            life.stage.is_signalled = True
            life.changed.append(life.stage)
        life.case.urgency = urgency or life.case.urgency

    life.move("signal", doing, change=change, signal=signal, at=at, rule=rule, tell=list(tell), urgency=urgency)
    lead = life.lead if life.live else None
    fact = CaseSignalled(
        case_id=str(life.case.pk),
        code=life.case.code,
        what=signal,
        status=life.case.status,
        level=life.case.level,
        keys=tuple(tell),
        rule_id=rule,
        department_id=lead.department_id if lead else None,
        party_id=lead.member_id if lead else None,
        is_emergency=life.case.urgency == Case.Urgency.EMERGENCY,
    )
    life.facts.append(Told(fact, doing.by, doing.at))


def raise_(life: Life, doing: Doing, *, words: str = "", rule: int | None = None) -> None:
    """One level up in oversight, for a leader's reason or by a rule: status, parties and clocks stay as they are."""
    target = level_above(life.case)
    if rule is None:
        need(words)

    def change(_move: Move) -> None:
        life.case.level = target
        life.case.raised += 1

    life.move("raise", doing, words=words, change=change, rule=rule)
