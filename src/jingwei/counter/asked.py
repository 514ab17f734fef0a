"""How people who asked were helped: one's own notes, and counts for whoever leads an area.

Counts go by area and by kind of matter, down to communities: a grid has one worker, and no count is to be read as that
of a person. Fewer than three people's notes are told with others' or not at all.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.public import current, kind_name
from jingwei.counter.models import FirstAsked
from jingwei.counter.policy import OVERVIEW
from jingwei.kernel.public import allowed
from jingwei.people.public import Member
from jingwei.places.public import Level, codes, names_of

DAYS = 30
PERIODS = [
    (7, gettext_lazy("Seven days")),
    (DAYS, gettext_lazy("Thirty days")),
    (90, gettext_lazy("Ninety days")),
    (365, gettext_lazy("A year")),
]
COMMON = ("36", "32", "30", "31", "23", "33", "27", "21")
"""Kinds of matter that people come to ask about, for whoever has noted nothing yet."""
FEWEST = 3
"""People whose notes make a count."""
MOST_OWN = 30
RECENT = 100


@dataclass(frozen=True)
class Line:
    """Counts of one area or one kind of matter, in the order of the ways."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Overview:
    """What leaders see. Both are empty where fewer people than make a count have noted anything."""

    areas: list[Line]
    kinds: list[Line]

    @property
    def all(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(line.counts for line in self.areas), strict=True)))


def own_counts(member: Member, since: datetime) -> tuple[int, ...]:
    """How often a member helped, in the order of the ways."""
    rows = FirstAsked.objects.filter(member_id=member.pk, asked_at__gte=since)
    found = dict(rows.order_by().values_list("way").annotate(n=Count("pk")))
    return _in_order(found)


def own_notes(member: Member) -> list[FirstAsked]:
    """The newest first."""
    rows = FirstAsked.objects.filter(member_id=member.pk).select_related("case")
    return list(rows.order_by("-asked_at", "-pk")[:MOST_OWN])


def usual_kinds(member: Member) -> list[str]:
    """The kinds of matter that a member has been asked about most, then those that are common."""
    rows = FirstAsked.objects.filter(member_id=member.pk).exclude(category_code="")
    recent = rows.order_by("-asked_at").values_list("category_code", flat=True)[:RECENT]
    asked = [kind for kind, _number in Counter(code[:2] for code in recent).most_common(len(COMMON))]
    known = {code[:2] for code in current()}
    return [kind for kind in dict.fromkeys([*asked, *COMMON, *sorted(known)]) if kind in known][: len(COMMON)]


def overview_for(member: Member, now: datetime, days: int) -> Overview:
    """Counts of the areas where the member leads."""
    rows = allowed(member, "counter.overview", FirstAsked.objects.filter(asked_at__gte=now - timedelta(days=days)))
    areas, kinds = _areas(rows.order_by(), _divided_by(member)), _kinds(rows.order_by())
    return Overview(areas, kinds)


def _divided_by(member: Member) -> Level:
    """By streets for whoever leads a district, else by communities, and never by less."""
    posts = [post for post in member.posts if OVERVIEW in post.duties and post.has_area]
    highest = min((codes.level_of(post.first).depth for post in posts), default=Level.COMMUNITY.depth)
    return Level.STREET if highest < Level.STREET.depth else Level.COMMUNITY


def _areas(rows: QuerySet[FirstAsked], level: Level) -> list[Line]:
    """In the order of the codes, those that stand together at the end."""
    found = _counts(rows, F("code") - F("code") % level.step)
    names = names_of([key for key in found if key is not None])
    lines = [
        Line(names.get(key, codes.write(key)), counts)
        for key, counts in sorted(found.items(), key=_last)
        if key is not None
    ]
    return lines + _together(found)


def _kinds(rows: QuerySet[FirstAsked]) -> list[Line]:
    """The most frequent first, those that stand together at the end."""
    found = _counts(rows.exclude(category_code=""), Left("category_code", 2))
    lines = [Line(kind_name(key), counts) for key, counts in found.items() if key is not None]
    return sorted(lines, key=lambda line: -line.total) + _together(found)


def _last(item: tuple[Any, Any]) -> tuple[bool, Any]:
    return item[0] is None, item[0]


def _together(found: Mapping[Any, tuple[int, ...]]) -> list[Line]:
    return [Line(_("All others together"), found[None])] if None in found else []


def _counts(rows: QuerySet[FirstAsked], part: Combinable) -> dict[Any, tuple[int, ...]]:
    """Counts by part. Parts of too few people stand together under None, or nowhere if they are too few even so."""
    parted = rows.annotate(part=part)
    people = dict(parted.values_list("part").annotate(n=Count("member", distinct=True)))
    few = [key for key, number in people.items() if number < FEWEST]
    together = parted.filter(part__in=few).aggregate(n=Count("member", distinct=True))["n"] if few else 0
    counts: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, way, number in parted.values_list("part", "way").annotate(n=Count("pk")):
        if key not in few or together >= FEWEST:
            counts[None if key in few else key][way] += number
    return {key: _in_order(found) for key, found in counts.items()}


def _in_order(found: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(found.get(way, 0) for way in FirstAsked.Way)
