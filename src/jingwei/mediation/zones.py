"""Disputes and areas that change: those under way go along. Whoever plans the change is shown none of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from jingwei.mediation.actions.opening import office_of
from jingwei.mediation.models import Mediation
from jingwei.mediation.rules import Status
from jingwei.places.public import Holding, Line, Moment, Moved, Span, Spot, Thing, register_holding


class OpenMediations(Holding):
    """One that has ended keeps the code of its day."""

    key = "mediation"
    title = _("Mediations under way")
    icon = "users"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - under way today is under way
        rows = Mediation.objects.filter(status=Status.OPEN)
        return [
            Thing(key, Spot(code, None, None))
            for first, last in spans
            for key, code in rows.filter(code__range=(first, last)).order_by("pk").values_list("pk", "code")
        ]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = Mediation.objects.filter(pk__in=list(keys)).order_by("pk")[:limit]
        return [Line(row.get_kind_display(), row.number) for row in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:  # noqa: ARG002 - no clock of theirs runs
        for thing in moved:
            row = Mediation.objects.select_for_update().filter(pk=thing.key, status=Status.OPEN).first()
            if row is not None:
                row.code = thing.new[0]
                row.office = office_of(row.code, row.level)
                row.save(update_fields=["code", "office"])


def register() -> None:
    register_holding(OpenMediations())
