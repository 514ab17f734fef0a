"""The whistle: a community calls several departments to the place at once, one of which leads."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Assignment
from jingwei.cases.moves.assisting import call_in, has_returned
from jingwei.cases.obstacles import check_returns, counted_returns, need
from jingwei.cases.workflow import Move, Part, above, check_move
from jingwei.kernel.public import Refused


def whistle(life: Life, doing: Doing, *, department_id: int, assistants: Sequence[str], words: str) -> None:
    """All are sent their part, to report in at the place within half an hour; who had it before no longer has it."""
    check_move("whistle", life.case.status)
    _check(life, [f"d{department_id}", *assistants])
    need(words)
    before = life.assistants
    lead = life.part_for(doing, department_id=department_id, is_whistled=True)

    def change(_move: Move) -> None:
        for part in before:
            part.status, part.ended_at = Part.RECALLED, doing.at
            life.changed.append(part)
        life.add(lead)
        call_in(life, doing, assistants, is_whistled=True)

    called = {"department_id": department_id, "assistants": list(assistants)}
    life.move("whistle", doing, words=words, change=change, part=lead, **called)


def _check(life: Life, called: Sequence[str]) -> None:
    """Two departments or more, each once, and none that may not be asked again here."""
    if len(called) < 2 or len(set(called)) < len(called) or not all(party.startswith("d") for party in called):
        raise Refused(_("Call two departments at least, each once: one leads, the others come too."))
    if above(life.case.level) is None:
        return
    returned = counted_returns(life.case, life.assignments)
    check_returns(life.case, [part for part in returned if part.role == Assignment.Role.LEAD])
    if not has_returned(life).isdisjoint(called):
        raise Refused(
            _("This party has returned the case. Choose another, or escalate so that a higher level decides.")
        )
