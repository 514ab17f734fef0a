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

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.models import Assignment, Case, Report
from jingwei.cases.workflow import LIVE, Status
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Text, To, Topic, Value, notify, register_text
from jingwei.people.public import Posting, at_work, read_phone, roles_with

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
        "into_group": Telling("joined"),
        "unmerge": Telling("parted"),
        "ungroup": Telling("parted"),
        "follow": Telling("closed"),
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
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    if telling is None or case is None or clock.now() - fact.occurred_at > OLD_NEWS:
        return
    if telling.reporters:
        _tell(telling.reporters, case, fact, reporters_of(case))
        merged = Case.objects.filter(follows_id=case.pk, status=Status.MERGED, closed_at__lte=fact.occurred_at)
        for other in merged.order_by("pk"):
            _tell(telling.reporters, other, fact, reporters_of(other))
    if telling.parties:
        is_over = telling.parties == "recalled"
        _tell(telling.parties, case, fact, parties_of(_just_recalled(case) if is_over else _live(case)))
    if fact.data["verb"] == "submit":
        _tell("submitted", case, fact, parties_of(_live(case)[:1], duty="cases.confirm"))
    if fact.data["verb"] == "whistle":  # whoever had it before and is not called now
        gone = case.assignments.filter(status="recalled", ended_at=fact.occurred_at).order_by("pk")
        called = {part.party for part in _live(case)}
        _tell("recalled", case, fact, parties_of(part for part in gone if part.party not in called))


def _tell(name: str, case: Case, fact: FactRow, to: Iterable[To]) -> None:
    key = f"cases.{name}"
    values = {"number": case.number}
    if any(DUE in text.values for text in (*NEWS, *JOINED, *WORK) if text.key == key):
        values["due"] = case.due_at.isoformat() if case.due_at else ""
    others = [one for one in to if one.member_id is None or one.member_id != fact.actor_id]
    notify(others, key, values, key=f"{name}:{fact.seq}", about=str(case.pk))


def reporters_of(case: Case) -> list[To]:
    """Everybody whose report became this case, each once: by account, else by the number that they gave."""
    found: dict[To, None] = {}
    reports = Report.objects.filter(case_id=case.pk).order_by("received_at", "pk")
    for report in reports.only("member_id", "phone"):
        if report.member_id is not None:
            found[To(report.member_id)] = None
        elif mobile := _mobile(report.phone):
            found[To(phone=mobile)] = None
    return list(found)


def _mobile(phone: str) -> str:
    """The number where text messages reach somebody; "" for one on a wire."""
    try:
        return read_phone(phone)
    except ValidationError:
        return ""


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
