"""Who a case may be dispatched to: departments that serve the place, people who work there. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from jingwei.cases.models import Assignment, Case, DocketCount
from jingwei.cases.persons import office_name, titles_of
from jingwei.cases.workflow import Level, above
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Member, Posting, at_work, roles_with
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import level_of, lineage
from jingwei.ui.public import moment


@dataclass(frozen=True)
class Party:
    """One to choose. `note` says why it is recommended or what it is part of; `why_not` why it cannot be chosen."""

    key: str
    name: str
    note: str
    load: int
    is_recommended: bool = False
    why_not: str = ""
    department: Department | None = None
    member: Member | None = None

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Those that can be chosen first, whole departments before their parts, the nearest before the farther."""
        is_part = self.department is not None and self.department.parent_id is not None
        return bool(self.why_not), is_part, -level_of(self.department.code).depth if self.department else 0


@dataclass(frozen=True)
class PartyGroup:
    """`title` is empty for those that are recommended, which come first."""

    title: str
    parties: list[Party]


@dataclass(frozen=True)
class _Known:
    """What is known of the parties of one case: open cases of each, and when which gave it back."""

    task: str
    loads: Mapping[str, int]
    returned: Mapping[str, datetime]
    titles: Mapping[int, str]
    now: datetime

    def department(self, department: Department) -> Party:
        key = f"d{department.pk}"
        whole = department.parent
        is_task = bool(self.task) and self.task in {department.key, whole.key if whole else ""}
        default = _("Leads here by the table of duties") if is_task else ""
        return Party(
            key=key,
            name=office_name(department),
            note=office_name(whole) if whole else default,
            load=self.loads.get(key, 0),
            is_recommended=is_task,
            why_not=self._why_not(key),
            department=department,
        )

    def person(self, member: Member) -> Party:
        key = f"m{member.pk}"
        return Party(
            key=key,
            name=member.name,
            note=self.titles.get(member.pk, ""),
            load=self.loads.get(key, 0),
            why_not=self._why_not(key),
            member=member,
        )

    def _why_not(self, key: str) -> str:
        at = self.returned.get(key)
        if at is None:
            return ""
        return _("Returned it: %(when)s. Only a higher level may ask again.") % {"when": moment(at, self.now)}


def party_groups(case: Case, now: datetime) -> list[PartyGroup]:
    """Everyone who may have the case: those whose task its class is, people of the place, all other departments."""
    offices = list(Department.objects.serving(case.code).select_related("parent").order_by("pk"))
    people = _people(case, now) if case.level in {Level.GRID, Level.COMMUNITY} else []
    known = _Known(
        task=case.category.department_key if case.category else "",
        loads=_loads(offices, people),
        returned=_returned(case),
        titles=titles_of((one.pk for one in people), case.code, now) if people else {},
        now=now,
    )
    departments = sorted(map(known.department, offices), key=lambda one: one.rank)
    groups = [
        PartyGroup("", [one for one in departments if one.is_recommended]),
        PartyGroup(_("People of the place"), [known.person(one) for one in people]),
        PartyGroup(_("Other departments"), [one for one in departments if not one.is_recommended]),
    ]
    return [group for group in groups if group.parties]


def _people(case: Case, now: datetime) -> list[Member]:
    """Who works at the place and may handle cases, the nearest first; for whoever is away, who stands in."""
    roles = roles_with("cases.handle")
    near = [code for code in lineage(case.code) if level_of(code).depth >= AreaLevel.COMMUNITY.depth]
    held = Posting.objects.held(clock.local(now).date()).filter(role__in=roles, code__in=near, member__is_active=True)
    return list(
        dict.fromkeys(
            worker
            for posting, worker in at_work(held.select_related("member").order_by("-code", "pk"), now)
            if not posting.categories or case.category_code.startswith(tuple(posting.categories))
        )
    )


def _loads(offices: Sequence[Department], people: Sequence[Member]) -> dict[str, int]:
    """How many open cases each of them has."""
    loads: dict[str, int] = {}
    for holder, ones in (("d", offices), ("m", people)):
        keys = [one.pk for one in ones]
        counted = DocketCount.objects.filter(holder=holder, holder_id__in=keys).values_list("holder_id")
        loads |= {f"{holder}{key}": total for key, total in counted.annotate(total=Sum("amount"))}
    return loads


def _returned(case: Case) -> dict[str, datetime]:
    """Parties that gave it back at this level, which only a higher level may ask again."""
    if above(case.level) is None:
        return {}
    parts = Assignment.objects.filter(case_id=case.pk, status="returned", level=case.level)
    return {
        f"d{part.department_id}" if part.department_id else f"m{part.member_id}": part.ended_at or part.sent_at
        for part in parts
    }
