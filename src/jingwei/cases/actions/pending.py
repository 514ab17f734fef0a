"""A report while it is being written: words, photos and place are kept as they come, and sent at the end.

Nobody need be signed in before that. Drafts announce nothing; sending one is reporting.
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.transaction import atomic, on_commit
from django.utils.translation import gettext as _

from jingwei.attachments.public import read_picture
from jingwei.cases.actions.intake import Draft, digest, report_case
from jingwei.cases.facts import PhotoAdded
from jingwei.cases.life import Origin
from jingwei.cases.models import Case, PendingPhoto, PendingReport, Photo
from jingwei.cases.models.pending import PendingQuerySet
from jingwei.cases.spots import Spot
from jingwei.kernel.public import Refused, clock, environment, publish, uuid7
from jingwei.people.public import Allowance, Member

MOST_PENDING_PHOTOS = 6
PENDING_LIVES = timedelta(days=1)
REPORTS = Allowance("cases.report", 20, timedelta(hours=1))
"""Of one resident. Whoever works here may report as they find."""
BEGUN = Allowance("cases.begin", 200, timedelta(hours=1))
"""From one address: a whole neighbourhood may share one."""


@atomic
def write_pending(
    key: UUID,
    *,
    browser: str,
    words: str,
    category_code: str,
    by: Member | None,
    address: str = "",
    now: datetime | None = None,
) -> PendingReport:
    """Keep what was said so far. `browser` is the digest of its cookie, `address` where it calls from.

    Refused if the id is somebody else's, or the report has been sent.
    """
    now = now or clock.now()
    if not PendingReport.objects.filter(pk=key).exists():
        BEGUN.require(address, now)
        fresh = PendingReport(id=key, browser=browser, member=by, changed_at=now)
        PendingReport.objects.bulk_create([fresh], ignore_conflicts=True)  # the same form may come twice at once
    row = PendingReport.objects.select_for_update().filter(pk=key).first()
    if row is None or not _is_theirs(row, browser, by):
        raise Refused(_("This report was begun elsewhere. Begin it anew here."))
    if row.case_id is not None:
        raise Refused(_("This report has been sent already."))
    row.words, row.category_code, row.changed_at = words, category_code, now
    row.save()
    return row


def _is_theirs(row: PendingReport, browser: str, by: Member | None) -> bool:
    return row.browser == browser and row.member_id in {None, by.pk if by else None}


def _held(row: PendingReport) -> PendingReport:
    """The report, held until the transaction ends; Refused if it was sent or thrown away in the meantime."""
    held = PendingReport.objects.select_for_update().filter(pk=row.pk).first()
    if held is None or held.case_id is not None:
        raise Refused(_("This report has been sent already."))
    return held


def add_pending_photo(row: PendingReport, data: bytes, *, now: datetime | None = None) -> PendingPhoto:
    """Keep one photo of a report that is being written; the same bytes again are the same photo. Refused as a photo."""
    picture = read_picture(data, environment().zone())
    key, now = digest(data), now or clock.now()
    with atomic():
        row = _held(row)
        known = row.photos.filter(digest=key).first()
        if known is not None:
            return known
        if row.photos.count() >= MOST_PENDING_PHOTOS:
            raise Refused(_("A report takes %(n)d photos at most.") % {"n": MOST_PENDING_PHOTOS})
        photo_id = uuid7()
        file = default_storage.save(f"photos/{now:%Y/%m}/{photo_id}.jpg", ContentFile(picture.data))
        return PendingPhoto.objects.create(
            id=photo_id,
            report=row,
            file=file,
            digest=key,
            width=picture.width,
            height=picture.height,
            longitude=picture.longitude,
            latitude=picture.latitude,
            taken_at=picture.taken_at,
        )


@atomic
def drop_pending_photo(row: PendingReport, photo_id: UUID) -> None:
    """Take a photo out again; one that is not there is out already."""
    row = _held(row)
    for photo in row.photos.filter(pk=photo_id):
        on_commit(partial(default_storage.delete, photo.file))
        photo.delete()


@atomic
def place_pending(row: PendingReport, spot: Spot, *, detail: str = "", now: datetime | None = None) -> None:
    """Where it is: a place that was found, and what the writer adds in words."""
    PendingReport.objects.filter(pk=row.pk, case=None).update(
        code=spot.code,
        longitude=spot.longitude,
        latitude=spot.latitude,
        place=spot.title[:120],
        detail=detail[:80],
        changed_at=now or clock.now(),
    )


@atomic
def send_pending(row: PendingReport, *, channel: str, by: Member, now: datetime | None = None) -> Case:
    """Report it. Sent again it is the case that it became. Refused where something is missing, or after too many."""
    now = now or clock.now()
    row = PendingReport.objects.select_for_update(of=("self",)).select_related("case").get(pk=row.pk)
    if row.case is not None:
        return row.case
    if by.kind == Member.Kind.RESIDENT:
        REPORTS.require(str(by.pk), now)
    photos = list(row.photos.order_by("pk"))
    answer = report_case(Draft(_origin(row, photos, channel, by), has_photo=bool(photos)), by=by, now=now)
    case = Case.objects.get(number=answer.number)
    _hand_over(photos, case, by, now)
    row.case, row.member, row.words, row.detail = case, by, "", ""
    row.save()
    return case


def _origin(row: PendingReport, photos: list[PendingPhoto], channel: str, by: Member) -> Origin:
    said = {
        "id": str(row.pk),
        "words": row.words,
        "category": row.category_code,
        "code": row.code,
        "place": _place(row),
        "photos": [bytes(photo.digest).hex() for photo in photos],
    }
    return Origin(
        id=row.pk,
        code=row.code or 0,
        channel=channel,
        digest=digest(msgspec.json.encode(said)),
        words=row.words,
        place=_place(row),
        longitude=row.longitude,
        latitude=row.latitude,
        category_code=row.category_code,
        name=by.name,
        phone=by.phone or "",
        member_id=by.pk,
    )


def _place(row: PendingReport) -> str:
    return f"{row.place} {row.detail}".strip()


def _hand_over(photos: list[PendingPhoto], case: Case, by: Member, now: datetime) -> None:
    """The files stay where they are and become the case's."""
    for photo in photos:
        Photo.objects.create(
            id=photo.pk,
            case=case,
            moment=Photo.Moment.BEFORE,
            member=by,
            code=case.code,
            file=photo.file,
            digest=photo.digest,
            width=photo.width,
            height=photo.height,
            taken_at=photo.taken_at,
            recorded_at=now,
        )
        publish(PhotoAdded(case_id=str(case.pk), code=case.code, photo_id=str(photo.pk)), by=by)
        photo.delete()


def discard_pending(row: PendingReport) -> None:
    """Begin anew: what was written so far goes, with its photos. Those of a report that was sent are the case's."""
    throw_away(PendingReport.objects.filter(pk=row.pk))


def forget_pending(now: datetime) -> int:
    """Delete what nobody has touched for a day; gives how many."""
    old = PendingReport.objects.filter(changed_at__lte=now - PENDING_LIVES)
    return sum(throw_away(old.filter(pk=key)) for key in list(old.values_list("pk", flat=True)))


@atomic
def throw_away(rows: PendingQuerySet) -> int:
    """Delete reports, each held first: one that is being sent at this moment has handed over its photos by then."""
    held = list(rows.select_for_update())
    for row in held:
        for photo in row.photos.all():
            on_commit(partial(default_storage.delete, photo.file))
        row.delete()
    return len(held)
