"""A member as whoever arranges postings sees them: what they held and hold, who they stand in for, what is open."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from jingwei.people.clashes import clashes
from jingwei.people.models import Absence, Certificate, Employment, HandOver, KeptClash, Member, Posting, Training
from jingwei.people.roles import ROLES
from jingwei.people.work import open_work_counts
from jingwei.places.public import names_of


@dataclass(frozen=True)
class Held:
    """One posting of the past, of today or to come."""

    posting: Posting
    place: str
    state: str

    @property
    def duties(self) -> list[str]:
        return sorted(ROLES[self.posting.role].duties)


@dataclass(frozen=True)
class Clash:
    """Two postings that clash in these duties; `kept` says why both stay, where somebody has decided so."""

    first: Posting
    second: Posting
    duties: tuple[str, str]
    kept: KeptClash | None


@dataclass(frozen=True)
class Profile:
    member: Member
    held: list[Held]
    clashes: list[Clash]
    absences: list[Absence]
    stand_ins: list[Absence]
    hand_overs: list[HandOver]
    open_work: int
    seen_at: datetime | None
    employment: Employment | None
    trainings: list[Training]
    certificates: list[Certificate]


def profile(member: Member, day: date) -> Profile:
    """Eleven queries, and one for each source of work."""
    postings = list(member.postings.select_related("department").order_by("-begins_on", "-pk"))
    names = names_of(posting.code for posting in postings if posting.code is not None)
    return Profile(
        member=member,
        held=[Held(one, _place(one, names), _state(one, day)) for one in postings],
        clashes=_clashes([one for one in postings if _state(one, day) == "now"]),
        absences=list(member.absences.filter(ends_on__gt=day).select_related("delegate").order_by("begins_on")),
        stand_ins=list(member.stand_ins.filter(ends_on__gt=day).select_related("member").order_by("begins_on")),
        hand_overs=list(member.hand_overs.filter(done_at=None).order_by("due_on")),
        open_work=open_work_counts([member.pk]).get(member.pk, 0),
        employment=Employment.objects.filter(pk=member.pk).first(),
        trainings=list(member.trainings.order_by("-held_on", "-pk")),
        certificates=list(member.certificates.order_by("valid_until", "pk")),
        seen_at=member.sessions.aggregate(seen=Max("active_at"))["seen"],
    )


def _place(posting: Posting, names: dict[int, str]) -> str:
    return posting.department.title if posting.department else names.get(posting.code or 0, "")


def _state(posting: Posting, day: date) -> str:
    if posting.ends_on is not None and posting.ends_on <= day:
        return "past"
    return "now" if posting.begins_on <= day else "later"


def _clashes(postings: list[Posting]) -> list[Clash]:
    found = clashes(postings)
    kept = {(one.first_id, one.second_id): one for one in KeptClash.objects.filter(first__in=postings)}
    return [Clash(one, other, duties, kept.get((one.pk, other.pk))) for one, other, duties in found]
