"""What the counter tells of a person: who looked them up, what they called about, how they helped; what goes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.counter.lookup import CALLER
from jingwei.counter.models import Call, FirstAsked
from jingwei.counter.retention import empty
from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser, register_read_kind


def called(member: Member) -> list[dict[str, Any]]:
    """The calls that are known to be a member's, as they take them away."""
    rows = Call.objects.filter(caller=member).select_related("case").order_by("-started_at")
    return [
        {
            _("When"): call.started_at,
            _("How"): call.get_way_display(),
            _("Your words"): call.words,
            _("What became of it"): call.get_outcome_display(),
            _("Answer"): call.answer,
            _("Case"): call.case.number if call.case else "",
        }
        for call in rows
    ]


def helped(member: Member) -> list[dict[str, Any]]:
    """How a member of staff helped whoever asked them, as they take it away."""
    rows = FirstAsked.objects.filter(member=member).order_by("-asked_at")
    return [{_("When"): row.asked_at, _("How"): row.get_way_display(), _("What it was"): row.words} for row in rows]


def forget_caller(member: Member) -> None:
    empty(Call.objects.filter(caller=member))


def register() -> None:
    register_read_kind(CALLER, pgettext_lazy("what was read", "What you reported and called about, when you called"))
    register_eraser(Eraser(lambda _member: None, forget_caller))
    register_chapter(Chapter("calls", gettext_lazy("My calls"), called))
    register_chapter(Chapter("first_asked", gettext_lazy("Asked first"), helped))
