"""Photos on a case: kept once, without metadata, private."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.attachments.public import Picture, read_picture, thumbnail
from jingwei.cases.actions.intake import digest
from jingwei.cases.facts import PhotoAdded
from jingwei.cases.models import Case, Photo
from jingwei.cases.workflow import Status
from jingwei.kernel.public import Refused, clock, environment, may, publish, require, uuid7
from jingwei.people.public import Member

MOST_PHOTOS = 12
WORKING = frozenset({Status.DISPATCHED, Status.IN_HAND})


def add_photo(
    case: Case,
    data: bytes,
    *,
    moment: str | None = None,
    of: int | None = None,
    by: Member,
    now: datetime | None = None,
) -> Photo:
    """Keep one photo (JPEG, PNG or WebP bytes); the same bytes again are the same photo.

    What `moment` it shows follows from the state of the case and from who adds it, where nobody says. Refused for
    what is no photo, or one too many. `of` is the member whose picture it is, where that is not `by`.
    """
    picture = read_picture(data, environment().zone())
    with atomic():
        case = Case.objects.locked(case.pk)
        require(by, "cases.add_photo", case)
        known = Photo.objects.filter(case_id=case.pk, digest=digest(data)).first()
        if known is not None:
            return known
        if Photo.objects.filter(case_id=case.pk).count() >= MOST_PHOTOS:
            raise Refused(_("A case takes %(n)d photos at most.") % {"n": MOST_PHOTOS})
        moment = moment or _moment(case, by)
        try:
            with atomic():
                photo = _keep(case, picture, moment, digest(data), of=of or by.pk, now=now or clock.now())
        except IntegrityError:  # somebody added it whose photos are out of this member's reach
            raise Refused(_("This case has this photo already.")) from None
        publish(PhotoAdded(case_id=str(case.pk), code=case.code, photo_id=str(photo.pk)), by=by)
    return photo


def _moment(case: Case, by: Member) -> str:
    """The party shows its result, a checker what there is to see; anybody else what was reported."""
    if case.status == Status.HANDLED and may(by, "cases.check", case):
        return Photo.Moment.CHECK
    if case.status in WORKING and may(by, "cases.handle", case):
        return Photo.Moment.AFTER
    return Photo.Moment.BEFORE


def shows_result(case: Case, *, since: datetime) -> bool:
    """Whether a photo of the result has come in since then."""
    return Photo.objects.filter(case_id=case.pk, moment=Photo.Moment.AFTER, recorded_at__gte=since).exists()


def _keep(case: Case, picture: Picture, moment: str, key: bytes, *, of: int, now: datetime) -> Photo:
    photo_id = uuid7()
    file = default_storage.save(f"photos/{now:%Y/%m}/{photo_id}.jpg", ContentFile(picture.data))
    return Photo.objects.create(
        id=photo_id,
        case=case,
        moment=moment,
        member_id=of,
        code=case.code,
        file=file,
        digest=key,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        recorded_at=now,
    )


def thumbnail_name(photo: Photo) -> str:
    """Where the small copy of a photo lies."""
    return photo.file.removesuffix(".jpg") + ".small.jpg"


@atomic
def make_thumbnail(photo_id: str) -> None:
    """The small copy for lists; made again it is the same."""
    photo = Photo.objects.select_for_update().filter(pk=photo_id).first()
    if photo is None or photo.has_thumbnail:
        return
    with default_storage.open(photo.file) as file:
        small = thumbnail(file.read())
    name = thumbnail_name(photo)
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(small))
    photo.has_thumbnail = True
    photo.save(update_fields=["has_thumbnail"])
