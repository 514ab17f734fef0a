"""Who may do what with a case: permits with two faces, `holds` for one case and `lists` for a table.

`holds` reads parts, reports and steps through the case, so that whoever asks many permits loads them once
(`loading.load_beside`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Q, QuerySet

from jingwei.cases.models import Assignment, Case, Category, DocketEntry, Report, SignalRule, Step
from jingwei.cases.permits_appealing import Charged, Judges
from jingwei.cases.policy_levels import Answers, AnswersAbove, Calls, within
from jingwei.cases.workflow import ENDS, LIVE, OPEN, Level, Part, Status
from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, Post, has_duty, has_duty_anywhere
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import ancestor, level_of

SEE, SOLVE, HANDLE, ALARM = "cases.see", "cases.solve", "cases.handle", "cases.alarm"


@dataclass(frozen=True)
class Reporter(Permit):
    """Whoever reported it, or one of those who did."""

    def holds(self, member: Member, thing: Case) -> bool:
        return member.pk is not None and any(report.member_id == member.pk for report in thing.reports.all())

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Report.objects.filter(member_id=member.pk).values("case_id"))]


@dataclass(frozen=True)
class Sender(Permit):
    """Wrote the report down, for whomever: the software that sent it, or who took the call."""

    def holds(self, member: Member, thing: Case) -> bool:
        return member.pk is not None and any(report.sender_id == member.pk for report in thing.reports.all())

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Report.objects.filter(sender_id=member.pk).values("case_id"))]


@dataclass(frozen=True)
class Solves(Permit):
    """Holds the duty to solve in a post whose level may end the class of the case; one not filed yet may get any class.

    Which class it then gets is asked about by `may_solve`.
    """

    def holds(self, member: Member, thing: Case) -> bool:
        return any(
            post.covers(thing.code)
            and post.takes(thing.category_code or None)
            and (thing.category is None or thing.category.level in _ends(post))
            for post in self._posts(member)
        )

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=span) & known & within(post.categories)
            for post in self._posts(member)
            for span in post.spans
            for known in (Q(category=None), Q(category__level__in=sorted(_ends(post))))
        ]

    def _posts(self, member: Member) -> list[Post]:
        return [post for post in member.posts if SOLVE in post.duties and post.has_area]


def _ends(post: Post) -> frozenset[Level]:
    """The levels whose classes a post may end on the spot. A unit's answers like its grid, a city's like a district."""
    depth = min(max(AreaLevel(str(post.level)).depth, AreaLevel.DISTRICT.depth), AreaLevel.GRID.depth)
    return ENDS[Level(list(AreaLevel)[depth].value)]


def may_solve(member: Member, case: Case, category: Category) -> bool:
    """Whether `member` may end `case` on the spot as one of `category`."""
    return any(
        SOLVE in post.duties and post.covers(case.code) and post.takes(category.code) and category.level in _ends(post)
        for post in member.posts
    )


def may_place(member: Member, case: Case, code: int) -> bool:
    """Whether `member` may file `case` at `code`: where they file themselves, or next door in the same community."""
    if any("cases.file" in post.duties and post.covers(code) for post in member.posts):
        return True
    is_near = level_of(case.code).depth >= AreaLevel.COMMUNITY.depth <= level_of(code).depth
    return is_near and ancestor(case.code, AreaLevel.COMMUNITY) == ancestor(code, AreaLevel.COMMUNITY)


@dataclass(frozen=True)
class Party(Permit):
    """A live assignment is theirs: to themselves or to whom they stand in for, or to their department or one below it,
    as far as a post with one of `duties` goes.

    With `besides`, a duty: leaves out posts that hold it in an area, which it opens anyway, and quicker. With `role`,
    only those who lead, or who assist; `statuses` are those of their part.
    """

    duties: tuple[str, ...] = (HANDLE,)
    besides: str = ""
    role: str = ""
    statuses: frozenset[Part] = LIVE

    def holds(self, member: Member, thing: Case) -> bool:
        return any(self.owns(member, thing, part) for part in thing.assignments.all())

    def owns(self, member: Member, thing: Case, part: Assignment) -> bool:
        """Whether one part of the case is theirs."""
        if (self.role and part.role != self.role) or part.status not in self.statuses:
            return False
        return self._is_theirs(member, thing, part)

    def _parts(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        rows = rows.filter(status__in=sorted(self.statuses))
        return rows.filter(role=self.role) if self.role else rows

    def lists(self, member: Member) -> list[Q]:
        if self.role or self.statuses != LIVE:
            return self._lists_of_parts(member)
        mine = DocketEntry.objects.filter(holder="m", holder_id__in=member.stands_for, is_party=True)
        return [Q(pk__in=mine.values("case_id"))] + [
            Q(pk__in=ours.values("case_id")) & reach
            for reach, departments in self._departments(member).items()
            for ours in [DocketEntry.objects.filter(holder="d", holder_id__in=departments, is_party=True)]
        ]

    def _lists_of_parts(self, member: Member) -> list[Q]:
        parts = self._parts(Assignment.objects.all())
        return [Q(pk__in=parts.filter(member_id__in=member.stands_for).values("case_id"))] + [
            Q(pk__in=parts.filter(department_id__in=departments).values("case_id")) & reach
            for reach, departments in self._departments(member).items()
        ]

    def _is_theirs(self, member: Member, thing: Case, part: Assignment) -> bool:
        return part.member_id in member.stands_for or part.department_id in self._offices(member, thing)

    def _offices(self, member: Member, thing: Case) -> set[int]:
        return {key for post in self._posts(member) if self._reaches(post, thing) for key in post.department_ids}

    def _posts(self, member: Member) -> list[Post]:
        return [
            post
            for post in member.posts
            if not post.duties.isdisjoint(self.duties)
            and post.department_ids
            and not (post.has_area and self.besides in post.duties)
        ]

    def _reaches(self, post: Post, thing: Case) -> bool:
        return (post.covers(thing.code) or not post.has_area) and post.takes(thing.category_code or None)

    def _departments(self, member: Member) -> dict[Q, list[int]]:
        """The departments a member handles for, by how far: most posts in one go everywhere and take all classes."""
        departments: defaultdict[Q, set[int]] = defaultdict(set)
        for post in self._posts(member):
            for place in [Q(code__range=span) for span in post.spans] or [Q()]:
                departments[place & within(post.categories)] |= post.department_ids
        return {reach: sorted(keys) for reach, keys in departments.items()}


@dataclass(frozen=True)
class WasParty(Party):
    """An assignment is or was theirs: who handled a case goes on seeing how it ended."""

    def holds(self, member: Member, thing: Case) -> bool:
        return any(self._is_theirs(member, thing, part) for part in thing.assignments.all())

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Assignment.objects.filter(member_id__in=member.stands_for).values("case_id"))] + [
            Q(pk__in=Assignment.objects.filter(department_id=key).values("case_id")) & reach
            for reach, departments in self._departments(member).items()
            for key in departments
        ]


@dataclass(frozen=True)
class NotHandler(Permit):
    """Neither handled it nor confirmed that, nor did anyone they stand in for: nobody checks their own work."""

    def holds(self, member: Member, thing: Case) -> bool:
        worked = {key for part in thing.assignments.all() for key in (part.handler_id, part.confirmed_by_id)}
        return worked.isdisjoint(member.stands_for)

    def lists(self, member: Member) -> list[Q]:
        theirs = Q(handler_id__in=member.stands_for) | Q(confirmed_by_id__in=member.stands_for)
        return [~Q(pk__in=Assignment.objects.filter(theirs).values("case_id"))]


@dataclass(frozen=True)
class NotSolver(Permit):
    """Did not end it on the spot, nor did anyone they stand in for."""

    def holds(self, member: Member, thing: Case) -> bool:
        return not _has_solved(member, thing)

    def lists(self, member: Member) -> list[Q]:
        return [~Q(pk__in=_solved(member).values("case_id"))]


def _has_solved(member: Member, case: Case) -> bool:
    return any(step.verb == "solve" and step.actor_id in member.stands_for for step in case.steps.all())


def _solved(member: Member) -> QuerySet[Step]:
    return Step.objects.filter(verb="solve", actor_id__in=member.stands_for)


@dataclass(frozen=True)
class NotReviewed(Permit):
    """Neither solved nor handled it, nor works where it was handled: a rating of it is not about them."""

    def holds(self, member: Member, thing: Case) -> bool:
        offices = _offices(member)
        return not _has_solved(member, thing) and not any(
            part.department_id in offices or not {part.handler_id, part.member_id}.isdisjoint(member.stands_for)
            for part in thing.assignments.all()
        )

    def lists(self, member: Member) -> list[Q]:
        return [~Q(pk__in=_handled(member).values("case_id")) & ~Q(pk__in=_solved(member).values("case_id"))]


def _handled(member: Member) -> QuerySet[Assignment]:
    mine = Q(handler_id__in=member.stands_for) | Q(member_id__in=member.stands_for)
    return Assignment.objects.filter(mine | Q(department_id__in=sorted(_offices(member))))


def _offices(member: Member) -> set[int]:
    return {key for post in member.posts for key in post.department_ids}


@dataclass(frozen=True)
class Present(Permit):
    """At work, and not away: what was sent to somebody rests with them until they are back."""

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for every case
        return not member.is_away

    def lists(self, member: Member) -> list[Q]:
        return [] if member.is_away else [Q()]


@dataclass(frozen=True)
class CheckedByReporter(Permit):
    """The class of the case leaves the check to whoever reported it."""

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for everyone
        return thing.category is not None and thing.category.check_by == "reporter"

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 the same for everyone
        return [Q(category__check_by="reporter")]


@dataclass(frozen=True)
class Unconfirmed(Permit):
    """The class of the case does not ask the department to confirm what its handler did."""

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for everyone
        return thing.category is None or not thing.category.needs_confirmation

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 the same for everyone
        return [Q(category=None), Q(category__needs_confirmation=False)]


@dataclass(frozen=True)
class InStatus(Permit):
    """The case is in one of these states."""

    statuses: frozenset[str]

    def holds(self, member: Member, thing: Case) -> bool:  # noqa: ARG002 the same for everyone
        return thing.status in self.statuses

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 the same for everyone
        return [Q(status__in=sorted(self.statuses))]


def works(duty: str) -> Permit:
    """A post gives `duty` where the case is, and takes its class."""
    return has_duty(duty, categories="category_code")


reporter = Reporter()
looking = Party((SEE, HANDLE))
party = Party() & Present()
lead = Party(role=Assignment.Role.LEAD) & Present()
ASSISTING: Mapping[str, Party] = MappingProxyType(
    {
        verb: Party(role=Assignment.Role.ASSIST, statuses=statuses)
        for verb, statuses in (
            ("join", frozenset({Part.SENT})),
            ("finish", frozenset({Part.ACCEPTED})),
            ("decline", LIVE),
        )
    }
)
"""The moves of assistants, by what their part has to be."""
checker = (works("cases.check") | (reporter & CheckedByReporter())) & NotHandler()

permit("cases.see", works(SEE) | reporter | looking | WasParty((SEE, HANDLE)), Case)
permit("cases.desk", works(SEE) | looking | WasParty((SEE, HANDLE)), Case)  # not for whoever merely reported it
# A list, quick however many there are: without what was theirs once.
permit("cases.list", works(SEE) | Party((SEE, HANDLE), besides=SEE), Case)
judge = Judges()
permit(
    "cases.rating", reporter | ((works("cases.contact") | judge) & NotReviewed()), Case
)  # who rated it, and in which words
permit(
    "cases.contact",
    (works("cases.contact") & (InStatus(frozenset(Status) - {Status.CLOSED}) | NotReviewed()))
    | (judge & NotReviewed())
    | reporter
    | party,
    Case,
)
permit("cases.withdraw", reporter, Case)
permit("cases.alarm", has_duty(ALARM) | reporter | Sender(), Case)
permit("cases.answer_alarm", has_duty(ALARM), Case)
permit("cases.stand_down", lead, Case)
permit("cases.call_off", lead, Case)
permit("cases.solve", Solves(), Case)
permit("cases.file", works("cases.file"), Case)
permit("cases.reject", works("cases.file"), Case)
permit("cases.escalate", Answers("cases.answer"), Case)
permit("cases.send_down", Answers("cases.answer"), Case)
permit("cases.raise", works("cases.supervise"), Case)
permit("signals.set_rules", has_duty_anywhere("configuration.manage"), SignalRule)
permit("cases.dispatch", Answers("cases.dispatch"), Case)
permit("cases.whistle", Calls("cases.dispatch"), Case)
permit("cases.recall", Answers("cases.dispatch"), Case)
HANDS_OVER = has_duty("people.postings") | has_duty("people.accounts") | has_duty("people.departments")
"""Whoever arranges postings passes on what somebody leaves behind."""
permit("cases.pass_on", Answers("cases.dispatch") | HANDS_OVER, Case)
permit("cases.change_assistant", Answers("cases.dispatch") | HANDS_OVER, Case)
for _verb, _assisting in ASSISTING.items():
    permit(f"cases.{_verb}", _assisting & Present(), Case)
permit("cases.ask_extension", lead, Case)
permit("cases.extend", Answers("cases.dispatch"), Case)
permit("cases.refuse_extension", Answers("cases.dispatch"), Case)
permit("cases.ask_suspension", lead, Case)
permit("cases.suspend", AnswersAbove("cases.supervise"), Case)
permit("cases.deny_suspension", AnswersAbove("cases.supervise"), Case)
permit("cases.keep_suspended", AnswersAbove("cases.supervise"), Case)
permit("cases.resume", lead | Answers("cases.dispatch") | AnswersAbove("cases.supervise"), Case)
permit("cases.report_in", lead, Case)
permit("cases.return", lead, Case)
confirms = Party(("cases.confirm",), role=Assignment.Role.LEAD) & Present()
permit("cases.submit", lead, Case)
permit("cases.improve", confirms, Case)
permit("cases.handle", (lead & Unconfirmed()) | confirms, Case)
permit("cases.check", checker, Case)
permit("cases.rework", checker, Case)
permit("cases.rate", reporter, Case)
permit("cases.merge", works("cases.dispatch"), Case)
permit("cases.absorb", works("cases.dispatch"), Case)
permit("cases.unmerge", works("cases.dispatch"), Case)
permit("cases.let_go", works("cases.dispatch"), Case)
permit("cases.group", works("cases.dispatch"), Case)
permit("cases.ungroup", works("cases.dispatch"), Case)
permit("cases.call_back", works("cases.dispatch") & NotHandler(), Case)
permit("cases.review", works("cases.dispatch") & NotHandler(), Case)
permit("cases.inspect", works("cases.check") & NotHandler() & NotSolver(), Case)
permit("cases.appeal", Charged() & Present(), Case)
permit("cases.decide", judge, Case)
permit("cases.urge", reporter | Sender() | works("cases.supervise"), Case)
permit("cases.supervise", works("cases.supervise"), Case)
permit(
    "cases.reply",
    party | (InStatus(frozenset({Status.REPORTED, Status.FILED, Status.HANDLED})) & Answers("cases.answer")),
    Case,
)
permit("cases.reopen", reporter | (works("cases.check") & NotHandler()), Case)
permit(
    "cases.add_photo",
    (InStatus(frozenset({Status.REPORTED, Status.FILED})) & (reporter | Sender()))
    | (InStatus(OPEN) & works("cases.file"))
    | (InStatus(frozenset({Status.HANDLED})) & checker)
    | party,
    Case,
)
