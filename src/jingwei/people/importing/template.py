"""The sheet to fill in, with sheets that list what may stand in it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jingwei.people.exporting import book
from jingwei.people.importing.reading import FIELDS, NEEDED
from jingwei.people.models import Department
from jingwei.people.roles import ROLES, Seat
from jingwei.places.public import Area, Level, codes

MOST_AREAS = 5000


def template(spans: Sequence[tuple[int, int]], *, with_apart: bool) -> bytes:
    """Heads (a star where a column is needed), then the postings, areas and offices that the reader may write."""
    heads = [f"{titles[0]}*" if field in NEEDED else titles[0] for field, titles in FIELDS.items()]
    seats = {Seat.AREA: _("Area"), Seat.DEPARTMENT: _("Office"), Seat.BOTH: _("Area and office")}
    roles = [
        (str(role.title), str(seats[role.seat]), _(", ").join(str(level.label) for level in role.levels))
        for role in ROLES.values()
        if with_apart or not role.is_apart
    ]
    offices = Department.objects.within(spans).filter(closed_on=None).order_by("name")
    return book(
        {
            _("Staff"): [heads],
            _("Postings"): [(_("Posting"), _("Held at"), _("Levels")), *roles],
            _("Areas"): [(_("Number"), _("Name"), _("Level")), *_areas(spans)],
            _("Offices"): [(_("Name"),), *((office.name,) for office in offices)],
        }
    )


def _areas(spans: Sequence[tuple[int, int]]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for span in spans:
        areas = Area.objects.current().filter(code__range=span).at(*Level).order_by("code")
        found += [(codes.write(area.code), area.title, str(Level(area.level).label)) for area in areas[:MOST_AREAS]]
    return list(dict.fromkeys(found))[:MOST_AREAS]
