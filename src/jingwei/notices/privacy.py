"""What notices hold of a member: taken away in one file, and erased with the account."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.notices.models import Choices, Notice, PushDevice
from jingwei.notices.texts import text_of
from jingwei.people.public import Chapter, Eraser, Member, browser_named, register_chapter, register_eraser


def told(member: Member) -> list[dict[str, Any]]:
    """What a member was told, the address that they gave, and the browsers that they chose."""
    rows = []
    for notice in Notice.objects.of(member).order_by("-pk"):
        text = text_of(notice.text)
        said = text.said(notice.values) if text else None
        rows.append(
            {
                _("Title"): said.title if said else notice.text,
                _("What it says"): said.body if said else "",
                _("Written"): notice.written_at,
                _("Read"): notice.read_at or "",
            }
        )
    choices = Choices.objects.filter(pk=member.pk).first()
    if choices and choices.email:
        rows.append({_("E-mail"): choices.email, _("Confirmed"): choices.confirmed_at or ""})
    rows += [
        {_("Messages on the screen of"): browser_named(one.agent), _("Switched on"): one.made_at}
        for one in PushDevice.objects.filter(member=member).order_by("pk")
    ]
    return rows


def forget(member: Member) -> None:
    Notice.objects.of(member).delete()
    Choices.objects.filter(pk=member.pk).delete()
    PushDevice.objects.filter(member=member).delete()


register_chapter(Chapter("notices", gettext_lazy("Messages"), told))
register_eraser(Eraser(lambda _member: None, forget))
