"""Whether somebody may be sent a case at all: by place, class and post."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jingwei.cases.models import Case
from jingwei.kernel.public import Refused
from jingwei.people.public import Department, Member, Post
from jingwei.places.public import lineage, metres_between


def check_parties(case: Case, parties: Iterable[Department | Member | None]) -> None:
    """Refuse parties that have nothing to do with the place or the class."""
    for party in parties:
        if isinstance(party, Department) and party.code not in lineage(case.code):
            raise Refused(_("%(name)s does not serve this place. Choose another.") % {"name": party.name})
        if isinstance(party, Member) and not (party.is_active and any(_handles(post, case) for post in party.posts)):
            raise Refused(_("%(name)s does not handle such cases here. Choose another.") % {"name": party.name})


def _handles(post: Post, case: Case) -> bool:
    return "cases.handle" in post.duties and post.covers(case.code) and post.takes(case.category_code)


def party_of(one: Department | Member) -> str:
    """As steps name it."""
    return f"d{one.pk}" if isinstance(one, Department) else f"m{one.pk}"


def metres_from(case: Case, at: tuple[float, float] | None) -> int | None:
    """How far a position is from the point of the case; None where either is not known."""
    if at is None or case.longitude is None or case.latitude is None:
        return None
    return round(metres_between((case.longitude, case.latitude), at))
