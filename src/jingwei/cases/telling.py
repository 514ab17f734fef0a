"""Who is told of a move, and in which words: reporters of what becomes of their report, parties of what comes to them.

The texts hold a case's number, its dates and nothing that anybody said. Each fact is told once, however often it is
handled: its number is the key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.hearers import hearers_of, hearers_who_joined
from jingwei.cases.models import Assignment, Case
from jingwei.cases.workflow import LIVE
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Said, Text, To, Topic, Value, notify, notify_each, register_text
from jingwei.people.public import Posting, at_work, roles_with

NUMBER = Value("number", "20261121-000123")
DUE = Value("due", "2026-11-24T08:00:00+00:00", Kind.MOMENT)


def own_page(values: Mapping[str, Any]) -> str:
    return reverse("resident:case", args=[values["number"]])


def desk_of(values: Mapping[str, Any]) -> str:
    return reverse("desk:case", args=[values["number"]])


def news_text(key: str, title: Promise, body: Promise, *more: Value, sms: Promise | str = "") -> Text:
    audience = pgettext_lazy("notice", "Whoever reported it")
    return Text(f"cases.{key}", Topic.REPORT, audience, title, body, (NUMBER, *more), sms, own_page)


def work_text(key: str, title: Promise, body: Promise, *more: Value) -> Text:
    audience = pgettext_lazy("notice", "Whoever has to deal with it")
    return Text(f"cases.{key}", Topic.WORK, audience, title, body, (NUMBER, *more), "", desk_of)


NEWS = (
    news_text(
        "filed",
        _("Your report is filed"),
        _("Case %(number)s has been looked at and is dealt with. It is promised by: %(due)s."),
        DUE,
    ),
    news_text(
        "rejected",
        _("Your report is not filed"),
        _("Case %(number)s does not go on here. Open it to see why, and what you can do."),
        sms=_("Your report %(number)s is not filed. See why:"),
    ),
    news_text(
        "dispatched",
        _("Somebody is on it"),
        _("Case %(number)s has gone to those who deal with it."),
    ),
    news_text(
        "handled",
        _("It has been handled"),
        _("Case %(number)s has been handled and is being checked. Open it to see the result."),
        sms=_("Your report %(number)s has been handled. See the result:"),
    ),
    news_text(
        "closed",
        _("Your case is closed"),
        _("Case %(number)s is closed. Tell us how it went: you have 15 days."),
        sms=_("Your case %(number)s is closed. How did it go?"),
    ),
    news_text(
        "reopened",
        _("Your case is open again"),
        _("Case %(number)s is open again. What was done before stays on record."),
        sms=_("Your case %(number)s is open again:"),
    ),
)
JOINED = (
    news_text(
        "joined",
        _("Your report goes on in another case"),
        _("Case %(number)s is about the same matter as another one, which goes on for both. Follow it on its page."),
        sms=_("Your report %(number)s goes on in another case. Follow it:"),
    ),
    news_text(
        "parted",
        _("Your report goes on by itself"),
        _("Case %(number)s is a matter of its own after all, and is dealt with by itself again."),
    ),
)
WORK = (
    work_text(
        "sent",
        _("A case has come to you"),
        _("Case %(number)s was sent to you. It is to be handled by: %(due)s."),
        DUE,
    ),
    work_text(
        "whistled",
        _("You are called to the place"),
        _("Case %(number)s: come at once. Report in at the place within 30 minutes."),
    ),
    work_text(
        "recalled", _("A case was taken back"), _("Case %(number)s is no longer yours: there is nothing left to do.")
    ),
    work_text(
        "submitted",
        _("A result is to be confirmed"),
        _("What was done about case %(number)s waits to be confirmed. Its clock runs until then."),
    ),
    work_text(
        "improve",
        _("A result was not confirmed"),
        _("Something is missing in case %(number)s. Open it to see what."),
    ),
    work_text(
        "rework",
        _("A case has come back"),
        _("Case %(number)s did not pass the check. Open it to see what is missing."),
    ),
)


DATED = frozenset(text.key.removeprefix("cases.") for text in (*NEWS, *JOINED, *WORK) if DUE in text.values)


@dataclass(frozen=True)
class Telling:
    """What a move tells: the text for reporters and the one for parties, "" for none."""

    reporters: str = ""
    parties: str = ""


TOLD: Mapping[str, Telling] = MappingProxyType(
    {
        "file": Telling("filed"),
        "reject": Telling("rejected"),
        "dispatch": Telling("dispatched", "sent"),
        "alarm": Telling("dispatched"),
        "stand_down": Telling("handled"),
        "whistle": Telling("dispatched", "whistled"),
        "pass_on": Telling("", "sent"),
        "recall": Telling("", "recalled"),
        "handle": Telling("handled"),
        "submit": Telling(),
        "improve": Telling("", "improve"),
        "check": Telling("closed"),
        "solve": Telling("closed"),
        "rework": Telling("", "rework"),
        "reopen": Telling("reopened"),
        "merge": Telling("joined"),
        "group": Telling("joined"),
        "unmerge": Telling("parted"),
        "ungroup": Telling("parted"),
    }
)
OLD_NEWS = timedelta(days=7)
"""What came in later than that (earlier records, a phone that was long without signal) is told to nobody."""


def register() -> None:
    for text in (*NEWS, *JOINED, *WORK):
        register_text(text)


def tell_of_move(fact: FactRow) -> None:
    """Tell whoever a move concerns. Whoever made it is told nothing: they were there."""
    telling = TOLD.get(fact.data["verb"])
    if telling is None or clock.now() - fact.occurred_at > OLD_NEWS:
        return
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    if case is None:
        return
    if telling.reporters:
        _tell_reporters(telling.reporters, case, fact)
    if telling.parties:
        is_over = telling.parties == "recalled"
        _tell(telling.parties, case, fact, parties_of(_just_recalled(case) if is_over else _live(case)))
    if fact.data["verb"] == "submit":
        _tell("submitted", case, fact, parties_of(_live(case)[:1], duty="cases.confirm"))
    if fact.data["verb"] == "whistle":  # whoever had it before and is not called now
        gone = case.assignments.filter(status="recalled", ended_at=fact.occurred_at).order_by("pk")
        called = {part.party for part in _live(case)}
        _tell("recalled", case, fact, parties_of(part for part in gone if part.party not in called))


def _tell_reporters(name: str, case: Case, fact: FactRow) -> None:
    """Each once, whichever of the cases that go on in this one they reported, by the number that they know.

    A group is told of by what its leader does. Only where it comes apart does each case say so for itself: all at one
    moment and by one hand, so that this names what is told once.
    """
    find = hearers_who_joined if fact.data["verb"] == "group" else hearers_of
    key = f"{name}:{fact.seq}"
    if fact.data["verb"] == "ungroup":
        key = f"{name}:{fact.actor_id}:{fact.occurred_at.isoformat()}"
    found = {one: known for one, known in find(case, fact.occurred_at).items() if is_new_to(one, fact)}
    said = {one: Said(_values(name, known, case), str(known.pk)) for one, known in found.items()}
    notify_each(said, f"cases.{name}", key=key)


def _tell(name: str, case: Case, fact: FactRow, to: Iterable[To]) -> None:
    others = [one for one in to if is_new_to(one, fact)]
    notify(others, f"cases.{name}", _values(name, case, case), key=f"{name}:{fact.seq}", about=str(case.pk))


def is_new_to(one: To, fact: FactRow) -> bool:
    """Whoever did it was there."""
    return one.member_id is None or one.member_id != fact.actor_id


def _values(name: str, known: Case, case: Case) -> dict[str, str]:
    """The number that they know, the date of the case that goes on."""
    if name not in DATED:
        return {"number": known.number}
    return {"number": known.number, "due": case.due_at.isoformat() if case.due_at else ""}


def _live(case: Case) -> list[Assignment]:
    return list(Assignment.objects.filter(case_id=case.pk, status__in=LIVE).order_by("sent_at", "pk"))


def _just_recalled(case: Case) -> list[Assignment]:
    """Those that were taken back last, all at one moment."""
    parts = list(Assignment.objects.filter(case_id=case.pk, status="recalled").order_by("-ended_at", "pk"))
    return [part for part in parts if part.ended_at == parts[0].ended_at]


def parties_of(parts: Iterable[Assignment], duty: str = "cases.handle") -> list[To]:
    """Members, and of departments whoever does the work of `duty` there today, and the office's robot."""
    found: dict[To, None] = {}
    offices = []
    for part in parts:
        if part.department_id is not None:
            offices.append(part.department_id)
        elif part.member_id is not None:
            found[To(part.member_id)] = None
    for department_id in dict.fromkeys(offices):
        found[To(department_id=department_id)] = None
    now = clock.now()
    held = Posting.objects.held(clock.local(now).date()).filter(
        department_id__in=offices, code=None, role__in=roles_with(duty), member__is_active=True
    )
    for _posting, worker in at_work(held.select_related("member").order_by("pk"), now):
        found[To(worker.pk)] = None
    return list(found)
