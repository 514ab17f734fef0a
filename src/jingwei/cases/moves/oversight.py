"""Urged by whoever waits for it, supervised by a leader, answered in writing by whoever has it."""

from django.utils.translation import gettext as _

from jingwei.cases.errands import ANSWER_LIMITS, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Errand
from jingwei.cases.obstacles import check_owes_answer, check_unsupervised, check_urged, need
from jingwei.cases.workflow import Move, check_move
from jingwei.kernel.public import Refused


def urge(life: Life, doing: Doing, *, words: str = "") -> None:
    """Somebody waits for it and says so, once a day. Nothing moves: whoever has it reads it."""
    check_move("urge", life.case.status)
    check_urged(life.case, doing.at)

    def change(_move: Move) -> None:
        life.case.urged_at = doing.at

    life.move("urge", doing, words=words, change=change)


def supervise(life: Life, doing: Doing, *, limit: str, words: str) -> None:
    """A leader watches over it, and wants to be told in writing within a limit."""
    check_move("supervise", life.case.status)
    check_unsupervised(life.case)
    if limit not in ANSWER_LIMITS:
        raise Refused(_("Choose from the list within what an answer is due."))
    need(words)

    def change(_move: Move) -> None:
        life.case.is_supervised = True
        begin_errand(life, doing, Errand.Kind.SUPERVISION, ANSWER_LIMITS[limit])

    life.move("supervise", doing, words=words, change=change, limit=limit)


def reply(life: Life, doing: Doing, *, words: str) -> None:
    """Whoever has the case answers the leader in writing."""
    check_move("reply", life.case.status)
    check_owes_answer(life.case)
    if not words.strip():
        raise Refused(_("Write what has been done so far, and what comes next: the leader reads it."))

    def change(_move: Move) -> None:
        life.case.is_supervised = False
        if errand := open_errand(life, Errand.Kind.SUPERVISION):
            end_errand(life, errand, doing)

    life.move("reply", doing, words=words, change=change)
