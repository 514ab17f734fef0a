"""What an export tells a member of the cases that concern them, and what goes when the account is erased."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser
from jingwei.publication.actions import forget_supporter
from jingwei.publication.models import PublicCase, Support


def supported(member: Member) -> list[dict[str, Any]]:
    """The cases that a member said concern them, or that they follow."""
    rows = list(Support.objects.filter(member=member).order_by("pk"))
    numbers = dict(PublicCase.objects.filter(pk__in=[row.case_id for row in rows]).values_list("pk", "number"))
    return [
        {
            _("Number"): numbers.get(row.case_id, ""),
            _("Concerns me too"): row.is_concerned,
            _("Followed"): row.follows,
            _("Since"): row.since,
        }
        for row in rows
    ]


register_eraser(Eraser(lambda _member: None, forget_supporter))
register_chapter(Chapter("supported", gettext_lazy("Cases that concern me too"), supported))
