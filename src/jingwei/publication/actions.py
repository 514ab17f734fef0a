"""Everything that changes what everybody sees. The public copy of a case is made anew from the case, never edited."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, Photo, PublicFacts, public_facts
from jingwei.kernel.public import NotPermitted, Refused, clock, publish, require
from jingwei.people.public import Member
from jingwei.places.public import Level, ancestor, level_of, square_of
from jingwei.publication.facts import CaseSupported, PhotoPublicityChanged, PublicityChanged
from jingwei.publication.models import PublicCase, ReleasedPhoto, Support

KEPT = frozenset({"case", "is_shown", "supporters", "hidden_at", "hidden_because"})
COPIED = [
    field.name
    for field in PublicCase._meta.concrete_fields  # noqa: SLF001 - Django's public API
    if field.name not in KEPT
]
BLANK = {"title": "", "longitude": None, "latitude": None, "cell": None}


@atomic
def refresh(case_ids: Collection[UUID]) -> int:
    """Make the public copies of these cases anew, as they stand now; gives how many are shown. Five queries at most.

    What nobody may know of any more keeps its number and says nothing. Made again, the copies are the same.
    """
    known = {one.case_id: one for one in public_facts(case_ids)}
    hidden = set(PublicCase.objects.filter(pk__in=case_ids).exclude(hidden_at=None).values_list("pk", flat=True))
    shown = [_copy(one) for key, one in known.items() if key not in hidden]
    PublicCase.objects.bulk_create(
        shown, update_conflicts=True, unique_fields=["case"], update_fields=[*COPIED, "is_shown"]
    )
    rest = set(case_ids) - known.keys()
    PublicCase.objects.filter(pk__in=rest, is_shown=True).update(is_shown=False, **BLANK)
    return len(shown)


def _copy(known: PublicFacts) -> PublicCase:
    return PublicCase(
        **asdict(known),
        street=_above(known.code, Level.STREET),
        community=_above(known.code, Level.COMMUNITY),
        cell=square_of(known.longitude, known.latitude),
        is_shown=True,
    )


def _above(code: int, level: Level) -> int:
    """The area of this level in which a code lies; the code itself where it lies higher."""
    return ancestor(code, level) if level_of(code).depth > level.depth else code


@atomic
def hide_case(case: Case, *, because: str, by: Member, now: datetime | None = None) -> None:
    """Take a case away from everybody's eyes, for a reason of the list. Refused where it is hidden already."""
    require(by, "publication.decide", case)
    if because not in PublicCase.Reason.values:
        raise Refused(_("Choose why it is not for everybody."))
    row = _held(case)
    if row.hidden_at is not None:
        raise Refused(_("It is hidden already."))
    now = now or clock.now()
    PublicCase.objects.filter(pk=case.pk).update(hidden_at=now, hidden_because=because, is_shown=False, **BLANK)
    publish(PublicityChanged(case_id=str(case.pk), code=case.code, is_hidden=True), by=by, at=now)


@atomic
def show_case(case: Case, *, by: Member, now: datetime | None = None) -> None:
    """Let everybody see a case again that was hidden. Refused where it is not."""
    require(by, "publication.decide", case)
    if _held(case).hidden_at is None:
        raise Refused(_("It is not hidden."))
    PublicCase.objects.filter(pk=case.pk).update(hidden_at=None, hidden_because="")
    refresh([case.pk])
    publish(PublicityChanged(case_id=str(case.pk), code=case.code, is_hidden=False), by=by, at=now)


def _held(case: Case) -> PublicCase:
    """The public copy, held. Refused for a case of which everybody never knew."""
    row = PublicCase.objects.select_for_update().filter(pk=case.pk).first()
    if row is None:
        raise Refused(_("This case is not public: it is not filed yet, or its class is private."))
    return row


@atomic
def release_photo(photo: Photo, *, by: Member, now: datetime | None = None) -> None:
    """Let everybody see a photo: somebody has looked, and it shows no person, number plate or door."""
    require(by, "publication.decide", photo.case)
    _held(photo.case)
    now = now or clock.now()
    if ReleasedPhoto.objects.filter(pk=photo.pk).exists():
        raise Refused(_("This photo is released already."))
    ReleasedPhoto.objects.create(
        photo=photo, case_id=photo.case_id, file=photo.file, moment=photo.moment, released_at=now
    )
    _tell(photo, is_released=True, by=by, now=now)


@atomic
def withdraw_photo(photo: Photo, *, by: Member, now: datetime | None = None) -> None:
    """Take a released photo back. Refused where it was not released."""
    require(by, "publication.decide", photo.case)
    gone, _rows = ReleasedPhoto.objects.filter(pk=photo.pk).delete()
    if not gone:
        raise Refused(_("This photo is not released."))
    _tell(photo, is_released=False, by=by, now=now or clock.now())


def _tell(photo: Photo, *, is_released: bool, by: Member, now: datetime) -> None:
    case = photo.case
    fact = PhotoPublicityChanged(case_id=str(case.pk), code=case.code, photo_id=str(photo.pk), is_released=is_released)
    publish(fact, by=by, at=now)


@atomic
def support(
    row: PublicCase, *, is_concerned: bool, follows: bool, by: Member, now: datetime | None = None
) -> PublicCase:
    """Say whether a case concerns `by` too, and whether they follow it. The same again changes nothing.

    Each member counts once. Software concerns nothing.
    """
    if by.kind == Member.Kind.SOFTWARE:
        raise NotPermitted(_("You may not do this here."))
    row = PublicCase.objects.select_for_update().get(pk=row.pk)
    if not row.is_shown:
        raise Refused(_("This case is no longer public."))
    now = now or clock.now()
    before = Support.objects.filter(case_id=row.pk, member=by).first()
    was = (before.is_concerned, before.follows) if before else (False, False)
    if was == (is_concerned, follows):
        return row
    _keep(before, row, is_concerned=is_concerned, follows=follows, by=by, now=now)
    row.supporters += is_concerned - was[0]
    row.save(update_fields=["supporters"])
    publish(CaseSupported(case_id=str(row.pk), code=row.code, supporters=row.supporters), by=None, at=now)
    return row


def _keep(
    before: Support | None, row: PublicCase, *, is_concerned: bool, follows: bool, by: Member, now: datetime
) -> None:
    if before is None:
        Support.objects.create(case_id=row.pk, member=by, is_concerned=is_concerned, follows=follows, since=now)
    elif not (is_concerned or follows):
        before.delete()
    else:
        before.is_concerned, before.follows = is_concerned, follows
        before.save(update_fields=["is_concerned", "follows"])


@atomic
def forget_supporter(member: Member) -> None:
    """Whoever is erased no longer counts anywhere."""
    rows = Support.objects.filter(member=member)
    counted = rows.filter(is_concerned=True).values("case_id")
    PublicCase.objects.filter(pk__in=counted, supporters__gt=0).update(supporters=F("supporters") - 1)
    rows.delete()
