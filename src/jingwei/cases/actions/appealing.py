"""Appeals: made by whom something speaks against, decided by a level that had no part in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.appealing import clock_of, ground_of, is_partial, rating_step, waiting_for
from jingwei.cases.models import Case, Rating, Stage
from jingwei.cases.moves.appealing import nothing_to_decide
from jingwei.kernel.public import WHOLE, Refused, entered
from jingwei.people.public import Member


def appeal_case(
    case: Case,
    *,
    about: str,
    words: str,
    nth: int = 0,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Against the `nth` record of a kind, or the only one (0): rejection, clock or rating."""
    with moving(case, "appeal", by=by, now=now, seen=seen) as (life, doing):
        ground = ground_of(life.case, by, doing.at, about=about, nth=nth)
        moves.appeal(life, doing, about=ground.about, nth=ground.nth, level=ground.level, words=words)
    return life.case


def decide_case(
    case: Case,
    *,
    verdict: str,
    words: str,
    about: str = "",
    nth: int = 0,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """The appeal that waits at the member's level is upheld or dismissed; where several wait, the one that is named."""
    with moving(case, "decide", by=by, now=now, seen=seen) as (life, doing):
        waiting = waiting_for(life.case, by)
        errand = next((one for one in waiting if not about or (one.about, one.nth) == (about, nth)), None)
        if errand is None:
            raise Refused(nothing_to_decide())
        if not about and len(waiting) > 1:
            raise Refused(_("Several appeals wait here: say which of them you decide."))
        if is_partial(life.case, errand, by):
            raise Refused(_("You had a part in what the appeal is about: somebody else at your level decides."))
        record = _record(life.case, errand.about, errand.nth)
        moves.decide(
            life,
            doing,
            about=errand.about,
            nth=errand.nth,
            verdict=verdict,
            words=words,
            is_promise=verdict == "upheld" and _is_promise(life.case, record),
        )
        if verdict == "upheld" and record is not None:
            with entered(WHOLE):  # who decides on a rating is not shown whose it is by the table
                record.is_excluded = True
                record.save(update_fields=["is_excluded"])
    return life.case


def _record(case: Case, about: str, nth: int) -> Stage | Rating | None:
    """The row that no figure counts any more, if the appeal is upheld."""
    if about == "clock":
        return clock_of(case, nth)
    step = rating_step(case, nth) if about == "rating" else None
    if step is None:
        return None
    with entered(WHOLE):
        return Rating.objects.filter(case_id=case.pk, rated_at=step.occurred_at).first()


def _is_promise(case: Case, record: Stage | Rating | None) -> bool:
    """Whether with the clock goes the promise to the reporter: that of the handling, in the course that counts."""
    return isinstance(record, Stage) and record.name == Stage.Name.HANDLE and record.started_at >= case.promise_from
