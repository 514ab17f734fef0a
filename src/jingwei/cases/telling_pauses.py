"""Who is told that a case is suspended, that one goes on, and that somebody has to decide on it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.actions.suspending import to_review
from jingwei.cases.hearers import hearers_of
from jingwei.cases.models import Case, Step
from jingwei.cases.telling import DUE, NUMBER, OLD_NEWS, desk_of, is_new_to, own_page, parties_of
from jingwei.cases.telling_clocks import posted
from jingwei.cases.workflow import LEVELS, LIVE, Level
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Said, Text, To, Topic, Value, notify, notify_each, register_text

REPORTERS = pgettext_lazy("notice", "Whoever reported it")
WORKERS = pgettext_lazy("notice", "Whoever has to deal with it")
LEADERS = pgettext_lazy("notice", "Leaders who grant suspensions")
REVIEW = Value("review", "2026-12-24T10:00:00+00:00", Kind.MOMENT)
SUSPENDED = Text(
    "cases.suspended",
    Topic.REPORT,
    REPORTERS,
    _("Your case cannot go on for now"),
    _("Something has to happen first before case %(number)s can go on. It is looked at again: %(review)s."),
    (NUMBER, REVIEW),
    _("Your case %(number)s has to wait. See why:"),
    own_page,
)
RESUMED = Text(
    "cases.resumed",
    Topic.REPORT,
    REPORTERS,
    _("Your case goes on"),
    _("Case %(number)s goes on. It is promised by: %(due)s."),
    (NUMBER, DUE),
    "",
    own_page,
)
STANDS = Text(
    "cases.stands",
    Topic.WORK,
    WORKERS,
    _("A case is suspended"),
    _("Case %(number)s is suspended and its clocks stand. It is looked at again: %(review)s."),
    (NUMBER, REVIEW),
    "",
    desk_of,
)
RUNS = Text(
    "cases.runs",
    Topic.WORK,
    WORKERS,
    _("A case goes on"),
    _("The clocks of case %(number)s run. It is to be handled by: %(due)s."),
    (NUMBER, DUE),
    "",
    desk_of,
)
ASKED = Text(
    "cases.suspension_asked",
    Topic.WORK,
    LEADERS,
    _("You are asked to suspend a case"),
    _("The party that has case %(number)s cannot go on. Open it, and suspend it or not."),
    (NUMBER,),
    "",
    desk_of,
)
TODAY = Text(
    "cases.review_today",
    Topic.LIMITS,
    LEADERS,
    _("A suspended case is to be reviewed today"),
    _("Case %(number)s goes on by itself: %(review)s. Keep it suspended where it still cannot go on."),
    (NUMBER, REVIEW),
    "",
    desk_of,
)
TOLD = {
    "suspend": (SUSPENDED, STANDS),
    "keep_suspended": (SUSPENDED, STANDS),
    "resume": (RESUMED, RUNS),
    "deny_suspension": (None, RUNS),
}


def register() -> None:
    for text in (SUSPENDED, RESUMED, STANDS, RUNS, ASKED, TODAY):
        register_text(text)


def tell_of_pause(fact: FactRow) -> None:
    """Tell whoever a pause concerns, but not whoever made the move."""
    verb = fact.data["verb"]
    if (verb not in TOLD and verb != "ask_suspension") or clock.now() - fact.occurred_at > OLD_NEWS:
        return
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    if case is None:
        return
    if verb == "ask_suspension":
        _tell(ASKED, case, _leaders(case), fact)
        return
    for_reporters, for_parties = TOLD[verb]
    if for_reporters is not None:
        _tell_reporters(for_reporters, case, fact)
    _tell(for_parties, case, parties_of(case.assignments.filter(status__in=LIVE)), fact)


def _tell_reporters(text: Text, case: Case, fact: FactRow) -> None:
    """Each once, whichever of the cases that go on in this one they reported, by the number that they know."""
    found = hearers_of(case, fact.occurred_at)
    said = {
        one: Said({**_values(text, case), "number": known.number}, str(known.pk))
        for one, known in found.items()
        if is_new_to(one, fact)
    }
    notify_each(said, text.key, key=f"{text.key}:{fact.seq}")


def _tell(text: Text, case: Case, to: Iterable[To], fact: FactRow) -> None:
    others = [one for one in to if is_new_to(one, fact)]
    notify(others, text.key, _values(text, case), key=f"{text.key}:{fact.seq}", about=str(case.pk))


def _values(text: Text, case: Case) -> dict[str, str]:
    moments = {"due": case.due_at, "review": case.review_at}
    wanted = {value.name: moments[value.name] for value in text.values if value.name in moments}
    return {"number": case.number} | {name: moment.isoformat() if moment else "" for name, moment in wanted.items()}


def _leaders(case: Case) -> list[To]:
    """Those above the level that answers, who may grant it."""
    higher = LEVELS[LEVELS.index(Level(case.level)) + 1 :] or (Level(case.level),)
    return posted("cases.supervise", case, higher)


def remind_of_reviews(now: datetime) -> int:
    """Remind whoever granted what is reviewed today, or where they are gone those who may. Gives how many cases."""
    cases = to_review(now)
    for case in cases:
        assert case.review_at
        granted = Step.objects.filter(case_id=case.pk, verb__in=("suspend", "keep_suspended")).order_by("pk").last()
        granter = granted.actor if granted is not None else None
        to = [To(granter.pk)] if granter is not None and granter.is_active else _leaders(case)
        notify(to, TODAY.key, _values(TODAY, case), key=f"review:{case.pk}:{case.review_at.date()}", about=str(case.pk))
    return len(cases)
