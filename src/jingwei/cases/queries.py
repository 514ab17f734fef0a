"""Questions about cases, as querysets that read as adjectives."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from jingwei.cases.workflow import OPEN

NUMBER = re.compile(r"[0-9]{8}-[0-9]{6,11}", re.ASCII)
"""Day and the district's serial: 20261121-000123."""

if TYPE_CHECKING:
    from jingwei.cases.models import Case


class CaseQuerySet(QuerySet["Case"]):
    """Named questions about cases."""

    def under(self, *spans: tuple[int, int]) -> Self:
        """In an area: `spans` are first and last codes, of the area and of those it came from."""
        return self.filter(reduce(or_, (Q(code__range=span) for span in spans)))

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now, handled_at=None)

    def to_signal(self, now: datetime, limit: int) -> list[UUID]:
        """Those whose next signal is due, the longest due first, held until the transaction ends.

        What somebody else holds is passed over: its own move plans its signal anew.
        """
        due = self.filter(signal_at__lte=now).order_by("signal_at", "pk")
        return list(due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])

    def after(self, reported_at: datetime, pk: UUID) -> Self:
        """What comes behind this key when the newest is first: a range of the index, from there on."""
        return self.filter(Q(reported_at__lt=reported_at) | Q(pk__lt=pk), reported_at__lte=reported_at)

    def newest(self) -> Self:
        return self.order_by("-reported_at", "-pk")

    def locked(self, pk: UUID) -> "Case":
        """Read one case again and hold it until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("condition", "category").get(pk=pk)

    def reported_by(self, member_id: int) -> Self:
        """Those that a member reported, or somebody for them."""
        return self.filter(reports__member_id=member_id)

    def by_numbers(self, numbers: Sequence[str]) -> Self:
        """Those with these numbers. What cannot be one, whatever somebody typed, is nobody's."""
        return self.filter(number__in=[number for number in numbers if NUMBER.fullmatch(number)])
