"""What cases tell of a person: what is read of a reporter and how a case is named there, and how it is erased."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.actions.pending import throw_away
from jingwei.cases.actions.reading import PHONE, PHOTO, WORDS
from jingwei.cases.models import Case, PendingReport, Photo, Report, Stage, Step, Words
from jingwei.cases.retention import delete_files
from jingwei.kernel.public import WHOLE, opened
from jingwei.people.public import (
    Chapter,
    Eraser,
    Member,
    Thing,
    Things,
    register_chapter,
    register_eraser,
    register_read_kind,
    register_things,
)


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


def open_case_of(member: Member) -> str | None:
    """Why a reporter cannot be erased yet."""
    mine = Report.objects.filter(member_id=member.pk).values("case_id")
    number = Case.objects.filter(pk__in=mine).open().values_list("number", flat=True).first()
    if number is None:
        return None
    return _("Case %(number)s is still open. Withdraw it, or wait until it is closed.") % {"number": number}


def forget_reporter(member: Member) -> None:
    """What a person reported loses whatever says who it was: words and photos of theirs, contact, place."""
    reports = Report.objects.filter(member_id=member.pk)
    cases = list(reports.values_list("case_id", flat=True))
    throw_away(PendingReport.objects.filter(member=member))
    photos = Photo.objects.filter(case_id__in=cases, member=member)
    delete_files(photos)
    photos.delete()
    _words_of(member).filter(case_id__in=cases).delete()
    for model, column in ((Step, "actor"), (Stage, "ended_by")):
        model.objects.filter(**{column: member}).update(**{column: None})
    Case.objects.filter(pk__in=cases).update(place="", longitude=None, latitude=None)
    reports.update(name="", phone="", member=None, sender=None, source_key="", digest=b"")


def _words_of(member: Member) -> QuerySet[Words]:
    """What a person wrote, and what they told somebody who wrote it down, on the telephone or in a message.

    To be asked with everything open: who reported a case first is not for those to see who joined it.
    """
    first = Report.objects.filter(case_id=OuterRef("case_id")).order_by("received_at", "pk").values("member_id")[:1]
    told = Q(step__verb="report", first=member.pk)
    return Words.objects.annotate(first=Subquery(first)).filter(Q(step__actor=member) | told)


def reported(member: Member) -> list[dict[str, Any]]:
    """A person's own matters, as they take them away."""
    mine = list(Report.objects.filter(member_id=member.pk).values_list("case_id", flat=True))
    cases = Case.objects.filter(pk__in=mine).prefetch_related("photos", "ratings").order_by("-reported_at")
    said: defaultdict[UUID, list[str]] = defaultdict(list)
    with opened(WHOLE):
        for words in _words_of(member).filter(case_id__in=mine).order_by("pk"):
            said[words.case_id].append(words.text)
    return [_reported(case, member, said[case.pk]) for case in cases]


def _reported(case: Case, member: Member, said: list[str]) -> dict[str, Any]:
    return {
        _("Number"): case.number,
        _("Title"): case.title,
        _("Your words"): "\n".join(said),
        _("Place"): case.place,
        _("State"): case.get_status_display(),
        _("Reported"): case.reported_at,
        _("Closed"): case.closed_at or "",
        _("Outcome"): case.get_outcome_display(),
        _("Your rating"): ", ".join(str(rating.grade) for rating in case.ratings.all()),
        _("Your photos"): ", ".join(_name(photo) for photo in case.photos.all() if photo.member_id == member.pk),
    }


def _name(photo: Photo) -> str:
    return f"photos/{photo.pk}.jpg"


def photographed(member: Member) -> Iterator[tuple[str, str]]:
    """The photos that a person took, and where they lie."""
    return ((_name(photo), photo.file) for photo in Photo.objects.filter(member=member).order_by("pk"))


register_read_kind(WORDS, pgettext_lazy("what was read", "Words, photos and name in a report"))
register_read_kind(PHOTO, pgettext_lazy("what was read", "A photo in full"))
register_read_kind(PHONE, pgettext_lazy("what was read", "Phone number"))
register_things(Things(describe, find))
register_eraser(Eraser(open_case_of, forget_reporter))
register_chapter(Chapter("cases", gettext_lazy("My matters"), reported, photographed))
