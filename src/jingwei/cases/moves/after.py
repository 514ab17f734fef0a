"""After the end: called back, talked over in a meeting, looked at again where it was solved on the spot."""

from django.utils.translation import gettext as _

from jingwei.cases.errands import CALLED, RECTIFY_LIMIT, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Errand
from jingwei.cases.moves.ending import open_again
from jingwei.cases.obstacles import need
from jingwei.cases.workflow import Level, Move, Status, check_move
from jingwei.kernel.public import Refused


def call_back(life: Life, doing: Doing, *, result: str, words: str) -> None:
    """An officer talks with whoever reported it: settled, to be put right within a limit, or not reached yet."""
    check_move("call_back", life.case.status)
    errand = open_errand(life, Errand.Kind.RECTIFY) or open_errand(life, Errand.Kind.CALL_BACK)
    if errand is None and life.case.status != Status.CLOSED:
        raise Refused(nobody_waits())
    if result not in CALLED:
        raise Refused(_("Choose what came of the call from the list."))
    if result == "rectify" and errand is not None and errand.kind == Errand.Kind.RECTIFY:
        raise Refused(_("It is being put right already. Record what came of it, or that nobody was reached."))
    need(words)

    def change(_move: Move) -> None:
        if errand is not None and result != "unreached":
            end_errand(life, errand, doing, result)
        if result == "rectify":
            begin_errand(life, doing, Errand.Kind.RECTIFY, RECTIFY_LIMIT, level=Level.COMMUNITY)

    life.move("call_back", doing, words=words, change=change, result=result)


def nobody_waits() -> str:
    return _("Nobody waits for a call-back on this case. Once it is closed, you may call.")


def review(life: Life, doing: Doing, *, words: str) -> None:
    """The meeting that follows where a case was opened again as often as it can be: what was agreed."""
    check_move("review", life.case.status)
    errand = open_errand(life, Errand.Kind.MEETING)
    if errand is None:
        raise Refused(no_meeting())
    need(words)
    life.move("review", doing, words=words, change=lambda _move: end_errand(life, errand, doing))


def no_meeting() -> str:
    return _("No review meeting is owed: one follows a poor rating after two reopenings.")


def inspect(life: Life, doing: Doing, *, result: str, words: str = "", code: int = 0) -> None:
    """Solved on the spot, drawn at random, and looked at by somebody else. What fails is opened again.

    `code` is the area there today, where the one it was in has ended.
    """
    check_move("inspect", life.case.status)
    errand = open_errand(life, Errand.Kind.SPOT_CHECK)
    if errand is None:
        raise Refused(not_drawn())
    if result not in {"passed", "failed"}:
        raise Refused(_("Choose whether it has passed."))
    if result == "failed":
        need(words)

    def change(_move: Move) -> None:
        end_errand(life, errand, doing, result)
        if result == "failed":
            open_again(life, doing, code=code)
            life.case.status = Status.FILED

    life.move("inspect", doing, words=words, change=change, result=result, code=code or None)


def not_drawn() -> str:
    return _("This case was not drawn for a check, or it has been checked already.")
