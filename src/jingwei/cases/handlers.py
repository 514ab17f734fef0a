"""What cases do when a fact has happened."""

from jingwei.calendars.public import CalendarsChanged
from jingwei.cases.actions.photos import make_thumbnail
from jingwei.cases.facts import CaseMoved, CaseSignalled, PhotoAdded
from jingwei.cases.jobs import reschedule_soon
from jingwei.cases.telling import tell_of_move
from jingwei.cases.telling_appeals import tell_of_appeal
from jingwei.cases.telling_clocks import tell_of_signal
from jingwei.cases.telling_pauses import tell_of_pause
from jingwei.kernel.public import WHOLE, FactRow, handles


@handles(PhotoAdded, reach=WHOLE)
def draw_small_copy(fact: FactRow) -> None:
    make_thumbnail(fact.data["photo_id"])


@handles(CalendarsChanged)
def reschedule_open_cases(fact: FactRow) -> None:  # noqa: ARG001 - whatever has changed, every open case is looked at
    reschedule_soon()


@handles(CaseMoved, reach=WHOLE)
def tell_people(fact: FactRow) -> None:
    if fact.data["verb"] in {"appeal", "decide"}:
        tell_of_appeal(fact)
    else:
        tell_of_move(fact)
    tell_of_pause(fact)


@handles(CaseSignalled, reach=WHOLE)
def tell_of_clocks(fact: FactRow) -> None:
    tell_of_signal(fact)
