"""What stands in the way of a move, whoever makes it: asked when the move is offered, and again when it is made.

Each refuses with a sentence that names the mend. No database, no clock.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.cases.life import check_alarm, check_leads, check_runs, first_level
from jingwei.cases.limits import FREE_RECALL, MOST_REOPENINGS, MOST_RETURNS, RATING_WINDOW
from jingwei.cases.models import Assignment, Case, Condition, Errand, Rating
from jingwei.cases.wording import check_text
from jingwei.cases.workflow import LEVELS, MOVES, Level, Part, above, below
from jingwei.kernel.public import Refused, clock


def need(words: str) -> None:
    """Refuse a move without its reason."""
    if not words.strip():
        raise Refused(_("Give the reason in a sentence: the others on this case will read it."))


def check_title(title: str) -> None:
    """Refuse a title that is missing or does not fit."""
    if not title.strip():
        raise Refused(_("Write a title that is fit for the public, without names or phone numbers."))
    check_text("title", title.strip())


def check_result(condition: Condition | None, words: str, *, has_photo: bool) -> None:
    """Refuse a result that nobody could follow."""
    if not words.strip():
        raise Refused(_("Say what was done."))
    if condition is not None and condition.needs_photo and not has_photo:
        raise Refused(_("This condition needs a photo of the result: add one."))


def level_above(case: Case) -> Level:
    """Where the case goes when it is escalated; Refused at the top."""
    target = above(case.level)
    if target is None:
        raise Refused(_("The district is the highest level: there is nobody above to escalate to."))
    return target


def levels_below(case: Case) -> tuple[Level, ...]:
    """Where the case may be sent down to, as far as its place is known; Refused where that is nowhere."""
    lowest = LEVELS.index(first_level(case.code))
    levels = tuple(level for level in below(case.level) if LEVELS.index(level) >= lowest)
    if not levels:
        raise Refused(_("No level below this one answers for the place: there is nobody to send it down to."))
    return levels


def check_extendable(case: Case, *, is_asked: bool) -> None:
    """Refuse to ask for more time twice."""
    if case.extended_from is not None:
        raise Refused(_("The case had more time already: a promise is extended once."))
    if is_asked:
        raise Refused(_("More time has been asked for already. Whoever dispatched it decides."))


def check_suspendable(case: Case, *, is_asked: bool) -> None:
    """Refuse to ask for a suspension twice."""
    if case.is_suspended:
        raise Refused(_("The case is suspended already."))
    if is_asked:
        raise Refused(_("A suspension has been asked for already. The level above decides."))


def check_submittable(case: Case, lead: Assignment | None, *, is_submitted: bool) -> None:
    """Refuse a result to be confirmed that nobody confirms, or a second one while the first waits."""
    if case.category is None or not case.category.needs_confirmation or lead is None or lead.department_id is None:
        raise Refused(_("Nobody has to confirm the result here: report it handled."))
    if is_submitted:
        raise Refused(_("The result is submitted already. Whoever confirms for the department decides."))


def check_suspended(case: Case) -> None:
    """Refuse to resume what runs."""
    if not case.is_suspended:
        raise Refused(_("The case is not suspended: its clocks run."))


def check_assistants(assistants: Sequence[Assignment]) -> None:
    """Refuse a result while somebody who assists is still at it."""
    if assistants:
        raise Refused(
            ngettext(
                "%(n)d assistant is not done yet. Wait for them, or have them released.",
                "%(n)d assistants are not done yet. Wait for them, or have them released.",
                len(assistants),
            )
            % {"n": len(assistants)}
        )


def counted_returns(case: Case, parts: Iterable[Assignment]) -> list[Assignment]:
    """Those given back to the level that answers now, since it was last sent down from above or opened again."""
    since = case.returns_from
    back = [part for part in parts if part.status == Part.RETURNED and part.level == case.level]
    return [part for part in back if since is None or (part.ended_at is not None and part.ended_at > since)]


def check_rejectable(errands: Sequence[Errand]) -> None:
    """Refuse to turn down once more what was decided on appeal to be dealt with."""
    if any(one.about == "rejection" and one.verdict == "upheld" for one in errands):
        raise Refused(_("It was decided on appeal that this is to be dealt with. File it, or solve it on the spot."))


def check_returns(case: Case, returned: Sequence[Assignment]) -> None:
    """Refuse to send a case out again that came back to its level too often; at the top there is nobody else to ask."""
    if len(returned) >= MOST_RETURNS and above(case.level) is not None:
        raise Refused(
            ngettext(
                "The case was returned %(n)d time: a higher level decides. Escalate it.",
                "The case was returned %(n)d times: a higher level decides. Escalate it.",
                len(returned),
            )
            % {"n": len(returned)}
        )


def check_there(part: Assignment | None, words: str, metres: int | None) -> None:
    """Refuse to report in on a whistle from nowhere."""
    if part is not None and part.is_whistled and metres is None and not words.strip():
        raise Refused(_("A whistle calls you to the place. Say where you are, or let the device say it."))


def check_recall(live: Iterable[Assignment], at: datetime, words: str) -> None:
    """Refuse to take a case back without a reason once five minutes have passed, or somebody has reported in."""
    parts = list(live)
    if any(part.accepted_at is not None or at - part.sent_at > FREE_RECALL for part in parts):
        need(words)


def check_rating_time(case: Case, rating: Rating | None, at: datetime) -> None:
    """Refuse a rating that comes twice or too late."""
    if rating is not None:
        raise Refused(_("You have rated this case already. Thank you."))
    if case.closed_at is not None and at - case.closed_at > RATING_WINDOW:
        raise Refused(_("A case can be rated for 15 days after it was closed. That time is over."))


def check_reopenings(case: Case) -> None:
    """Refuse to open a case again that was opened again too often."""
    if case.reopened >= MOST_REOPENINGS:
        raise Refused(_("The case was reopened twice already. A review meeting follows; the community will call you."))


def check_unjoined(case: Case) -> None:
    """Refuse to join a case with others that follows one already, or of which a leader waits for an answer."""
    if case.follows_id is not None:
        raise Refused(_("This case follows another one already. Take it out of the group first."))
    check_answered(case)


def is_free_to(verb: str, case: Case) -> bool:
    """Whether one side of a joining is possible, as far as the case goes."""
    try:
        for check in (check_leads, check_runs, check_alarm):
            check(case, verb)
        if verb != "absorb":
            check_unjoined(case)
    except Refused:
        return False
    return case.status in MOVES[verb].before


def check_grouped(case: Case) -> None:
    """Refuse to take a case out of a group that it is not in."""
    if case.follows_id is None:
        raise Refused(_("This case is in no group."))


def was_urged_today(case: Case, at: datetime) -> bool:
    """Whether it was urged on the day of `at` where the district is."""
    return case.urged_at is not None and clock.local(case.urged_at).date() == clock.local(at).date()


def check_urged(case: Case, at: datetime) -> None:
    """Refuse to urge a case twice on one day."""
    if was_urged_today(case, at):
        raise Refused(_("It was urged today already, and whoever has it knows. It can be urged again tomorrow."))


def check_unsupervised(case: Case) -> None:
    """Refuse to supervise a case of which an answer is owed."""
    if case.is_supervised:
        raise Refused(_("It is supervised already. Wait for the written answer, then ask again."))


def check_owes_answer(case: Case) -> None:
    """Refuse an answer that nobody waits for."""
    if not case.is_supervised:
        raise Refused(_("Nobody waits for a written answer on this case."))


def check_answered(case: Case) -> None:
    """Refuse to end a case while a leader waits for an answer."""
    if case.is_supervised:
        raise Refused(_("A leader supervises this case. Answer in writing first."))
