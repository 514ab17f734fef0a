"""A result that the department confirms: submitted by its handler, given back, or confirmed by `handle`."""

from django.utils.translation import gettext as _

from jingwei.cases.errands import CONFIRMATION_LIMIT, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Errand
from jingwei.cases.obstacles import check_assistants, check_result, check_submittable, need
from jingwei.cases.workflow import Move, check_move
from jingwei.kernel.public import Refused


def submit(life: Life, doing: Doing, *, words: str, has_photo: bool = True) -> None:
    """The handler says what was done; the clock runs until somebody confirms it for the department."""
    check_move("submit", life.case.status)
    lead = life.lead
    check_submittable(life.case, lead, is_submitted=open_errand(life, Errand.Kind.CONFIRMATION) is not None)
    check_assistants(life.assistants)
    check_result(life.case.condition, words, has_photo=has_photo)

    def change(_move: Move) -> None:
        begin_errand(life, doing, Errand.Kind.CONFIRMATION, CONFIRMATION_LIMIT)
        if lead is not None:
            lead.handler_id = doing.by
            life.changed.append(lead)

    life.move("submit", doing, words=words, change=change, part=lead)


def improve(life: Life, doing: Doing, *, words: str) -> None:
    """Not confirmed: back to the handler, who reads what is missing."""
    check_move("improve", life.case.status)
    errand = open_errand(life, Errand.Kind.CONFIRMATION)
    if errand is None:
        raise Refused(_("No result waits to be confirmed."))
    need(words)

    def change(_move: Move) -> None:
        end_errand(life, errand, doing, "refused")

    life.move("improve", doing, words=words, change=change, part=life.lead)
