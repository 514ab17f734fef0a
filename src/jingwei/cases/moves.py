"""The moves one by one: what each needs and changes, as functions on a `Life`. Rules only; permission is asked before.

Every function takes the life and `doing` and refuses with a sentence that names the mend.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from jingwei.cases.dates import reschedule
from jingwei.cases.life import Doing, Life, first_level
from jingwei.cases.limits import FREE_RECALL, promised
from jingwei.cases.models import Assignment, Case, Condition, Rating, Report, Words
from jingwei.cases.obstacles import (
    check_rating_time,
    check_reopenings,
    check_result,
    check_returns,
    check_title,
    level_above,
    levels_below,
    need,
)
from jingwei.cases.workflow import LEVELS, RATING_REASONS, REJECTIONS, Level, Move, above, check_move
from jingwei.kernel.public import Refused, uuid7


def file(life: Life, doing: Doing, *, condition: Condition, title: str, code: int = 0, words: str = "") -> None:
    """Verified and filed: class and condition are known, and with them the promise and the level that answers."""

    def change(_move: Move) -> None:
        if code:
            place(life, code)
        life.case.title = title.strip()
        classify(life.case, condition, doing)
        life.case.level = max(Level(condition.category.level), first_level(life.case.code), key=LEVELS.index)

    check_move("file", life.case.status)
    check_title(title)
    life.move("file", doing, words=words, change=change, condition_id=condition.pk, area=code or None)


def place(life: Life, code: int) -> None:
    """Put the case where it is on a closer look, with what was said of it so far."""
    life.case.code = code
    for row in life.fresh:
        if isinstance(row, Report | Words):
            row.code = code


def classify(case: Case, condition: Condition, doing: Doing) -> None:
    """Set class, condition and promise. A promise that the source made already stands."""
    case.category = condition.category
    case.category_code = condition.category.code
    case.condition = condition
    if condition.is_emergency:
        case.urgency = Case.Urgency.EMERGENCY
    if case.due_at is None:
        due = promised(condition.limit, case.promise_from, doing.calendars.place(case.code))
        case.due_at, case.is_provisional, case.calendar = due.at, due.is_provisional, doing.calendars.mark


def solve(
    life: Life,
    doing: Doing,
    *,
    condition: Condition | None = None,
    title: str = "",
    words: str = "",
    has_photo: bool = True,
) -> None:
    """Solved on the spot by the worker who found it, and closed: what was done, with a photo where one is asked for."""

    def change(_move: Move) -> None:
        if condition is not None:
            classify(life.case, condition, doing)
        life.case.title = title.strip() or life.case.title
        end(life.case, Case.Outcome.SOLVED, doing.at)
        life.case.handled_at = doing.at

    check_move("solve", life.case.status)
    if condition is None and life.case.category_id is None:
        raise Refused(_("Choose a category and condition before you close the case."))
    check_title(title.strip() or life.case.title)
    check_result(condition or life.case.condition, words, has_photo=has_photo)
    life.move("solve", doing, words=words, change=change, condition_id=condition.pk if condition else None)


def end(case: Case, outcome: str, at: datetime) -> None:
    case.outcome, case.closed_at = outcome, at


def reject(life: Life, doing: Doing, *, reason: str, words: str) -> None:
    """Not filed, for a reason from the list and in words that the reporter reads."""
    check_move("reject", life.case.status)
    if reason not in REJECTIONS:
        raise Refused(_("Choose a reason from the list."))
    need(words)
    life.move("reject", doing, words=words, change=lambda _move: _close_at(life.case, doing.at), reason=reason)


def withdraw(life: Life, doing: Doing, *, words: str = "") -> None:
    """The reporter takes it back while nobody works on it."""
    life.move("withdraw", doing, words=words, change=lambda _move: _close_at(life.case, doing.at))


def _close_at(case: Case, at: datetime) -> None:
    case.closed_at = at


def escalate(life: Life, doing: Doing, *, words: str) -> None:
    """To the level above, which decides anew; work that was sent out is called back."""
    check_move("escalate", life.case.status)
    target = level_above(life.case)
    need(words)

    def change(_move: Move) -> None:
        life.case.level = target

    life.move("escalate", doing, words=words, change=change)


def send_down(life: Life, doing: Doing, *, level: str, words: str) -> None:
    """To a lower level, with an instruction."""
    check_move("send_down", life.case.status)
    if level not in levels_below(life.case):
        raise Refused(_("Choose a level below the one that answers now."))
    need(words)

    def change(_move: Move) -> None:
        life.case.level = level

    life.move("send_down", doing, words=words, change=change, level=level)


def dispatch(
    life: Life,
    doing: Doing,
    *,
    department_id: int | None = None,
    member_id: int | None = None,
    words: str = "",
) -> None:
    """To one party, a department or a member, which leads."""
    check_move("dispatch", life.case.status)
    if (department_id is None) == (member_id is None):
        raise Refused(_("Choose one party: a department or a person."))
    _mind_returns(life, department_id, member_id)

    def change(_move: Move) -> None:
        part = Assignment(
            id=uuid7(doing.recorded_at),
            case_id=life.case.pk,
            department_id=department_id,
            member_id=member_id,
            level=life.case.level,
            sent_at=doing.at,
            sent_by_id=doing.by,
        )
        life.assignments.append(part)
        life.fresh.append(part)

    life.move("dispatch", doing, words=words, change=change, department_id=department_id, member_id=member_id)


def _mind_returns(life: Life, department_id: int | None, member_id: int | None) -> None:
    """The same party again only on a higher level's word; after two returns the level above decides."""
    if above(life.case.level) is None:
        return
    returned = [part for part in life.assignments if part.status == "returned" and part.level == life.case.level]
    check_returns(life.case, returned)
    if any((part.department_id, part.member_id) == (department_id, member_id) for part in returned):
        raise Refused(
            _("This party has returned the case. Choose another, or escalate so that a higher level decides.")
        )


