"""What changes the employment record, and how somebody leaves."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import NotPermitted, Refused, allowed, publish
from jingwei.people.actions.accounts import close_member
from jingwei.people.actions.hand_over import hand_over_work
from jingwei.people.actions.postings import end_posting
from jingwei.people.facts import EmploymentChanged
from jingwei.people.models import Certificate, Employment, Member, Posting, Training
from jingwei.people.queries import today


@atomic
def record_hired(
    member: Member, *, hired_on: date | None, by: Member | None, now: datetime | None = None
) -> Employment:
    """Since when somebody works here."""
    _ask(member, by)
    record, _is_new = Employment.objects.select_for_update().get_or_create(member=member)
    if hired_on is not None and record.left_on is not None and record.left_on < hired_on:
        raise Refused(_("Nobody leaves before they come."))
    record.hired_on = hired_on
    record.save(update_fields=["hired_on"])
    _tell(member, by, now)
    return record


@atomic
def add_training(
    member: Member, *, name: str, held_on: date, hours: int, by: Member | None, now: datetime | None = None
) -> Training:
    _ask(member, by)
    training = Training.objects.create(member=member, name=name.strip(), held_on=held_on, hours=hours)
    _tell(member, by, now)
    return training


@atomic
def add_certificate(
    member: Member,
    *,
    kind: str,
    number: str = "",
    valid_until: date | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Certificate:
    _ask(member, by)
    certificate = Certificate.objects.create(
        member=member, kind=kind.strip(), number=number.strip() or None, valid_until=valid_until
    )
    _tell(member, by, now)
    return certificate


@atomic
def remove_record(record: Training | Certificate, *, by: Member | None, now: datetime | None = None) -> None:
    """What was written down by mistake."""
    _ask(record.member, by)
    record.delete()
    _tell(record.member, by, now)


@atomic
def leave(
    member: Member,
    *,
    left_on: date,
    to: Mapping[str, Member],
    words: str = "",
    by: Member,
    now: datetime | None = None,
) -> Employment:
    """`member` works here until before `left_on`: every posting ends then, and `to` says who takes what is open.

    The account is closed that night, by nobody in particular.
    """
    _ask(member, by)
    if by.pk == member.pk:
        raise Refused(_("Nobody ends their own postings."))
    record, _is_new = Employment.objects.select_for_update().get_or_create(member=member)
    if left_on < today(now) or (record.hired_on is not None and left_on < record.hired_on):
        raise Refused(_("The last day lies before today, or before the first."))
    for posting in member.postings.filter(Q(ends_on=None) | Q(ends_on__gt=left_on)):
        end_posting(posting, ends_on=left_on, by=by, now=now)
    if to:
        hand_over_work(member, to, words=words, by=by, now=now)
    record.left_on = left_on
    record.save(update_fields=["left_on"])
    _tell(member, by, now)
    return record


def close_leavers(now: datetime) -> int:
    """Close the accounts of those whose last day is over. Gives how many."""
    leavers = Member.objects.filter(employment__left_on__lte=today(now), is_active=True)
    for member in leavers:
        close_member(member, by=None, now=now)
    return len(leavers)


def _ask(member: Member, by: Member | None) -> None:
    """The record is kept by whoever arranges some posting of the member."""
    if by is not None and not allowed(by, "people.post", Posting.objects.filter(member=member)).exists():
        raise NotPermitted(_("You may not do this here."))


def _tell(member: Member, by: Member | None, now: datetime | None) -> None:
    publish(EmploymentChanged(member_id=member.pk), by=by, at=now)
