"""What a person may take away of their own here, and what goes with their account."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser
from jingwei.repeats.models import Limit


def limited(member: Member) -> list[dict[str, Any]]:
    return [
        {
            _("What holds"): row.get_measure_display(),
            pgettext("limit", "Reason"): row.reason,
            _("Begins"): row.begins_at,
            _("Ends"): row.ends_at,
            _("My appeal"): row.appeal,
            _("Answer"): row.answer,
        }
        for row in Limit.objects.filter(member_id=member.pk).order_by("begins_at", "pk")
    ]


def forget_limits(member: Member) -> None:
    Limit.objects.filter(member_id=member.pk).delete()


def register() -> None:
    register_eraser(Eraser(lambda _member: None, forget_limits))
    register_chapter(Chapter("limits", gettext_lazy("What holds for my reports"), limited))
