"""What a person has reported, newest first. One query a page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from jingwei.cases.catalogue import current
from jingwei.cases.limits import RATING_WINDOW
from jingwei.cases.models import Assignment, Case, Rating, Report, Stage, Words
from jingwei.cases.models.catalogue import in_language
from jingwei.cases.workflow import Status
from jingwei.kernel.public import Refused
from jingwei.people.public import Member

PAGE = 20
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Matter:
    """A case as its reporter sees it in a list. `due_at`: when it is to be handled, or before that looked at."""

    case: Case
    title: str
    who: str
    due_at: datetime | None
    is_late: bool
    rate_until: datetime | None


@dataclass(frozen=True)
class Matters:
    """One page, and where the next begins ("": nowhere)."""

    list: list[Matter]
    next: str = ""


def matters(member: Member, *, now: datetime, after: str = "", limit: int = PAGE) -> Matters:
    """The cases that `member` reported, `limit` of them from `after` on."""
    mine = Case.objects.filter(pk__in=Report.objects.filter(member_id=member.pk).values("case_id"))
    if after:
        mine = mine.after(*_read(after))
    found = list(_shown(mine.newest())[: limit + 1])
    shown = [_matter(case, now) for case in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return Matters(shown, f"{last.reported_at.isoformat()}~{last.pk}" if last else "")


def _read(after: str) -> tuple[datetime, UUID]:
    try:
        at, key = after.split("~")
        return datetime.fromisoformat(at), UUID(key)
    except ValueError:
        raise Refused(_("This page of the list cannot be found. Begin again at its top.")) from None


def _shown(rows: QuerySet[Case]) -> QuerySet[Case]:
    case = OuterRef("pk")
    lead = Assignment.objects.filter(case_id=case, role="lead").order_by("-sent_at")
    stage = Stage.objects.filter(case_id=case, ended_at=None)
    return rows.annotate(
        said=Subquery(Words.objects.filter(case_id=case, step__verb="report").values("text")[:1]),
        party=Subquery(lead.values_list(Coalesce("department__name", "member__name"))[:1]),
        party_en=Subquery(lead.values_list(Coalesce("department__name_en", "member__name"))[:1]),
        stage_due_at=Subquery(stage.values("due_at")[:1]),
        grade=Subquery(Rating.objects.filter(case_id=case, reopened=OuterRef("reopened")).values("grade")[:1]),
    )


def _matter(case: Case, now: datetime) -> Matter:
    row = vars(case)
    due_at = case.due_at if case.due_at and case.handled_at is None else row["stage_due_at"]
    due_at = case.review_at or due_at
    until = case.closed_at + RATING_WINDOW if case.status == Status.CLOSED and case.closed_at else None
    return Matter(
        case=case,
        title=title_of(case, row["said"] or ""),
        who=in_language(row["party"] or "", row["party_en"] or "") if case.is_open else "",
        due_at=due_at if case.is_open else None,
        is_late=case.is_late(now),
        rate_until=until if until and row["grade"] is None and now <= until else None,
    )


def title_of(case: Case, said: str) -> str:
    """What its reporter calls it: the title given when it was filed, until then their own words or the category."""
    if case.title:
        return case.title
    first = said.strip().splitlines()[0] if said.strip() else ""
    if first:
        return first if len(first) <= LONGEST_TITLE else f"{first[:LONGEST_TITLE]}…"
    category = current().get(case.category_code)
    return category.name if category else _("Report with photo")


def first_words(case: Case) -> str:
    """What the reporter wrote."""
    return Words.objects.filter(case_id=case.pk, step__verb="report").values_list("text", flat=True).first() or ""


def matter(member: Member, number: str) -> Case:
    """A case that `member` reported. Raises Case.DoesNotExist for any other."""
    mine = Report.objects.filter(member_id=member.pk).values("case_id")
    return Case.objects.by_numbers([number]).select_related("category", "condition").get(pk__in=mine)
