"""A report of whoever stands there: its words, its place and its photos in one go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.transaction import atomic

from jingwei.cases.actions.intake import Draft, digest, report_case
from jingwei.cases.actions.photos import add_photo
from jingwei.cases.life import Origin
from jingwei.cases.models import Case, Photo
from jingwei.cases.spots import Spot
from jingwei.people.public import Member


@atomic
def report_on_the_spot(
    key: UUID,
    spot: Spot,
    *,
    words: str,
    detail: str = "",
    category_code: str = "",
    photos: Sequence[bytes] = (),
    made_at: datetime | None = None,
    by: Member,
    now: datetime | None = None,
) -> Case:
    """The case of the report `key`; sent again it is the same. `made_at`: when it was written, if that was earlier."""
    place = f"{spot.title} {detail}".strip()
    said = [str(key), words, category_code, spot.key, place, [digest(photo).hex() for photo in photos]]
    origin = Origin(
        id=key,
        code=spot.code,
        channel="field",
        digest=digest(msgspec.json.encode(said)),
        words=words,
        place=place,
        longitude=spot.longitude,
        latitude=spot.latitude,
        category_code=category_code,
        name=by.name,
        phone=by.phone or "",
        member_id=by.pk,
    )
    answer = report_case(Draft(origin, occurred_at=made_at, has_photo=bool(photos)), by=by, now=now)
    case = Case.objects.get(number=answer.number)
    for photo in photos:
        add_photo(case, photo, moment=Photo.Moment.BEFORE, by=by, now=now)
    return case
