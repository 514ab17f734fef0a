"""What an export tells a member of their duty and their calls, and what goes when the account is erased."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.emergency.models import Call, Shift
from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser
from jingwei.places.public import names_of


def duty_of(member: Member) -> list[dict[str, Any]]:
    """When a member was on duty, where."""
    shifts = list(Shift.objects.filter(member=member).order_by("starts_at", "pk"))
    names = names_of(shift.code for shift in shifts)
    return [
        {
            _("Place"): names.get(shift.code, ""),
            pgettext("shift", "From"): shift.starts_at,
            pgettext("shift", "Until"): shift.ends_at,
        }
        for shift in shifts
    ]


def calls_of(member: Member) -> list[dict[str, Any]]:
    """The alarms to which a member was called."""
    calls = Call.objects.filter(member=member).select_related("incident__case").order_by("pk")
    return [{_("Number"): call.incident.case.number, _("Called"): call.called_at} for call in calls]


def forget(member: Member) -> None:
    """Nobody is called who is gone; what was, stays with the account that no longer names anybody."""
    Shift.objects.filter(member=member).delete()


register_chapter(Chapter("duty", gettext_lazy("When I was on duty"), duty_of))
register_chapter(Chapter("alarms", gettext_lazy("Alarms to which I was called"), calls_of))
register_eraser(Eraser(lambda _member: None, forget))
