"""Appeals: against a report that was not filed, a limit that was not kept, a poor rating. Decided in two instances.

What is upheld stays on record and counts in no figure; a report that was not filed is looked at again.
"""

from django.utils.translation import gettext as _

from jingwei.cases.errands import APPEAL_LIMIT, begin_errand, end_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Errand
from jingwei.cases.obstacles import need
from jingwei.cases.workflow import Level, Move, Status, check_move
from jingwei.kernel.public import Refused

ABOUT = ("rejection", "clock", "rating")
VERDICTS = ("upheld", "dismissed")
INSTANCES = 2


def appeal(life: Life, doing: Doing, *, about: str, nth: int, level: str, words: str) -> None:
    """Against the `nth` record of its kind, which the level `level` decides; once, and once more if it is dismissed."""
    check_move("appeal", life.case.status)
    if about not in ABOUT:
        raise Refused(_("Choose from the list what the appeal is against."))
    earlier = appeals(life.errands, about, nth)
    check_appealable(earlier)
    need(words)

    def change(_move: Move) -> None:
        instance = len(earlier) + 1
        begin_errand(
            life, doing, Errand.Kind.APPEAL, APPEAL_LIMIT, level=Level(level), about=about, nth=nth, instance=instance
        )

    life.move("appeal", doing, words=words, change=change, about=about, nth=nth, level=level)


def decide(
    life: Life, doing: Doing, *, about: str, nth: int, verdict: str, words: str, is_promise: bool = False
) -> None:
    """Upheld or dismissed, with the grounds. `is_promise`: with the clock goes the promise to the reporter."""
    check_move("decide", life.case.status)
    waiting = [errand for errand in appeals(life.errands, about, nth) if errand.is_open]
    if not waiting:
        raise Refused(nothing_to_decide())
    if verdict not in VERDICTS:
        raise Refused(_("Choose whether the appeal is upheld or dismissed."))
    if not words.strip():
        raise Refused(_("Write the grounds of the decision: both sides read them."))

    def change(_move: Move) -> None:
        end_errand(life, waiting[0], doing, verdict)
        if verdict == "upheld":
            _uphold(life, doing, about, is_promise=is_promise)

    life.move(
        "decide",
        doing,
        words=words,
        change=change,
        about=about,
        nth=nth,
        verdict=verdict,
        is_promise=is_promise or None,
    )


def _uphold(life: Life, doing: Doing, about: str, *, is_promise: bool) -> None:
    case = life.case
    if is_promise:
        case.is_excluded = True
    if about == "rejection" and case.status == Status.REJECTED:
        case.status = Status.REPORTED
        case.promise_from, case.closed_at, case.signalled = doing.at, None, 0


def appeals(errands: list[Errand], about: str, nth: int) -> list[Errand]:
    """Those against one record, the first instance first."""
    return [one for one in errands if one.kind == Errand.Kind.APPEAL and (one.about, one.nth) == (about, nth)]


def check_appealable(earlier: list[Errand]) -> None:
    """Refuse an appeal while one waits, after one was upheld, and after the second instance."""
    if any(errand.is_open for errand in earlier):
        raise Refused(_("An appeal against this is being looked at already. Wait for the decision."))
    if any(errand.verdict == "upheld" for errand in earlier):
        raise Refused(_("The appeal against this was upheld already: no figure counts it."))
    if len(earlier) >= INSTANCES:
        raise Refused(_("Two instances have decided on this, and the second decision is final."))


def nothing_to_decide() -> str:
    return _("No appeal waits for a decision on this case.")
