"""What areas are called, in the reader's language."""

from collections.abc import Iterable

from jingwei.places import codes
from jingwei.places.models import Area


def names_of(wanted: Iterable[int]) -> dict[int, str]:
    """The names of many areas by code, with one query. Unknown codes are left out."""
    areas = Area.objects.filter(pk__in=set(wanted)).only("code", "name", "name_en")
    return {area.code: area.title for area in areas}


def name_of(code: int) -> str:
    """The name of one area, or its digits where the area is not known."""
    return names_of([code]).get(code) or codes.write(code)
