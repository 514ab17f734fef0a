"""Whom a rule means at a place: a department, or the people who hold a role there and are at work. Reads only."""

from datetime import datetime

from jingwei.cases.models import Case
from jingwei.cases.routing.models import Rule
from jingwei.cases.workflow import Level
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Posting, at_work
from jingwei.places.public import level_of, lineage

NEAR = frozenset({Level.GRID, Level.COMMUNITY})


def department_of(rule: Rule, code: int) -> Department | None:
    """The department that the rule means at a place: the nearest open one of the kind, or the one it names."""
    if not (rule.office or rule.department_id):
        return None
    meant = {"pk": rule.department_id} if rule.department_id else {"key": rule.office, "parent": None}
    near = Department.objects.serving(code).filter(**meant)
    return max(near, key=lambda one: (level_of(one.code).depth, -one.pk), default=None)


def holders_of(rule: Rule, case: Case, now: datetime) -> list[int]:
    """Who does the work of the rule's role for this case today: those of the smallest area that has any."""
    if not rule.role or case.level not in NEAR:
        return []
    held = Posting.objects.held(clock.local(now).date()).filter(
        role=rule.role, code__in=lineage(case.code), member__is_active=True
    )
    postings = [
        one
        for one in held.select_related("member").order_by("-code", "pk")
        if not one.categories or case.category_code.startswith(tuple(one.categories))
    ]
    nearest = max((one.place for one in postings), default=0)
    return list(dict.fromkeys(worker.pk for posting, worker in at_work(postings, now) if posting.place == nearest))


def only_party(rule: Rule, case: Case, now: datetime) -> dict[str, int] | None:
    """The one party that the rule means, as a dispatch takes it; None where that is nobody, or several."""
    if rule.role:
        holders = holders_of(rule, case, now)
        return {"member_id": holders[0]} if len(holders) == 1 else None
    office = department_of(rule, case.code)
    return {"department_id": office.pk} if office else None
