"""More time: asked for once by the party that leads, granted or refused by whoever answers for the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases.errands import EXTENSION_LIMIT, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case, Errand
from jingwei.cases.obstacles import check_extendable, need
from jingwei.cases.workflow import Move, check_move
from jingwei.kernel.public import Refused


def ask_extension(life: Life, doing: Doing, *, until: str, words: str) -> None:
    """The party asks for another date, given as ISO 8601, and says why."""
    check_move("ask_extension", life.case.status)
    check_extendable(life.case, is_asked=open_errand(life, Errand.Kind.EXTENSION) is not None)
    _later(life.case, until, doing)
    need(words)

    def change(_move: Move) -> None:
        begin_errand(life, doing, Errand.Kind.EXTENSION, EXTENSION_LIMIT, level=life.case.level)

    life.move("ask_extension", doing, words=words, change=change, part=life.lead, until=until)


def extend(life: Life, doing: Doing, *, until: str, words: str = "") -> None:
    """Granted: the promise moves to `until`, and with it the time for handling. The first date stays on record."""
    check_move("extend", life.case.status)
    errand = _asked(life)
    case, date = life.case, _later(life.case, until, doing)
    was = case.due_at.isoformat() if case.due_at else None

    def change(_move: Move) -> None:
        case.extended_from, case.due_at, case.is_provisional = case.due_at, date, False
        if life.stage is not None:
            life.stage.due_at, life.stage.is_provisional = max(date, life.stage.started_at), False
            life.changed.append(life.stage)
        end_errand(life, errand, doing, "granted")

    life.move("extend", doing, words=words, change=change, until=until, was=was)


def refuse_extension(life: Life, doing: Doing, *, words: str) -> None:
    """Not granted: the date stands, and the party reads why."""
    check_move("refuse_extension", life.case.status)
    errand = _asked(life)
    need(words)
    life.move("refuse_extension", doing, words=words, change=lambda _move: end_errand(life, errand, doing, "refused"))


def _asked(life: Life) -> Errand:
    errand = open_errand(life, Errand.Kind.EXTENSION)
    if errand is None:
        raise Refused(_("Nobody has asked for more time."))
    return errand


def _later(case: Case, until: str, doing: Doing) -> datetime:
    date = datetime.fromisoformat(until)
    if date <= doing.at or (case.due_at is not None and date <= case.due_at):
        raise Refused(_("Choose a date after the one that was promised, and not in the past."))
    return date
