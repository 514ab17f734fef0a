"""Who does what around a case, as people may read it: names with role and office. Reads only."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from jingwei.cases.models.catalogue import in_language
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Posting, at_work
from jingwei.places.public import level_of, lineage, names_of

FIRST_ROLES = ("grid_worker", "community_officer")
"""Who looks at a new report first: the worker of the grid, or else the community."""


def receivers(code: int, now: datetime) -> str:
    """Who will look at a report from `code` first, by name; "" where nobody is posted."""
    held = Posting.objects.held(_day(now)).filter(role__in=FIRST_ROLES, code__in=lineage(code))
    rows = at_work(held.select_related("member").order_by("-code", "pk"), now)
    for role in FIRST_ROLES:
        names = [worker.name for posting, worker in rows if posting.role == role]
        if names:
            return _(", ").join(names[:2])
    return ""


def titles_of(member_ids: Iterable[int], code: int, now: datetime) -> dict[int, str]:
    """What each of these members is, seen from a case at `code`: "Grid worker, 7th grid". Two queries.

    The posting nearest to the place tells; members without one are left out.
    """
    held = Posting.objects.held(_day(now)).filter(member_id__in=set(member_ids)).select_related("department")
    nearest: dict[int, Posting] = {}
    for posting in sorted(held, key=lambda one: _distance(one, code)):
        nearest.setdefault(posting.member_id, posting)
    names = names_of(posting.code for posting in nearest.values() if posting.code is not None)
    return {key: _title(posting, names) for key, posting in nearest.items()}


def _distance(posting: Posting, code: int) -> tuple[int, int]:
    """Postings over the place come first, the smallest area before the larger; then the others."""
    is_over = posting.code in lineage(code)
    return (0, -level_of(posting.code).depth) if is_over and posting.code else (1, posting.pk)


def _title(posting: Posting, names: dict[int, str]) -> str:
    place = office_name(posting.department) if posting.department else names.get(posting.code or 0, "")
    return _("%(role)s, %(place)s") % {"role": posting.title, "place": place}


def office_name(department: Department) -> str:
    """The name in the reader's language."""
    return in_language(department.name, department.name_en)


def _day(now: datetime) -> date:
    return clock.local(now).date()
