"""Named questions about members, postings and departments."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from jingwei.kernel.public import blind_indexes, clock, environment
from jingwei.places.public import lineage

if TYPE_CHECKING:
    from jingwei.people.models import (  # noqa: F401 - named in types below
        Absence,
        Department,
        Member,
        Posting,
        SignInCode,
    )

MEMBER_PHONE = "member.phone"
CODE_PHONE = "sign_in_code.phone"
"""What digests of phone numbers are for: those of one purpose say nothing about those of another."""


def today(now: datetime | None = None) -> date:
    """The district's date at `now`."""
    return clock.local(now or clock.now()).date()


class MemberQuerySet(QuerySet["Member"]):
    def open(self) -> Self:
        """Members who may come in. Demo accounts live only in a demo."""
        active = self.filter(is_active=True)
        return active if environment().is_demo else active.filter(is_demo=False)

    def with_phone(self, *phones: str) -> Self:
        """The members who have one of these numbers: at most one each."""
        return self.filter(phone_index__in=[index for phone in phones for index in blind_indexes(phone, MEMBER_PHONE)])


class SignInCodeQuerySet(QuerySet["SignInCode"]):
    def of(self, phone: str) -> Self:
        """The last code that was sent to a number."""
        return self.filter(phone_index__in=blind_indexes(phone, CODE_PHONE))


class PostingQuerySet(QuerySet["Posting"]):
    def held(self, on: date) -> Self:
        """Postings that hold on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), begins_on__lte=on)

    def between(self, begins_on: date, ends_on: date | None) -> Self:
        """Postings that hold on some day from `begins_on` until before `ends_on`."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gt=begins_on))
        return found if ends_on is None else found.filter(begins_on__lt=ends_on)

    def at(self, spans: Iterable[tuple[int, int]]) -> Self:
        """Postings held at an area between one of these pairs of codes, or in a department that serves one."""
        places = [Q(code__range=span) | Q(code=None, department__code__range=span) for span in spans]
        return self.filter(reduce(or_, places)) if places else self.none()


class AbsenceQuerySet(QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        """Absences that hold on the day."""
        return self.filter(begins_on__lte=day, ends_on__gt=day)

    def between(self, begins_on: date, ends_on: date | None) -> Self:
        """Absences with some day from `begins_on` until before `ends_on`."""
        found = self.filter(ends_on__gt=begins_on)
        return found if ends_on is None else found.filter(begins_on__lt=ends_on)


class DepartmentQuerySet(QuerySet["Department"]):
    def serving(self, code: int) -> Self:
        """Open departments that serve the area `code`, or more."""
        return self.filter(code__in=lineage(code), closed_on=None)

    def within(self, spans: Iterable[tuple[int, int]]) -> Self:
        """Departments whose area lies between one of these pairs of codes, both included."""
        return self.filter(reduce(or_, (Q(code__range=span) for span in spans)))
