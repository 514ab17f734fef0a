"""Who a case may be dispatched to: departments that serve the place, people who work there. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from jingwei.cases.models import Assignment, Case, DocketCount
from jingwei.cases.models.docket import COURSE
from jingwei.cases.obstacles import counted_returns
from jingwei.cases.persons import office_name, titles_of
from jingwei.cases.routing.proposing import Proposal, proposal_for
from jingwei.cases.workflow import Level, above
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Member, Posting, at_work, roles_with
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import level_of, lineage
from jingwei.ui.public import moment


@dataclass(frozen=True)
class Party:
    """One to choose. `note` says why it is recommended or what it is part of; `why_not` why it cannot be chosen.

    `is_lightest`: of the people of the place, the one at work with the fewest open cases.
    """

    key: str
    name: str
    note: str
    load: int
    is_recommended: bool = False
    is_lightest: bool = False
    why_not: str = ""
    department: Department | None = None
    member: Member | None = None

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Those that can be chosen first, whole departments before their parts, the nearest before the farther, and
        who has less in hand before who has more.
        """
        is_part = self.department is not None and self.department.parent_id is not None
        return bool(self.why_not), is_part, -level_of(self.department.code).depth if self.department else 0, self.load


@dataclass(frozen=True)
class PartyGroup:
    """`title` is empty for those that are recommended, which come first."""

    title: str
    parties: list[Party]


@dataclass(frozen=True)
class _Known:
    """What is known of the parties of one case: open cases of each, and when which gave it back."""

    task: str
    proposal: Proposal
    loads: Mapping[str, int]
    returned: Mapping[str, datetime]
    titles: Mapping[int, str]
    now: datetime

    def department(self, department: Department) -> Party:
        key = f"d{department.pk}"
        whole = department.parent
        is_proposed, said = self._proposed(key, {department.key, whole.key if whole else ""})
        return Party(
            key=key,
            name=office_name(department),
            note=office_name(whole) if whole and not (is_proposed and self.proposal.keys) else said,
            load=self.loads.get(key, 0),
            is_recommended=is_proposed,
            why_not=self._why_not(key),
            department=department,
        )

    def _proposed(self, key: str, offices: set[str]) -> tuple[bool, str]:
        """Whether the rules propose it, or where they propose nobody the category table does, and how to say so."""
        if self.proposal.keys:
            return key in self.proposal.keys, self.proposal.said
        is_task = bool(self.task) and self.task in offices
        return is_task, _("Leads here by the table of duties") if is_task else ""

    def person(self, member: Member, away: str = "") -> Party:
        """Who is `away` cannot be chosen: that says who stands in."""
        key = f"m{member.pk}"
        is_proposed = key in self.proposal.keys
        title = self.titles.get(member.pk, "")
        return Party(
            key=key,
            name=member.name,
            note=_("%(title)s. %(said)s") % {"title": title, "said": self.proposal.said} if is_proposed else title,
            load=self.loads.get(key, 0),
            is_recommended=is_proposed,
            why_not=away or self._why_not(key),
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
    people = _people(case, now) if case.level in {Level.GRID, Level.COMMUNITY} else {}
    known = _Known(
        task=case.category.department_key if case.category else "",
        proposal=proposal_for(case, now),
        loads=_loads(offices, list(people)),
        returned=_returned(case),
        titles=titles_of((one.pk for one in people), case.code, now) if people else {},
        now=now,
    )
    departments = sorted(map(known.department, offices), key=lambda one: one.rank)
    persons = _by_load(known.person(one, away) for one, away in people.items())
    groups = [
        PartyGroup("", [one for one in (*departments, *persons) if one.is_recommended]),
        PartyGroup(_("People of the place"), [one for one in persons if not one.is_recommended]),
        PartyGroup(_("Other departments"), [one for one in departments if not one.is_recommended]),
    ]
    return [group for group in groups if group.parties]


def _people(case: Case, now: datetime) -> dict[Member, str]:
    """Who works at the place and may handle cases, the nearest first, and last who is away, with who stands in."""
    roles = roles_with("cases.handle")
    near = [code for code in lineage(case.code) if level_of(code).depth >= AreaLevel.COMMUNITY.depth]
    held = Posting.objects.held(clock.local(now).date()).filter(role__in=roles, code__in=near, member__is_active=True)
    postings = [
        posting
        for posting in held.select_related("member").order_by("-code", "pk")
        if not posting.categories or case.category_code.startswith(tuple(posting.categories))
    ]
    workers = {posting.pk: worker for posting, worker in at_work(postings, now)}
    at_it = dict.fromkeys(workers.values(), "")
    away = {one.member: _away(workers.get(one.pk)) for one in postings if workers.get(one.pk) != one.member}
    return at_it | {member: said for member, said in away.items() if member not in at_it}


def _away(stand_in: Member | None) -> str:
    if stand_in is None:
        return _("Away, and nobody stands in.")
    return _("Away. %(name)s stands in.") % {"name": stand_in.name}


def _by_load(persons: Iterable[Party]) -> list[Party]:
    """Who can be chosen first, and who has the least in hand before the others; that one is marked."""
    ordered = sorted(persons, key=lambda one: (bool(one.why_not), one.load))
    several = [one for one in ordered if not one.why_not][1:]
    return [replace(one, is_lightest=bool(several) and place == 0) for place, one in enumerate(ordered)]


def _loads(offices: Sequence[Department], people: Sequence[Member]) -> dict[str, int]:
    """How many open cases each of them has."""
    loads: dict[str, int] = {}
    for holder, ones in (("d", offices), ("m", people)):
        keys = [one.pk for one in ones]
        counted = DocketCount.objects.filter(holder=holder, holder_id__in=keys, tray__in=COURSE)
        sums = counted.values_list("holder_id").annotate(total=Sum("amount"))
        loads |= {f"{holder}{key}": total for key, total in sums}
    return loads


def _returned(case: Case) -> dict[str, datetime]:
    """Parties that gave it back at this level, which only a higher level may ask again."""
    if above(case.level) is None:
        return {}
    parts = counted_returns(case, Assignment.objects.filter(case_id=case.pk, status="returned"))
    return {part.party: part.ended_at or part.sent_at for part in parts}
