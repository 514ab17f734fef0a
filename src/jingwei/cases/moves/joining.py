"""One matter, reported more than once: merged into the case that goes on, or grouped under one that leads."""

from uuid import UUID

from django.utils.translation import gettext as _

from jingwei.cases.life import Doing, Life
from jingwei.cases.limits import STAGE_OF
from jingwei.cases.models import Condition
from jingwei.cases.moves.triage import classify, end
from jingwei.cases.obstacles import check_grouped, check_unjoined, need
from jingwei.cases.workflow import Move, Part, Status, check_move
from jingwei.kernel.public import Refused

STATUS_OF = {name: status for status, name in STAGE_OF.items()}
MOST_CHILDREN = 200


def merge(life: Life, doing: Doing, *, into: str, words: str = "") -> None:
    """It is the same matter as another case, which goes on for both: parties are released, the clock stands."""
    check_move("merge", life.case.status)
    check_unjoined(life.case)

    def change(_move: Move) -> None:
        life.rested = life.stage
        life.case.follows_id = UUID(into)
        life.case.closed_at = doing.at
        _release(life, doing)

    life.move("merge", doing, words=words, change=change, into=into)


def unmerge(life: Life, doing: Doing, *, words: str) -> None:
    """It was another matter after all: state, parties and clock are what they were."""
    check_move("unmerge", life.case.status)
    need(words)
    if life.rested is None:
        raise Refused(_("This case cannot be taken out again: report it anew."))
    rested = life.rested

    def change(_move: Move) -> None:
        for part in life.assignments:
            if part.status == Part.RELEASED and part.ended_at == life.case.closed_at:
                part.status, part.ended_at = (Part.ACCEPTED if part.accepted_at else Part.SENT), None
                life.changed.append(part)
        life.case.follows_id = None
        life.case.closed_at = None
        life.case.status = STATUS_OF[rested.name]

    life.move("unmerge", doing, words=words, change=change)


def absorb(life: Life, doing: Doing, *, merged: str) -> None:
    """Another case of the same matter goes on in this one."""
    life.move("absorb", doing, merged=merged)


def let_go(life: Life, doing: Doing, *, merged: str) -> None:
    """A case that went on in this one goes on by itself."""
    life.move("let_go", doing, merged=merged)


def group(life: Life, doing: Doing, *, count: int, words: str = "") -> None:
    """One incident with many reports: this case leads, and so many more follow it from now on."""
    check_move("group", life.case.status)
    check_unjoined(life.case)
    life.move("group", doing, words=words, count=count)


def join_group(life: Life, doing: Doing, *, into: str) -> None:
    """It follows the case that leads its group: work that was sent out is released, its own clock stands."""
    check_move("into_group", life.case.status)
    check_unjoined(life.case)

    def change(_move: Move) -> None:
        life.case.follows_id = UUID(into)
        if life.live:
            _release(life, doing)
            life.case.status = Status.FILED

    status = life.case.status
    life.move("into_group", doing, change=change, into=into)
    if status == life.case.status:
        life.turn_stage(doing)


def ungroup(life: Life, doing: Doing, *, words: str) -> None:
    """It goes on by itself, with a clock of its own."""
    check_move("ungroup", life.case.status)
    check_grouped(life.case)
    need(words)

    def change(_move: Move) -> None:
        life.case.follows_id = None

    life.move("ungroup", doing, words=words, change=change)
    life.turn_stage(doing)


def follow(life: Life, doing: Doing, *, outcome: str, condition: Condition, title: str = "") -> None:
    """The case that leads was closed, and with it those that follow."""
    check_move("follow", life.case.status)
    check_grouped(life.case)

    def change(_move: Move) -> None:
        case = life.case
        if case.category_id is None:
            classify(case, condition, doing)
        case.title = case.title or title
        case.handled_at = doing.at
        end(case, outcome, doing.at)

    life.move("follow", doing, change=change, outcome=outcome, condition_id=condition.pk)


def _release(life: Life, doing: Doing) -> None:
    for part in life.live:
        part.status, part.ended_at = Part.RELEASED, doing.at
        life.changed.append(part)
