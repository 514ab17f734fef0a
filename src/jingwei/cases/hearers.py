"""Who hears of a case as a reporter: whoever reported it, or one that goes on in it, each once and by their own number.

However many cases go on in one, each look takes one query for every step from case to case, and one for the reports.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from jingwei.cases.leading import MOST_STEPS
from jingwei.cases.models import Case, Report, Step
from jingwei.cases.queries import CaseQuerySet
from jingwei.notices.public import To
from jingwei.people.public import read_phone

JOINING = ("merge", "into_group")


def reporters_of(case: Case) -> list[To]:
    """Whoever reported this very case."""
    return list(_reporters([case]))


def hearers_of(case: Case, at: datetime) -> dict[To, Case]:
    """Whoever hears what becomes of `case`, with the case that they know: of those that went on in it by `at`."""
    return _reporters([case, *_followers([case], at)])


def hearers_who_joined(case: Case, at: datetime) -> dict[To, Case]:
    """Whoever reported one of the cases that joined the group of `case` at that very moment."""
    joined = list(_following([case], _steps("into_group").filter(occurred_at=at)))
    return _reporters([*joined, *_followers(joined, at)])


def _followers(cases: Sequence[Case], at: datetime) -> list[Case]:
    """Those that went on in one of `cases` by `at`, and those that went on in them."""
    found: list[Case] = []
    nearest = list(cases)
    for _step in range(MOST_STEPS):
        nearest = list(_following(nearest, _steps(*JOINING).filter(occurred_at__lte=at)))
        if not nearest:
            break
        found += nearest
    return found


def _following(cases: Sequence[Case], steps: QuerySet[Step]) -> CaseQuerySet:
    return Case.objects.filter(Exists(steps), follows_id__in=[case.pk for case in cases]).order_by("reported_at", "pk")


def _steps(*verbs: str) -> QuerySet[Step]:
    return Step.objects.filter(case_id=OuterRef("pk"), verb__in=verbs)


def _reporters(cases: Sequence[Case]) -> dict[To, Case]:
    """By account, else by the number that they gave. Who reported several hears of the first of them."""
    reports = defaultdict(list)
    for report in (
        Report.objects.filter(case_id__in=[case.pk for case in cases])
        .only("case_id", "member_id", "phone")
        .order_by("received_at", "pk")
    ):
        reports[report.case_id].append(report)
    found: dict[To, Case] = {}
    for case in cases:
        for report in reports[case.pk]:
            if report.member_id is not None:
                found.setdefault(To(report.member_id), case)
            elif mobile := _mobile(report.phone):
                found.setdefault(To(phone=mobile), case)
    return found


def _mobile(phone: str) -> str:
    """The number where text messages reach somebody; "" for one on a wire."""
    try:
        return read_phone(phone)
    except ValidationError:
        return ""
