"""What mediation tells a person of their own, who read of them, and what goes when an account is erased."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from jingwei.mediation.models import Mediation, Party
from jingwei.mediation.rules import Status
from jingwei.people.public import (
    Chapter,
    Eraser,
    Member,
    note_read,
    register_chapter,
    register_eraser,
    register_read_kind,
)

FILE = "mediation.file"


def note_opened(row: Mediation, *, by: Member) -> None:
    """Note that `by` is shown the file of a dispute: for each party with an account, who will read it, else once."""
    subjects: list[int | None] = list(row.parties.exclude(member=None).values_list("member_id", flat=True))
    thing = str(row.case_id) if row.case_id else ""
    for subject in subjects or [None]:
        note_read(FILE, subject_id=subject, thing=thing, code=row.code, by=by)


def open_mediation_of(member: Member) -> str | None:
    number = (
        Party.objects.filter(member=member, mediation__status=Status.OPEN)
        .values_list("mediation__number", flat=True)
        .first()
    )
    if number is None:
        return None
    return _("Mediation %(number)s is still under way. Wait until it has ended.") % {"number": number}


def forget_party(member: Member) -> None:
    """The file stays as long as it is kept by duty; it leads to no account and no number any more."""
    Party.objects.filter(member=member).update(member=None, phone="")


def mediated(member: Member) -> list[dict[str, Any]]:
    rows = Mediation.objects.filter(parties__member=member).order_by("opened_at", "pk")
    return [
        {
            _("Number"): row.number,
            _("Kind of dispute"): row.get_kind_display(),
            _("Opened"): row.opened_at,
            pgettext("mediation", "Ended"): row.ended_at or "",
            _("Result"): row.get_result_display(),
        }
        for row in rows
    ]


def register() -> None:
    register_read_kind(FILE, pgettext_lazy("what was read", "The file of a dispute"))
    register_eraser(Eraser(open_mediation_of, forget_party))
    register_chapter(Chapter("mediation", gettext_lazy("Mediations that I am party of"), mediated))
