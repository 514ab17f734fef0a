"""Reports come in: one from a screen, up to five hundred from another system. One statement, one commit."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.calendars.public import calendars
from jingwei.cases import store
from jingwei.cases.catalogue import known_codes
from jingwei.cases.life import Doing, Life, Origin, begin, holds_cases
from jingwei.cases.models import Report
from jingwei.cases.zones import place_today
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Member
from jingwei.places.public import Area, codes, find_many

LARGEST_BATCH = 500
EARLIEST = timedelta(days=30)
LATEST = timedelta(minutes=5)


class Intake(StrEnum):
    """What became of one report."""

    CREATED = "created"
    ALREADY = "already"  # the same id and the same bytes: sent twice, reported once
    CONFLICT = "conflict"  # the same id, other bytes
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """The answer to one report of a batch."""

    id: UUID
    result: Intake
    number: str = ""
    case_id: UUID | None = None
    why: str = ""


@dataclass(frozen=True)
class Draft:
    """A report as it came in. Its code is 0 where the point says where it is."""

    origin: Origin
    occurred_at: datetime | None = None
    has_photo: bool = False  # one follows: words may then be missing


def digest(queued: bytes) -> bytes:
    """SHA-256: how the same bytes are known again."""
    return hashlib.sha256(queued).digest()


def report_case(draft: Draft, *, by: Member, now: datetime | None = None) -> Answer:
    """One report. What a batch would answer as refused or conflict is raised as Refused."""
    (answer,) = report_cases([draft], by=by, now=now)
    if answer.result in {Intake.REFUSED, Intake.CONFLICT}:
        raise Refused(answer.why)
    return answer


def report_cases(drafts: Sequence[Draft], *, by: Member, now: datetime | None = None) -> list[Answer]:
    """Many reports, answered one by one in order; one that is refused does not hold back the others."""
    lives, refused = _begun(drafts, by=by, now=now or clock.now())
    known = _write(lives)
    if refused:  # what was taken once stays taken, even if it would be refused today
        known |= _known({drafts[number].origin.id for number in refused} - known.keys())
    return _answers(drafts, known, refused)


def try_reports(drafts: Sequence[Draft], *, by: Member, now: datetime | None = None) -> list[Answer]:
    """What `report_cases` would answer now. Nothing is written; what would be created has no number yet."""
    lives, refused = _begun(drafts, by=by, now=now or clock.now())
    known = _known(draft.origin.id for draft in drafts)
    fresh = {
        key: _Known(_digest_of(life), life.case.pk, "", is_new=True) for key, life in lives.items() if key not in known
    }
    return _answers(drafts, known | fresh, refused)


def _begun(drafts: Sequence[Draft], *, by: Member, now: datetime) -> tuple[dict[UUID, Life], dict[int, str]]:
    """The cases that begin with these reports, by their ids; and why not with the others, by their place."""
    if len(drafts) > LARGEST_BATCH:
        raise Refused(too_many())
    lives: dict[UUID, Life] = {}
    refused: dict[int, str] = {}
    for number, (draft, place) in enumerate(zip(drafts, _places(drafts), strict=True)):
        if draft.origin.id not in lives:
            try:
                lives[draft.origin.id] = _begin(draft, place, by=by, now=now)
            except Refused as no:
                refused[number] = no.message
    return lives, refused


def too_many() -> str:
    """What is said of a batch that is too large."""
    return _("At most %(n)d reports at once. Send the others in another batch.") % {"n": LARGEST_BATCH}


def _places(drafts: Sequence[Draft]) -> list[int]:
    """Where each report is: the area it names, if there is one, else the deepest around its point; 0 is nowhere."""
    named = {draft.origin.code for draft in drafts if draft.origin.code}
    known = set(Area.objects.current().filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    places = [draft.origin.code if draft.origin.code in known else _successor(draft.origin) for draft in drafts]
    pointed = [number for number, draft in enumerate(drafts) if not draft.origin.code]
    points = [(drafts[number].origin.longitude, drafts[number].origin.latitude) for number in pointed]
    if any(None not in point for point in points):
        for number, code in zip(pointed, find_many(*zip(*points, strict=True)), strict=True):
            places[number] = int(code)
    return places


def _successor(origin: Origin) -> int:
    """The area that came where the one named has ended: what was written on the spot may arrive days later."""
    return place_today(origin.code, origin.longitude, origin.latitude) if origin.code else 0


def _begin(draft: Draft, place: int, *, by: Member, now: datetime) -> Life:
    origin = draft.origin
    at = draft.occurred_at or now
    if not now - EARLIEST <= at <= now + LATEST:
        raise Refused(_("The time of the report is not possible: check the clock of the device."))
    if not (origin.words.strip() or draft.has_photo):
        raise Refused(_("Say in a few words what is wrong, or add a photo."))
    if origin.category_code and origin.category_code not in known_codes():
        raise Refused(_("There is no category %(code)s.") % {"code": origin.category_code})
    if not _is_point(origin):
        raise Refused(_("Give longitude and latitude together, in degrees."))
    placed = replace(origin, code=_checked(place, origin))
    if by.kind == Member.Kind.SOFTWARE and not any(
        "cases.report" in post.duties and post.covers(placed.code) for post in by.posts
    ):
        raise Refused(_("This place is outside the areas of the key."))
    return begin(placed, Doing(by.pk, min(at, now).astimezone(UTC), now, calendars()))


def _is_point(origin: Origin) -> bool:
    """Whether the point is whole and on earth, or not given."""
    if origin.longitude is None or origin.latitude is None:
        return origin.longitude is origin.latitude
    return abs(origin.longitude) <= 180 and abs(origin.latitude) <= 90


def _checked(place: int, origin: Origin) -> int:
    if place and holds_cases(place):
        return place
    if place:
        raise Refused(_("Say more closely where it is: a district at least, better the grid."))
    if origin.code:
        raise Refused(_("There is no area %(code)s.") % {"code": codes.write(origin.code)})
    if origin.longitude is None:
        raise Refused(_("Say where it is: a point on the map or a place from the list."))
    raise Refused(_("This place is outside our area. Please tell the service line of that place."))


@dataclass(frozen=True)
class _Known:
    """A report that is in the database."""

    digest: bytes
    case_id: UUID
    number: str
    is_new: bool


def _write(lives: dict[UUID, Life]) -> dict[UUID, _Known]:
    """Write them; where some are there already, the others once more without those."""
    known: dict[UUID, _Known] = {}
    left = dict(lives)
    while left:
        try:
            with atomic() if connection.in_atomic_block else nullcontext():
                numbers = store.insert(list(left.values()), {})
        except IntegrityError:
            there = _known(left.keys())
            if not there:
                raise
            known |= there
            left = {key: life for key, life in left.items() if key not in there}
            continue
        for key, life in left.items():
            case_id = life.case.pk
            known[key] = _Known(_digest_of(life), case_id, numbers[case_id], is_new=True)
        break
    return known


def _digest_of(life: Life) -> bytes:
    return next(bytes(row.digest) for row in life.fresh if isinstance(row, Report))


def _known(keys: Iterable[UUID]) -> dict[UUID, _Known]:
    """Whoever sent them: an id is known or not, also where the report itself is out of reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest, case_id, number FROM known_reports(%s)", [list(keys)])
        rows = cursor.fetchall()
    return {key: _Known(bytes(digest), case_id, number, is_new=False) for key, digest, case_id, number in rows}


def _answers(drafts: Sequence[Draft], known: dict[UUID, _Known], refused: dict[int, str]) -> list[Answer]:
    """In order. `refused` goes by place in the batch: two reports may come under one id."""
    answers: list[Answer] = []
    created: set[UUID] = set()
    for number, draft in enumerate(drafts):
        key = draft.origin.id
        report = known.get(key)
        if report is None or (number in refused and report.digest != draft.origin.digest and report.is_new):
            answers.append(Answer(key, Intake.REFUSED, why=refused[number]))
        elif report.digest != draft.origin.digest:
            why = _("This id was used before for a report with other contents. Give the new one its own id.")
            answers.append(Answer(key, Intake.CONFLICT, why=why))
        else:
            result = Intake.CREATED if report.is_new and key not in created else Intake.ALREADY
            created.add(key)
            answers.append(Answer(key, result, report.number, report.case_id))
    return answers
