"""What people have to know of cases when somebody leaves or an office closes: `WorkSource` of people, filled in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import docket, store
from jingwei.cases.actions import change_assistant_case, pass_on_case
from jingwei.cases.actions.parties import party_of
from jingwei.cases.models import Assignment, Case, DocketEntry
from jingwei.cases.said import headline
from jingwei.cases.workflow import LIVE
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import ROLES, Department, Member, OpenWork, Posting, at_work
from jingwei.places.public import lineage

HANDLERS = [role.key for role in ROLES.values() if "cases.handle" in role.duties]


class CaseWork:
    """Open cases, as work that lies with members and departments."""

    key = "cases"
    title = pgettext_lazy("work", "Cases")

    def counts(self, member_ids: Iterable[int]) -> Mapping[int, int]:
        mine = DocketEntry.objects.filter(holder="m", holder_id__in=list(member_ids), is_party=True)
        return dict(mine.values_list("holder_id").annotate(Count("pk")))

    def of_member(self, member: Member, most: int) -> Sequence[OpenWork]:
        mine = DocketEntry.objects.filter(holder="m", holder_id=member.pk, is_party=True)
        rows = mine.select_related("case__category").order_by("due_at", "case_id")[:most]
        return [self._work(row.case, member, row.due_at) for row in rows]

    def _work(self, case: Case, member: Member, due_at: datetime) -> OpenWork:
        return OpenWork(self.key, f"{case.pk} {party_of(member)}", case.number, headline(case), case.code, due_at)

    def takers(self, work: Sequence[OpenWork]) -> Mapping[str, Sequence[Member]]:
        """Three queries, however much it is."""
        now = clock.now()
        keys = {one.id: UUID(one.key.split()[0]) for one in work}
        classes = dict(Case.objects.filter(pk__in=keys.values()).values_list("pk", "category_code"))
        areas = {code for one in work for code in lineage(one.code)}
        held = Posting.objects.held(clock.local(now).date()).filter(role__in=HANDLERS, code__in=areas)
        rows = at_work(held.filter(member__is_active=True).select_related("member").order_by("-code", "pk"), now)
        return {
            one.id: list(dict.fromkeys(worker for posting, worker in rows if _reaches(posting, one.code, category)))
            for one in work
            for category in [classes.get(keys[one.id], "")]
        }

    def pass_on(self, key: str, to: Member, words: str, by: Member, now: datetime | None) -> None:
        case_id, party = key.split()
        case = Case.objects.filter(pk=UUID(case_id)).first()
        if case is None:
            raise Refused(_("This case is no longer there."))
        _pass(case, party, to, words=words, by=by, now=now)

    def in_departments(self, department_ids: Iterable[int]) -> int:
        return DocketEntry.objects.filter(holder="d", holder_id__in=list(department_ids), is_party=True).count()

    def pass_department(
        self, department: Department, to: Department, words: str, by: Member, now: datetime | None
    ) -> int:
        ours = DocketEntry.objects.filter(holder="d", holder_id=department.pk, is_party=True)
        cases = [row.case for row in ours.select_related("case").order_by("due_at", "case_id")]
        for case in cases:
            _pass(case, party_of(department), to, words=words, by=by, now=now)
        return len(cases)

    def departments_moved(self, department_ids: Iterable[int]) -> None:
        """Their open cases lie on the dockets of other departments above them from now on."""
        ours = DocketEntry.objects.filter(holder="d", holder_id__in=list(department_ids), is_party=True)
        departments = docket.lineages()
        for case_id in sorted(ours.values_list("case_id", flat=True)):
            store.redocket(case_id, departments)


def _pass(case: Case, party: str, to: Department | Member, *, words: str, by: Member, now: datetime | None) -> None:
    """What `party` has of the case goes to another: the lead as it stands, an assistant's part as a new one.

    Whoever has a part of it already is not called in twice.
    """
    parts = Assignment.objects.filter(case_id=case.pk, status__in=LIVE)
    live = {part.party: part for part in parts}
    if party in live and live[party].role == Assignment.Role.ASSIST:
        add = [] if party_of(to) in live else [to]
        change_assistant_case(case, add=add, release=[party], words=words, by=by, now=now, is_sight_needed=False)
    elif isinstance(to, Department):
        pass_on_case(case, department=to, words=words, by=by, now=now)
    else:
        pass_on_case(case, member=to, words=words, by=by, now=now)


def _reaches(posting: Posting, code: int, category: str) -> bool:
    takes = not posting.categories or category.startswith(tuple(posting.categories))
    return takes and posting.code in lineage(code)
