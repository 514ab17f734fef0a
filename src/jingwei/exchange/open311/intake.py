"""A request that other software posts: read, reported as every report is, with its photos."""

import hashlib
from collections.abc import Iterable
from uuid import UUID, uuid4, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from jingwei.cases.public import Answer, Case, Draft, Origin, add_photo, report_case, sent_by, urge_case, urged_with
from jingwei.exchange.open311.answers import Fault
from jingwei.exchange.open311.asking import Given, read_point
from jingwei.exchange.open311.services import CONDITION, category_of, condition_text
from jingwei.kernel.public import Refused
from jingwei.people.public import Member
from jingwei.places.public import codes

LONGEST = 2000
LONGEST_PLACE, LONGEST_NAME, LONGEST_PHONE, LONGEST_TOKEN = 200, 80, 20, 200
MOST_FILES = 12
SPACE = UUID("6f9a7c1e-3a0a-4d6b-9d0e-6a0f0a1f7c11")
"""Ids of requests that come with a key of their own (Idempotency-Key) are made within it."""


def take(
    given: Given, files: Iterable["UploadedFile[bytes]"], *, body: bytes, repeat_key: str = "", by: Member
) -> tuple[Answer, UUID]:
    """Report it; the answer and the report's id. Fault or Refused where that is not possible: then nothing was done.

    `repeat_key` makes it the same request when it comes again: the same bytes once more are a success.
    """
    category = category_of(given.get("service_code", ""))
    pictures = list(files)
    if len(pictures) > MOST_FILES:
        raise Refused(_("At most %(n)d photos at once.") % {"n": MOST_FILES})
    described = given.get("description", "").strip()
    chosen = condition_text(category, given.get(f"attribute[{CONDITION}]", ""))
    key = uuid5(SPACE, f"{by.pk} {repeat_key[:LONGEST_TOKEN]}") if repeat_key else uuid4()
    longitude, latitude = read_point(given) or (None, None)
    origin = Origin(
        id=key,
        code=_code(given, by) if longitude is None else 0,
        channel="api",
        digest=hashlib.sha256(body).digest(),
        words="\n".join(filter(None, [_fit(described, LONGEST, "description"), chosen])),
        place=_fit(given.get("address_string", "").strip(), LONGEST_PLACE, "address_string"),
        longitude=longitude,
        latitude=latitude,
        category_code=category.code,
        name=_fit(_name(given), LONGEST_NAME, "first_name, last_name"),
        phone=_fit(given.get("phone", "").strip(), LONGEST_PHONE, "phone"),
        source="open311",
        source_key=str(key),
    )
    answer = report_case(Draft(origin, has_photo=bool(pictures)), by=by)
    _keep(pictures, answer, by)
    return answer, key


def take_update(given: Given, *, by: Member) -> str:
    """What the reporter says since, in other software: the case is urged with these words. Gives the update's id.

    The same words sent again within a day are the same update.
    """
    number, words = given.get("service_request_id", "").strip(), given.get("description", "").strip()
    if not number:
        raise Fault(400, _("service_request_id was not provided."))
    if not words:
        raise Fault(400, _("description was not provided."))
    case = sent_by(by.pk).filter(number=number).first()
    if case is None:
        raise Fault(404, _("service_request_id %(number)s was not found.") % {"number": number[:20]})
    words = _fit(words, LONGEST, "description")
    known = urged_with(case, words, by=by)
    return known or urged_with(urge_case(case, words=words, by=by), words, by=by)


def _keep(pictures: list["UploadedFile[bytes]"], answer: Answer, by: Member) -> None:
    if not pictures or answer.case_id is None:
        return
    case = Case.objects.get(pk=answer.case_id)
    for picture in pictures:
        add_photo(case, picture.read(), by=by)


def _code(given: Given, by: Member) -> int:
    """The area where no point is given: that of `address_id`, or with an address in words the one of the key."""
    text = given.get("address_id", "").strip()
    if text:
        try:
            return codes.read(text)
        except ValueError:
            raise Fault(400, _("address_id: give the 18 digits of an area.")) from None
    areas = {post.first for post in by.posts}
    if given.get("address_string", "").strip() and len(areas) == 1:
        return areas.pop()
    raise Fault(400, _("lat and long, or address_id, were not provided."))


def _name(given: Given) -> str:
    """First and last name in the order of the language they are written in."""
    first, last = given.get("first_name", "").strip(), given.get("last_name", "").strip()
    return f"{first} {last}".strip() if (first + last).isascii() else f"{last}{first}"


def _fit(text: str, most: int, name: str) -> str:
    if len(text) > most:
        raise Fault(400, _("%(field)s: at most %(n)d characters.") % {"field": name, "n": most})
    return text
