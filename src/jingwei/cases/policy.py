"""Who may do what with a case: permits with two faces, `holds` for one case and `lists` for a table."""

from dataclasses import dataclass

from django.db.models import Q

from jingwei.cases.models import Assignment, Case, DocketEntry, Report
from jingwei.cases.workflow import LIVE, Status
from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, has_duty


@dataclass(frozen=True)
class Reporter(Permit):
    """Whoever reported it, or one of those who did."""

    def holds(self, member: Member, thing: Case) -> bool:
        return Report.objects.filter(case_id=thing.pk, member_id=member.pk).exists()

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Report.objects.filter(member_id=member.pk).values("case_id"))]


@dataclass(frozen=True)
class Answers(Permit):
    """Holds `duty` in a post at the very level that answers for the case, in its area."""

    duty: str

    def holds(self, member: Member, thing: Case) -> bool:
        return any(
            self.duty in post.duties
            and post.level == thing.level
            and post.covers(thing.code)
            and post.takes(thing.category_code or None)
            for post in member.posts
        )

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=(post.first, post.last), level=post.level) & _within(post.categories)
            for post in member.posts
            if self.duty in post.duties and post.has_area
        ]


def _within(categories: tuple[str, ...]) -> Q:
    within = Q()
    for beginning in categories:
        within |= Q(category_code__startswith=beginning)
    return within


@dataclass(frozen=True)
class Party(Permit):
    """A live assignment is theirs: to themselves, or to their department or one below it."""

    duty: str = "cases.handle"

    def holds(self, member: Member, thing: Case) -> bool:
        live = Assignment.objects.filter(case_id=thing.pk, status__in=LIVE)
        return live.filter(self._theirs(member)).exists()

    def lists(self, member: Member) -> list[Q]:
        mine = DocketEntry.objects.filter(holder="m", holder_id=member.pk, is_party=True)
        branches = [Q(pk__in=mine.values("case_id"))]
        if departments := self._departments(member):
            ours = DocketEntry.objects.filter(holder="d", holder_id__in=departments, is_party=True)
            branches.append(Q(pk__in=ours.values("case_id")))
        return branches

    def _theirs(self, member: Member) -> Q:
        return Q(member_id=member.pk) | Q(department_id__in=self._departments(member))

    def _departments(self, member: Member) -> list[int]:
        return sorted({key for post in member.posts if self.duty in post.duties for key in post.department_ids})


@dataclass(frozen=True)
class WasParty(Party):
    """An assignment is or was theirs: who handled a case goes on seeing how it ended."""

    def holds(self, member: Member, thing: Case) -> bool:
        return Assignment.objects.filter(case_id=thing.pk).filter(self._theirs(member)).exists()

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Assignment.objects.filter(member_id=member.pk).values("case_id"))] + [
            Q(pk__in=Assignment.objects.filter(department_id=key).values("case_id"))
            for key in self._departments(member)
        ]


@dataclass(frozen=True)
class NotHandler(Permit):
    """Did not handle it: nobody checks their own work."""

    def holds(self, member: Member, thing: Case) -> bool:
        return not Assignment.objects.filter(case_id=thing.pk, handler_id=member.pk).exists()

    def lists(self, member: Member) -> list[Q]:
        return [~Q(pk__in=Assignment.objects.filter(handler_id=member.pk).values("case_id"))]


@dataclass(frozen=True)
class CheckedByReporter(Permit):
    """The class of the case leaves the check to whoever reported it."""

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for everyone
        return thing.category is not None and thing.category.check_by == "reporter"

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 the same for everyone
        return [Q(category__check_by="reporter")]


@dataclass(frozen=True)
class InStatus(Permit):
    """The case is in one of these states."""

    statuses: frozenset[str]

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for everyone
        return thing.status in self.statuses

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 the same for everyone
        return [Q(status__in=sorted(self.statuses))]


reporter = Reporter()
party = Party()
checker = (has_duty("cases.check") | (reporter & CheckedByReporter())) & NotHandler()

permit("cases.see", reporter | has_duty("cases.see") | party | WasParty(), Case)
permit("cases.desk", has_duty("cases.see") | party | WasParty(), Case)  # not for whoever merely reported it
permit("cases.contact", reporter | has_duty("cases.contact") | party, Case)
permit("cases.withdraw", reporter, Case)
permit("cases.solve", has_duty("cases.solve"), Case)
permit("cases.file", has_duty("cases.file"), Case)
permit("cases.reject", has_duty("cases.file"), Case)
permit("cases.escalate", Answers("cases.answer"), Case)
permit("cases.send_down", Answers("cases.answer"), Case)
permit("cases.dispatch", Answers("cases.dispatch"), Case)
permit("cases.recall", Answers("cases.dispatch"), Case)
permit("cases.report_in", party, Case)
permit("cases.return", party, Case)
permit("cases.handle", party, Case)
permit("cases.check", checker, Case)
permit("cases.rework", checker, Case)
permit("cases.rate", reporter, Case)
permit("cases.reopen", reporter | (has_duty("cases.check") & NotHandler()), Case)
permit(
    "cases.add_photo",
    (reporter & InStatus(frozenset({Status.REPORTED, Status.FILED}))) | has_duty("cases.file") | party,
    Case,
)
