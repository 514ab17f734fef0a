"""What the form for a new dispute offers: where it may be, and what a case says of it already. Reads only."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, SheetLink
from jingwei.kernel.public import may
from jingwei.mediation.policy import APPOINT, MEDIATE
from jingwei.mediation.rules import DISPUTES, Kind, Level
from jingwei.people.public import Member
from jingwei.places.public import Area, codes, level_of, names_of
from jingwei.places.public import Level as AreaLevel

KINDS = {"3003": Kind.PROPERTY, "3103": Kind.FAMILY, "3104": Kind.TENANCY, "3601": Kind.WAGES}


def is_dispute(category_code: str) -> bool:
    """Whether cases of this class are disputes, which somebody could mediate."""
    return category_code.startswith(DISPUTES)


def kind_of(case: Case | None) -> str:
    """What a case of this class is about as a dispute."""
    if case is None or not is_dispute(case.category_code):
        return ""
    return KINDS.get(case.category_code, Kind.NEIGHBOURS)


def places_for(member: Member, case: Case | None) -> list[tuple[str, str]]:
    """Codes and names of the areas in which `member` may open a mediation; that of the case, where there is one."""
    if case is not None:
        code = codes.ancestor(case.code, AreaLevel.GRID) if level_of(case.code) is AreaLevel.UNIT else case.code
        return [(codes.write(code), names_of([code]).get(code, ""))]
    spans = [span for post in member.posts if post.duties & {MEDIATE, APPOINT} and post.has_area for span in post.spans]
    if not spans:
        return []
    within = reduce(or_, (Q(code__range=span) for span in spans))
    levels = [AreaLevel.STREET.value, AreaLevel.COMMUNITY.value, AreaLevel.GRID.value]
    rows = Area.objects.current().filter(within, level__in=levels).order_by("-code")
    found = sorted(rows, key=lambda area: (-level_of(area.code).depth, area.code))
    names = names_of([area.code for area in found])
    return [(codes.write(area.code), names.get(area.code, "")) for area in found]


def lowest(code: str) -> str:
    """The level that mediates first at this place."""
    level = level_of(codes.read(code)).value
    return level if level in Level.values else Level.GRID


def link_of(case: Case, member: Member) -> SheetLink | None:
    """From the sheet of a case of a dispute class, for whoever mediates there, be it mediated already or not."""
    if not is_dispute(case.category_code) or not may(member, "mediation.open_for", case):
        return None
    return SheetLink(_("Mediate this dispute"), f"{reverse('mediation:new')}?case={case.number}", "users")
