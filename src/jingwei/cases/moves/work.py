"""The work: sent to a party, taken on, returned, taken back, passed on, done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.errands import end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Assignment, Errand
from jingwei.cases.moves.assisting import call_in, check_called
from jingwei.cases.obstacles import (
    check_answered,
    check_assistants,
    check_recall,
    check_result,
    check_returns,
    check_there,
    counted_returns,
    need,
)
from jingwei.cases.workflow import Move, above, check_move
from jingwei.kernel.public import Refused


def dispatch(
    life: Life,
    doing: Doing,
    *,
    department_id: int | None = None,
    member_id: int | None = None,
    assistants: Sequence[str] = (),
    words: str = "",
    routed: Mapping[str, Any] | None = None,
) -> None:
    """To one party, a department or a member, which leads, and to any number that assist.

    `routed`: by which rule, where nobody decided.
    """
    check_move("dispatch", life.case.status)
    if (department_id is None) == (member_id is None):
        raise Refused(_("Choose one party: a department or a person."))
    _mind_returns(life, department_id, member_id)
    check_called(life, assistants, [_party(department_id, member_id)])

    def change(_move: Move) -> None:
        life.add(life.part_for(doing, department_id=department_id, member_id=member_id))
        call_in(life, doing, assistants)

    parties: dict[str, Any] = {"department_id": department_id, "member_id": member_id, "assistants": list(assistants)}
    life.move("dispatch", doing, words=words, change=change, **parties, routed=routed)


def _party(department_id: int | None, member_id: int | None) -> str:
    return f"d{department_id}" if department_id is not None else f"m{member_id}"


def _mind_returns(life: Life, department_id: int | None, member_id: int | None) -> None:
    """The same party again only on a higher level's word; after two returns the level above decides."""
    if above(life.case.level) is None:
        return
    returned = counted_returns(life.case, life.assignments)
    check_returns(life.case, [part for part in returned if part.role == Assignment.Role.LEAD])
    if any((part.department_id, part.member_id) == (department_id, member_id) for part in returned):
        raise Refused(
            _("This party has returned the case. Choose another, or escalate so that a higher level decides.")
        )


def recall(life: Life, doing: Doing, *, words: str = "") -> None:
    """Take it back: freely within five minutes while nobody has reported in, later with a reason."""
    check_move("recall", life.case.status)
    check_recall(life.live, doing.at, words)
    life.move("recall", doing, words=words)


def pass_on(
    life: Life,
    doing: Doing,
    *,
    department_id: int | None = None,
    member_id: int | None = None,
    words: str,
) -> None:
    """From the party that has it to another, which takes it as it stands: what was accepted stays so, clocks run on."""
    check_move("pass_on", life.case.status)
    lead = life.lead
    if lead is None or (department_id is None) == (member_id is None):
        raise Refused(_("Choose one party: a department or a person."))
    if (lead.department_id, lead.member_id) == (department_id, member_id):
        raise Refused(_("This party has the case already. Choose another."))
    if _party(department_id, member_id) in {part.party for part in life.assistants}:
        raise Refused(_("This party assists already. Release it first, or choose another."))
    _mind_returns(life, department_id, member_id)
    need(words)

    def change(_move: Move) -> None:
        part = life.part_for(
            doing,
            department_id=department_id,
            member_id=member_id,
            status=lead.status,
            is_whistled=lead.is_whistled,
            level=lead.level,
            accepted_at=lead.accepted_at,
            handler_id=member_id if lead.accepted_at else None,
        )
        life.add(part)

    life.move("pass_on", doing, words=words, change=change, department_id=department_id, member_id=member_id)


def report_in(life: Life, doing: Doing, *, words: str = "", metres: int | None = None) -> None:
    """The party takes it on; where a whistle called, at the place (`metres` from it) or saying where."""
    check_move("report_in", life.case.status)
    check_there(life.lead, words, metres)
    life.move("report_in", doing, words=words, metres=metres)


def return_(life: Life, doing: Doing, *, words: str) -> None:
    """The party sends it back; whoever dispatched it decides anew."""
    check_move("return", life.case.status)
    need(words)

    def change(_move: Move) -> None:
        life.case.returns += 1

    life.move("return", doing, words=words, change=change)


def handle(life: Life, doing: Doing, *, words: str, has_photo: bool = True) -> None:
    """Done, says the party: what was done, with a photo where the condition asks for one.

    Where a handler submitted a result, this confirms it, and only now the promise is kept.
    """
    check_move("handle", life.case.status)
    check_answered(life.case)
    check_assistants(life.assistants)
    check_result(life.case.condition, words, has_photo=has_photo)

    def change(_move: Move) -> None:
        life.case.handled_at = doing.at
        if (submitted := open_errand(life, Errand.Kind.CONFIRMATION)) and life.lead:
            end_errand(life, submitted, doing, "granted")
            life.lead.confirmed_by_id = doing.by

    life.move("handle", doing, words=words, change=change)
