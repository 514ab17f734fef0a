"""What those who mediate are told: numbers and days, nothing of the matter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import clock
from jingwei.mediation.models import Mediation, Seat, Session, Visit
from jingwei.mediation.seats import arrangers_of
from jingwei.notices.public import Text, To, Topic, Value, notify, register_text
from jingwei.people.public import Member

NUMBER = Value("number", "M20261121-00042")


def _sheet(values: Mapping[str, Any]) -> str:
    return reverse("mediation:sheet", args=[values["number"]])


def _list(_values: Mapping[str, Any]) -> str:
    return reverse("mediation:home")


def _text(key: str, audience: Promise, title: Promise, body: Promise, url: Any = _sheet) -> Text:
    return Text(f"mediation.{key}", Topic.WORK, audience, title, body, (NUMBER,), "", url)


MEDIATORS = pgettext_lazy("notice", "Whoever mediates")
TEXTS = (
    _text(
        "waiting",
        pgettext_lazy("notice", "Whoever arranges mediations"),
        _("A mediation is to be arranged"),
        _("Mediation %(number)s waits for somebody to arrange it and to name who mediates."),
        _list,
    ),
    _text(
        "named", MEDIATORS, _("You are asked to mediate"), _("You mediate in %(number)s. Open it to see the matter.")
    ),
    _text("session", MEDIATORS, _("A mediation session today"), _("Today the parties of %(number)s meet.")),
    _text(
        "visit",
        MEDIATORS,
        _("A follow-up visit is due"),
        _("Look whether what was agreed in %(number)s is kept, and write down what you find."),
    ),
)


def register() -> None:
    for text in TEXTS:
        register_text(text)


def tell_waiting(row: Mediation, *, by: Member, now: datetime) -> None:
    """Whoever may arrange it, but for the one who opened it."""
    to = [To(one.pk) for one in arrangers_of(row.office, now) if one.pk != by.pk]
    notify(to, "mediation.waiting", {"number": row.number}, key=f"waiting:{row.pk}:{row.level}", now=now)


def tell_named(row: Mediation, member: Member, *, by: Member, now: datetime) -> None:
    if member.pk != by.pk:
        key = f"named:{row.pk}:{now:%Y%m%d%H%M}"
        notify([To(member.pk)], "mediation.named", {"number": row.number}, key=key, now=now)


def remind(now: datetime) -> int:
    """What is due today: sessions, and visits, which are told of every morning until they are made. Gives how many.

    Told once a day, however often it is asked.
    """
    today = clock.local(now).date()
    begin = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    end = begin.replace(hour=23, minute=59, second=59)
    sessions = Session.objects.filter(said="", held_at__range=(begin, end), mediation__status="open")
    visits = Visit.objects.filter(made_at=None, due_on__lte=today)
    due = [("session", one.mediation) for one in sessions.select_related("mediation").order_by("pk")]
    due += [("visit", one.mediation) for one in visits.select_related("mediation").order_by("pk")]
    for what, row in dict.fromkeys(due):
        seated = Seat.objects.filter(mediation=row, role=Seat.Role.MEDIATOR, until=None).order_by("pk")
        to = [To(key) for key in seated.values_list("member_id", flat=True)]
        notify(to, f"mediation.{what}", {"number": row.number}, key=f"{what}:{row.pk}:{today}", now=now)
    return len(set(due))
