"""Which cases a question of Open311 is about: the public ones, and for a key those that it may see."""

from collections.abc import Sequence
from functools import reduce
from math import cos, radians
from operator import or_
from typing import TypeVar

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.utils.translation import gettext as _

from jingwei.cases.public import OPEN, Case, moved_between, sent_by
from jingwei.exchange.open311.answers import Fault
from jingwei.exchange.open311.asking import Asked, Box, Circle
from jingwei.kernel.public import allowed, allowed_first, may
from jingwei.people.public import Member
from jingwei.places.public import Area, Level, codes, spans_of
from jingwei.publication.public import PublicCase

METRES_A_DEGREE = 111_320.0
Spans = Sequence[tuple[int, int]]
Row = TypeVar("Row", Case, PublicCase)
Listed = Case | PublicCase
"""A case as a key may see it, or as everybody may: of both, the same few fields are told."""


def jurisdiction(wanted: str) -> Spans | None:
    """The areas of a jurisdiction: the six digits of a district. None: this site has one, and none was named.

    Fault 400 where one has to be named, 404 where it is not ours.
    """
    districts = {
        codes.write(code)[:6]: code
        for code in Area.objects.current().at(Level.DISTRICT).values_list("code", flat=True).order_by("code")
    }
    if not wanted:
        if len(districts) > 1:
            known = ", ".join(districts)
            raise Fault(400, _("jurisdiction_id was not provided. This site serves: %(known)s.") % {"known": known})
        return None
    if wanted not in districts:
        raise Fault(404, _("jurisdiction_id %(wanted)s was not found.") % {"wanted": wanted[:20]})
    return spans_of(districts[wanted])


def found(asked: Asked, spans: Spans | None, key: Member | None) -> list[Listed]:
    """What a GET of requests gives, the newest first. A key that sees cases is given those of its areas."""
    if asked.numbers:
        return _numbered(asked.numbers, spans, key)
    last = asked.first + asked.count
    if key is not None and _sees(key):
        rows = _newest(_asked(_within(Case.objects.all(), spans), asked))
        return list(allowed_first(key, "cases.list", rows, last)[asked.first : last])
    return list(_newest(_asked(_within(_public(), spans), asked))[asked.first : last])


def _numbered(numbers: tuple[str, ...], spans: Spans | None, key: Member | None) -> list[Listed]:
    """Those with these numbers: as everybody may know them, and else as the key may."""
    shown: list[Listed] = list(_newest(_within(_public().filter(number__in=numbers), spans)))
    if key is None:
        return shown
    others = set(numbers) - {one.number for one in shown}
    rows = _newest(_within(Case.objects.by_numbers(sorted(others)).select_related("category"), spans))
    own = sent_by(key.pk)
    return shown + [one for one in rows if may(key, "cases.see", one) or own.filter(pk=one.pk).exists()]


def followed(spans: Spans | None, key: Member | None) -> QuerySet[Case]:
    """The cases whose steps are told: the public ones; for a key those that it sees, and those that it sent."""
    wanted = Q(pk__in=_public().values("pk"))
    if key is not None:
        wanted |= Q(pk__in=sent_by(key.pk).values("pk"))
        if _sees(key):
            wanted |= Q(pk__in=allowed(key, "cases.list", Case.objects.all()).values("pk"))
    return _within(Case.objects.filter(wanted), spans)


def _public() -> QuerySet[PublicCase]:
    return PublicCase.objects.filter(is_shown=True)


def _sees(key: Member) -> bool:
    return any({"cases.see", "cases.handle"} & post.duties for post in key.posts)


def _within(rows: QuerySet[Row], spans: Spans | None) -> QuerySet[Row]:
    return rows if spans is None else rows.filter(reduce(or_, (Q(code__range=span) for span in spans)))


def _newest(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.order_by("-reported_at", "-pk")


def _asked(rows: QuerySet[Row], asked: Asked) -> QuerySet[Row]:
    if asked.codes:
        rows = rows.filter(category_code__in=asked.codes)
    if asked.is_open is not None:
        rows = rows.filter(status__in=OPEN) if asked.is_open else rows.exclude(status__in=OPEN)
    start, end = asked.requested
    if start is not None:
        rows = rows.filter(reported_at__gte=start)
    if end is not None:
        rows = rows.filter(reported_at__lte=end)
    if asked.updated != (None, None):
        rows = rows.filter(moved_between(*asked.updated))
    if asked.box is not None:
        rows = _in_box(rows, asked.box)
    return _in_circle(rows, asked.circle) if asked.circle is not None else rows


def _in_box(rows: QuerySet[Row], box: Box) -> QuerySet[Row]:
    return rows.filter(longitude__range=(box.west, box.east), latitude__range=(box.south, box.north))


def _in_circle(rows: QuerySet[Row], circle: Circle) -> QuerySet[Row]:
    """Within some metres of a point, the earth taken as flat there: right to a thousandth up to 50 km."""
    a_degree = METRES_A_DEGREE * max(cos(radians(circle.latitude)), 0.01)
    east = (F("longitude") - circle.longitude) * a_degree
    north = (F("latitude") - circle.latitude) * METRES_A_DEGREE
    away = ExpressionWrapper(east * east + north * north, output_field=FloatField())
    return rows.alias(away=away).filter(away__lte=circle.metres**2)
