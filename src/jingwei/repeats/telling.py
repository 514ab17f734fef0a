"""Who is told of a limit: the person concerned, with its end and the way to appeal; of an appeal, who decides it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import clock
from jingwei.notices.public import Kind, Text, To, Topic, Value, notify, register_text
from jingwei.people.public import Posting, at_work, roles_with
from jingwei.places.public import lineage
from jingwei.repeats.models import Limit
from jingwei.repeats.rules import Measure

ENDS = Value("ends", "2026-12-01T00:00:00+00:00", Kind.MOMENT)
CONCERNED = pgettext_lazy("notice", "Whoever a limit concerns")


def _own(_values: Mapping[str, Any]) -> str:
    return reverse("repeats:own")


def _desk(_values: Mapping[str, Any]) -> str:
    return reverse("repeats:home")


LIMITED: Mapping[str, Text] = MappingProxyType(
    {
        Measure.LOOK: Text(
            "repeats.limited_look",
            Topic.REPORT,
            CONCERNED,
            _("A person looks at your new reports first"),
            _(
                "This holds until %(ends)s and ends by itself. You can report as before, and emergencies are dealt with"
                " at once. Open this to read why. If it is wrong, say so there: another person decides."
            ),
            (ENDS,),
            _("Until %(ends)s a person looks at your new reports first. Why, and how to object:"),
            _own,
        ),
        Measure.LETTER: Text(
            "repeats.limited_letter",
            Topic.REPORT,
            CONCERNED,
            _("Your new reports are answered by letter"),
            _(
                "This holds until %(ends)s and ends by itself. You can report as before, and emergencies are dealt with"
                " at once. Open this to read why. If it is wrong, say so there: another person decides."
            ),
            (ENDS,),
            _("Until %(ends)s your new reports are answered by letter. Why, and how to object:"),
            _own,
        ),
    }
)
"""The letter to the person concerned, for each measure: what holds, until when, and how to object."""
ANSWERED = Text(
    "repeats.answered",
    Topic.REPORT,
    CONCERNED,
    _("A limit on your reports was decided again"),
    _("It holds until: %(ends)s. Open this to read the answer."),
    (ENDS,),
    "",
    _own,
)
APPEALED = Text(
    "repeats.appealed",
    Topic.WORK,
    pgettext_lazy("notice", "Whoever hears appeals"),
    _("An appeal against a limit"),
    _("Somebody appeals against a limit on their reports. Decide before it ends: %(ends)s."),
    (ENDS,),
    "",
    _desk,
)


def register() -> None:
    for text in (*LIMITED.values(), ANSWERED, APPEALED):
        register_text(text)


def tell_limited(row: Limit, now: datetime) -> None:
    _tell(row, LIMITED[row.measure].key, [To(row.member_id)], now)


def tell_answered(row: Limit, now: datetime) -> None:
    _tell(row, ANSWERED.key, [To(row.member_id)], now)


def tell_appealed(row: Limit, now: datetime) -> None:
    """Whoever reviews at the place or above it, but for the one who decided."""
    held = Posting.objects.held(clock.local(now).date()).filter(
        code__in=lineage(row.office), role__in=roles_with("repeats.review"), member__is_active=True
    )
    found = at_work(held.select_related("member").order_by("pk"), now)
    to = [To(member.pk) for _posting, member in found if member.pk != row.decided_by_id]
    _tell(row, APPEALED.key, to, now)


def _tell(row: Limit, text: str, to: list[To], now: datetime) -> None:
    notify(to, text, {"ends": row.ends_at.isoformat()}, key=f"{text}:{row.pk}", about=str(row.pk), now=now)
