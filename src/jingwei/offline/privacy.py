"""What is held of a member here: taken away in one file, and erased with the account."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.offline.models import Phone, Sent
from jingwei.people.public import Chapter, Eraser, Member, browser_named, register_chapter, register_eraser


def held(member: Member) -> list[dict[str, Any]]:
    """The phones that keep pages, and what came from them."""
    phones = [
        {
            _("Phone"): browser_named(one.agent),
            _("In use since"): one.made_at,
            _("Last heard of"): one.seen_at,
            _("Made unreadable"): one.withdrawn_at or "",
        }
        for one in Phone.objects.filter(member=member).order_by("made_at")
    ]
    sent = Sent.objects.filter(member=member).order_by("received_at")
    return phones + [{_("Sent from a phone"): one.location, _("Arrived"): one.received_at} for one in sent]


def forget(member: Member) -> None:
    Phone.objects.filter(member=member).delete()
    Sent.objects.filter(member=member).delete()


register_chapter(Chapter("phones", gettext_lazy("Phones for field work"), held))
register_eraser(Eraser(lambda _member: None, forget))
