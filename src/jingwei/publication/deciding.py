"""What those who decide about publicity see of a case: at the desk, and by the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from jingwei.cases.public import Case, Photo, photos_of
from jingwei.kernel.public import may
from jingwei.people.public import Member
from jingwei.publication.models import PublicCase, ReleasedPhoto


@dataclass(frozen=True)
class Publicity:
    """`row` is the public copy, None where everybody never knew; `photos` are told with whether they are released."""

    row: PublicCase | None
    photos: Sequence[tuple[Photo, bool]]


def decided(number: str, by: Member) -> Case:
    """The case, if `by` decides what everybody sees of it. Raises Http404."""
    case = Case.objects.by_numbers([number]).first()
    if case is None or not may(by, "publication.decide", case):
        raise Http404
    return case


def decided_photo(number: str, photo_id: UUID, by: Member) -> Photo:
    """The same of one of its photos."""
    return get_object_or_404(decided(number, by).photos.select_related("case"), pk=photo_id)


def publicity_of(case: Case) -> Publicity:
    """Three queries."""
    row = PublicCase.objects.filter(pk=case.pk).first()
    released = set(ReleasedPhoto.objects.filter(case_id=case.pk).values_list("pk", flat=True))
    return Publicity(row, [(photo, photo.pk in released) for photo in photos_of(case)])
