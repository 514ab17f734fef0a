"""For rules about reports: what a report says, and which others came from the same account. Whose, is told nobody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.cases.models import Report, Words

MOST = 1000


@dataclass(frozen=True)
class Sent:
    """`member_id`: None where no account reported. `others`: cases that it reported before, and when."""

    member_id: int | None
    others: tuple[tuple[UUID, datetime], ...] = ()


def reports_of_sender(case_id: UUID, since: datetime | None) -> Sent:
    """Whose report the case is, and what they reported before it since then; None asks for nothing more."""
    report = Report.objects.filter(case_id=case_id).order_by("received_at", "pk").first()
    if report is None or report.member_id is None:
        return Sent(None)
    if since is None:
        return Sent(report.member_id)
    earlier = Report.objects.filter(member_id=report.member_id, received_at__gt=since)
    rows = earlier.exclude(case_id=case_id).filter(received_at__lte=report.received_at).order_by("-received_at")
    return Sent(report.member_id, tuple(rows.values_list("case_id", "received_at")[:MOST]))


def words_of_report(case_id: UUID) -> str:
    """What was said when it was reported."""
    said = Words.objects.filter(case_id=case_id, step__verb="report").order_by("pk").values_list("text", flat=True)
    return "\n".join(said)