def recall(life: Life, doing: Doing, *, words: str = "") -> None:
    """Take it back: freely within five minutes while nobody has accepted, later with a reason."""
    check_move("recall", life.case.status)
    lead = life.lead
    if lead is not None and doing.at - lead.sent_at > FREE_RECALL:
        need(words)
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
    _mind_returns(life, department_id, member_id)
    need(words)

    def change(_move: Move) -> None:
        part = Assignment(
            id=uuid7(doing.recorded_at),
            case_id=life.case.pk,
            department_id=department_id,
            member_id=member_id,
            status=lead.status,
            level=lead.level,
            sent_at=doing.at,
            sent_by_id=doing.by,
            accepted_at=lead.accepted_at,
            handler_id=member_id if lead.accepted_at else None,
        )
        life.assignments.append(part)
        life.fresh.append(part)

    life.move("pass_on", doing, words=words, change=change, department_id=department_id, member_id=member_id)


def report_in(life: Life, doing: Doing, *, words: str = "") -> None:
    """The party takes it on."""
    life.move("report_in", doing, words=words)


def return_(life: Life, doing: Doing, *, words: str) -> None:
    """The party sends it back; whoever dispatched it decides anew."""
    check_move("return", life.case.status)
    need(words)

    def change(_move: Move) -> None:
        life.case.returns += 1

    life.move("return", doing, words=words, change=change)


def handle(life: Life, doing: Doing, *, words: str, has_photo: bool = True) -> None:
    """Done, says the party: what was done, with a photo where the condition asks for one."""
    check_move("handle", life.case.status)
    check_result(life.case.condition, words, has_photo=has_photo)

    def change(_move: Move) -> None:
        life.case.handled_at = doing.at

    life.move("handle", doing, words=words, change=change)


def check(life: Life, doing: Doing, *, outcome: str, words: str = "") -> None:
    """Seen by somebody else and found right: closed with its outcome."""
    check_move("check", life.case.status)
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
    """Five grades by the reporter, once for each result, within fifteen days of the closing."""
    check_move("rate", life.case.status)
    check_rating_time(life.case, life.rating, doing.at)
    if not 1 <= grade <= 5:
        raise Refused(_("Choose one of the five grades."))
    if not set(reasons or []) <= set(RATING_REASONS):
        raise Refused(_("Choose reasons from the list."))
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

    life.move("rate", doing, words=words, change=change, grade=grade, reasons=chosen)


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
        case = life.case
        if code:
            place(life, code)
        case.level = level or case.level
        case.reopened += 1
        life.rating = None  # what was thought of the first result stays on record with it
        case.promise_from, case.due_at = doing.at, None
        case.handled_at, case.closed_at, case.outcome = None, None, ""
        if case.condition is not None:
            classify(case, case.condition, doing)

    life.move("reopen", doing, words=words, change=change, level=level, code=code or None)


def rezone(life: Life, doing: Doing, *, code: int) -> None:
    """Its area has ended, and the one that came there has it: clocks, parties and desks of other kinds stay."""
    life.move("rezone", doing, change=lambda _move: place(life, code), code=code)


PERFORM: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "file": file,
        "solve": solve,
        "reject": reject,
        "withdraw": withdraw,
        "escalate": escalate,
        "send_down": send_down,
        "dispatch": dispatch,
        "recall": recall,
        "pass_on": pass_on,
        "report_in": report_in,
        "return": return_,
        "handle": handle,
        "check": check,
        "rework": rework,
        "rate": rate,
        "reopen": reopen,
        "rezone": rezone,
        "reschedule": reschedule,
    }
)
"""The built moves by their verb, for whoever has many of them to make."""
