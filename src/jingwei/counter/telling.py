"""Callers are told that their report was taken down, or how the case goes on; staff, that a call waits for them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.public import Case
from jingwei.counter.accounts import mobile
from jingwei.counter.models import Call
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Text, To, Topic, Value, notify, register_text

CALLER = pgettext_lazy("notice", "Whoever called, or for whom somebody called")
NUMBER = Value("number", "20261121-000123")


def _own(values: Mapping[str, Any]) -> str:
    return reverse("resident:case", args=[values["number"]])


TAKEN = Text(
    "counter.taken",
    Topic.REPORT,
    CALLER,
    _("Your report has been taken down"),
    _("What you told us, or somebody told us for you, is case %(number)s. We tell you how it goes on."),
    (NUMBER,),
    _("Your report has been taken down as %(number)s:"),
    _own,
)
HANDLED = Text(
    "counter.handled",
    Topic.REPORT,
    CALLER,
    _("What you called about has been handled"),
    _("Case %(number)s, which you follow, has been handled and is being checked."),
    (NUMBER,),
    _("What you called about has been handled, case %(number)s."),
)
CLOSED = Text(
    "counter.closed",
    Topic.REPORT,
    CALLER,
    _("What you called about is closed"),
    _("Case %(number)s, which you follow, is closed. Call us if something is still wrong."),
    (NUMBER,),
    _("What you called about is closed, case %(number)s. Call us if something is still wrong."),
)
HANDED = Text(
    "counter.handed",
    Topic.WORK,
    pgettext_lazy("notice", "Whom a call is handed to"),
    _("A call waits for you"),
    _("Somebody is on the phone or at the counter for you. Open it, and take it."),
    (Value("call", "0198c0de-0000-7000-8000-000000000000"),),
    "",
    lambda values: reverse("counter:call", args=[values["call"]]),
)
NEWS: Mapping[str, Text] = MappingProxyType({"handle": HANDLED, "check": CLOSED, "solve": CLOSED})
OLD_NEWS = timedelta(days=7)


def register() -> None:
    for text in (TAKEN, HANDLED, CLOSED, HANDED):
        register_text(text)


def tell_taken(case: Case, member_id: int | None, phone: str) -> None:
    """Whoever a report is about is told its number; nobody where neither account nor mobile number is known."""
    to = To(member_id) if member_id else To(phone=mobile(phone))
    if to.member_id or to.phone:
        notify([to], TAKEN.key, {"number": case.number}, key=f"taken:{case.pk}", about=str(case.pk))


def tell_handed(call: Call, member_ids: Iterable[int]) -> None:
    """Those who may take a call that was handed on."""
    key = f"handed:{call.pk}:{call.handed_at:%H%M%S}"
    notify([To(one) for one in member_ids], HANDED.key, {"call": str(call.pk)}, key=key, about=str(call.pk))


def tell_callers(fact: FactRow) -> None:
    """Those who called about a case that was known already, and wish to hear of it."""
    text = NEWS.get(fact.data["verb"])
    if text is None or clock.now() - fact.occurred_at > OLD_NEWS:
        return
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    calls = Call.objects.filter(case=case, wants_news=True).only("caller_id", "phone")
    found = dict.fromkeys(To(call.caller_id) if call.caller_id else To(phone=mobile(call.phone)) for call in calls)
    to = [one for one in found if one.member_id or one.phone]
    if case is not None and to:
        notify(to, text.key, {"number": case.number}, key=f"{text.key}:{fact.seq}", about=str(case.pk))
