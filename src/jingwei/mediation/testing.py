"""Builders of disputes, for tests. They go through the actions, so that what they build could have happened."""

from datetime import datetime, timedelta
from typing import Any

from jingwei.cases.testing import MONDAY
from jingwei.mediation import actions
from jingwei.mediation.models import Mediation, Seat
from jingwei.people.public import Member
from jingwei.people.testing import Cast
from jingwei.places.public import Area
from jingwei.places.testing import an_area

PARTIES = (actions.NewParty("Old Wang", "13900000001"), actions.NewParty("Young Li"))
HOUR = timedelta(hours=1)


def a_mediation(cast: Cast, *, by: Member | None = None, now: datetime = MONDAY, **given: Any) -> Mediation:
    """A quarrel in the cast's grid, which its worker opened unless `by` did."""
    if not Area.objects.filter(pk=cast.grid).exists():
        an_area(cast.grid)
    fields = {"kind": "neighbours", "level": "grid", "words": "The piano is played at night", "parties": PARTIES}
    area = Area.objects.get(pk=cast.grid)
    return actions.open_mediation(area, **(fields | given), by=by or cast.grid_worker, now=now)


def a_session(row: Mediation, *, by: Member, now: datetime = MONDAY + HOUR) -> Any:
    """A session that was held, with all parties."""
    parties = list(row.parties.values_list("pk", flat=True))
    told: dict[str, Any] = {"held_at": now, "place": "Community room", "said": "Both told their side"}
    return actions.hold_session(row, **told, parties=parties, mediators=[by.pk], by=by, now=now)


def an_agreement(row: Mediation, *, by: Member, now: datetime = MONDAY + 2 * HOUR) -> None:
    """Written and signed by all parties."""
    actions.write_agreement(row, text="No piano after nine in the evening", by=by, now=now)
    for party in row.parties.all():
        actions.note_signature(party, now.date(), by=by, now=now)


def seats_of(row: Mediation) -> list[tuple[int, str]]:
    """Who has a seat now, and which."""
    rows = Seat.objects.filter(mediation=row, until=None).order_by("since", "pk")
    return [(seat.member_id, seat.role) for seat in rows]
