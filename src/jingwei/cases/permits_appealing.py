"""The permits of appeals, with two faces: whom something speaks against, and who decides."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from jingwei.cases.appealing import offices_of, records, waiting_for
from jingwei.cases.limits import MOST_CHARGED, WORKED
from jingwei.cases.models import Assignment, Case, Errand, Report, Stage, Step
from jingwei.cases.workflow import Part, Status
from jingwei.kernel.public import Permit
from jingwei.people.public import Member, Post


@dataclass(frozen=True)
class Charged(Permit):
    """Something on record speaks against them: their report was not filed, they did not keep a limit, their work got a
    poor rating. `appealing.records` says so of one case, here stands the same for a table.
    """

    def holds(self, member: Member, thing: Case) -> bool:
        return any(record.charges(member) for record in records(thing))

    def lists(self, member: Member) -> list[Q]:
        reported = Report.objects.filter(member_id=member.pk).values("case_id")
        offices = sorted(offices_of(member))
        missed = Stage.objects.filter(ended_at__gt=F("due_at"), is_excluded=False)
        worked = missed.filter(name__in=WORKED)
        own = Assignment.objects.filter(member_id__in=member.stands_for).values("case_id")
        handled = Assignment.objects.filter(
            Q(handler_id__in=member.stands_for) | Q(department_id__in=offices), status=Part.DONE
        )
        solved = Step.objects.filter(verb="solve", actor_id__in=member.stands_for)
        rated = Q(pk__in=Step.objects.filter(verb="rate", detail__grade__lte=MOST_CHARGED).values("case_id"))
        return [
            Q(status=Status.REJECTED, pk__in=reported),
            Q(pk__in=worked.filter(department_id__in=offices).values("case_id")),
            Q(pk__in=worked.filter(department__isnull=True).values("case_id")) & Q(pk__in=own),
            rated & (Q(pk__in=handled.values("case_id")) | Q(pk__in=solved.values("case_id"))),
            *(
                Q(code__range=span, pk__in=missed.filter(level=post.level).exclude(name__in=WORKED).values("case_id"))
                for post in member.posts
                if "cases.answer" in post.duties
                for span in post.spans
            ),
        ]


@dataclass(frozen=True)
class Judges(Permit):
    """Decides appeals at the level before which one of the case is."""

    def holds(self, member: Member, thing: Case) -> bool:
        return bool(waiting_for(thing, member))

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=span, pk__in=_appealed(post.level).values("case_id"))
            for post in self._posts(member)
            for span in post.spans
        ]

    def _posts(self, member: Member) -> list[Post]:
        return [post for post in member.posts if "cases.judge" in post.duties and post.has_area]


def _appealed(level: str | None) -> QuerySet[Errand]:
    return Errand.objects.filter(kind=Errand.Kind.APPEAL, ended_at=None, level=level)
