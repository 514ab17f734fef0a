"""After the work: checked by somebody else, rated by the reporter, opened again where it is not good."""

from django.utils.translation import gettext as _

from jingwei.cases.errands import CALL_BACK_LIMIT, MEETING_LIMIT, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.limits import MOST_REOPENINGS
from jingwei.cases.models import Case, Errand, Rating
from jingwei.cases.moves.triage import classify, end, place
from jingwei.cases.obstacles import check_answered, check_rating_time, check_reopenings, need
from jingwei.cases.workflow import POOR, REASONS_OF, Level, Move, above, check_move
from jingwei.kernel.public import Refused, uuid7


def check(life: Life, doing: Doing, *, outcome: str, words: str = "") -> None:
    """Seen by somebody else and found right: closed with its outcome."""
    check_move("check", life.case.status)
    check_answered(life.case)
    if outcome not in Case.Outcome.values:
        raise Refused(_("Choose what came of it: solved, explained, referred or not possible."))
    life.move("check", doing, words=words, change=lambda _move: end(life.case, outcome, doing.at), outcome=outcome)


def rework(life: Life, doing: Doing, *, words: str) -> None:
    """Seen by somebody else and not right: back to the party that handled it, the promise runs on."""
    check_move("rework", life.case.status)
    need(words)

    def change(_move: Move) -> None:
        life.case.handled_at = None

    life.move("rework", doing, words=words, change=change)


def rate(life: Life, doing: Doing, *, grade: int, reasons: list[str] | None = None, words: str = "") -> None:
    """Five grades, once for each result, within fifteen days of the closing. A poor one is called back."""
    check_move("rate", life.case.status)
    check_rating_time(life.case, life.rating, doing.at)
    if not 1 <= grade <= 5:
        raise Refused(_("Choose one of the five grades."))
    if not set(reasons or []) <= set(REASONS_OF[grade]):
        raise Refused(_("Choose reasons that go with the grade."))
    chosen = list(dict.fromkeys(reasons or []))

    def change(_move: Move) -> None:
        life.rating = Rating(
            id=uuid7(doing.recorded_at),
            case_id=life.case.pk,
            reopened=life.case.reopened,
            grade=grade,
            reasons=chosen,
            code=life.case.code,
            rated_at=doing.at,
        )
        life.fresh.append(life.rating)
        if grade <= POOR:
            _follow_up(life, doing)

    life.move("rate", doing, words=words, change=change, grade=grade, reasons=chosen)


def _follow_up(life: Life, doing: Doing) -> None:
    """Who is not satisfied is called, and where the case cannot be opened again a meeting follows."""
    begin_errand(life, doing, Errand.Kind.CALL_BACK, CALL_BACK_LIMIT, level=Level.COMMUNITY)
    if life.case.reopened >= MOST_REOPENINGS:
        begin_errand(life, doing, Errand.Kind.MEETING, MEETING_LIMIT, level=life.case.level)


def reopen(life: Life, doing: Doing, *, words: str, level: str = "", code: int = 0) -> None:
    """Not good enough: filed again, at the same level or one up, with a new promise. The first result stays.

    `code` is the area there today, where the one it was in has ended.
    """
    check_move("reopen", life.case.status)
    check_reopenings(life.case)
    if level and level not in {life.case.level, above(life.case.level)}:
        raise Refused(_("A case is reopened at its level or one above."))
    need(words)

    def change(_move: Move) -> None:
        if drawn := open_errand(life, Errand.Kind.SPOT_CHECK):
            end_errand(life, drawn, doing, "reopened")
        open_again(life, doing, level=level, code=code)

    life.move("reopen", doing, words=words, change=change, level=level, code=code or None)


def open_again(life: Life, doing: Doing, *, level: str = "", code: int = 0) -> None:
    """A new promise for the same matter; what was thought of the first result stays on record with it."""
    case = life.case
    if code:
        place(life, code)
    case.level = level or case.level
    case.reopened += 1
    case.returns_from = doing.at
    case.follows_id = None
    case.signalled = case.raised = 0
    case.is_excluded = False
    life.rating = None
    case.promise_from, case.due_at, case.extended_from, case.pauses = doing.at, None, None, []
    case.handled_at, case.closed_at, case.outcome = None, None, ""
    if case.condition is not None:
        classify(case, case.condition, doing)
