"""What cases tell the log of reads: what is read of a reporter, and how a case is named there."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.actions.reading import PHONE, WORDS
from jingwei.cases.models import Case
from jingwei.people.public import Thing, Things, register_read_kind, register_things


def describe(ids: Collection[str]) -> Mapping[str, Thing]:
    """Cases by the ids that the log holds."""
    rows = Case.objects.filter(pk__in=[UUID(key) for key in ids]).values_list("pk", "number")
    return {
        str(key): Thing(
            name=_("Case %(number)s") % {"number": number},
            own_url=reverse("resident:case", args=[number]),
            desk_url=reverse("desk:case", args=[number]),
        )
        for key, number in rows
    }


def find(text: str) -> list[str]:
    """The id of the case with this number."""
    return [str(key) for key in Case.objects.by_numbers([text]).values_list("pk", flat=True)]


register_read_kind(WORDS, pgettext_lazy("what was read", "Words, photos and name in a report"))
register_read_kind(PHONE, pgettext_lazy("what was read", "Your phone number"))
register_things(Things(describe, find))
