"""The areas of the districts that are run here, as a part of the configuration. Boundaries travel as map files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.kernel.public import FIRST_ROW, Fault, Part, Refused, Row, Trial
from jingwei.places import codes
from jingwei.places.actions import NewArea, clean_name, create_areas, rename_area
from jingwei.places.codes import Level
from jingwei.places.models import ROOTS, Area


class Areas(Part):
    """What a file leaves out goes on: areas are ended, split and merged at their own page, where work is passed on."""

    file = "areas.csv"
    title = gettext_lazy("Areas")
    columns = ("code", "name", "name_en", "standard_code")
    key = ("code",)
    keeps_missing = True

    def rows(self) -> list[Row]:
        return [
            {
                "code": codes.write(area.code),
                "name": area.name,
                "name_en": area.name_en,
                "standard_code": area.standard_code or "",
            }
            for area in _run_here()
        ]

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        return [Fault(self.file, number, said) for number, said in _faults(rows)]

    def adopt(self, rows: Sequence[Row], *, by: Any, now: datetime) -> None:  # noqa: ARG002 from today, as all areas
        known = Area.objects.current().in_bulk([codes.read(row["code"]) for row in rows])
        create_areas([_new(row) for row in rows if codes.read(row["code"]) not in known], by=by)
        for row in rows:
            area = known.get(codes.read(row["code"]))
            if area and (area.name, area.name_en) != (row["name"], row["name_en"]):
                rename_area(area, name=row["name"], name_en=row["name_en"], by=by)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:  # noqa: ARG002 names and new areas change no day
        return Trial(looked_at=len(rows))


def _run_here() -> Iterator[Area]:
    """The living areas of every district that has grids, from the top; a country's table would drown them."""
    grids = Area.objects.current().at(Level.GRID).values_list("code", flat=True)
    districts = sorted({codes.ancestor(code, Level.DISTRICT) for code in grids})
    for district in districts:
        yield from Area.objects.current().filter(code__range=codes.span(district)).order_by("code")


def _new(row: Row) -> NewArea:
    return NewArea(
        code=codes.read(row["code"]),
        name=row["name"],
        name_en=row["name_en"],
        standard_code=row["standard_code"] or None,
    )


def _faults(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    read = [_read(row["code"]) for row in rows]
    known = Area.objects.in_bulk([code for code in read if code])
    above = [parent for code in read if code and (parent := codes.parent(code))]
    there = {code for code in read if code} | set(
        Area.objects.current().filter(pk__in=above).values_list("pk", flat=True)
    )
    times = Counter(code for code in read if code)
    beside = Counter((codes.parent(code), row["name"].strip()) for code, row in zip(read, rows, strict=True) if code)
    for number, (code, row) in enumerate(zip(read, rows, strict=True), start=FIRST_ROW):
        if code is None:
            yield number, _("“%(code)s” is not an area code. Write its 18 digits.") % {"code": row["code"]}
            continue
        if times[code] > 1:
            yield number, _("The code %(code)s stands twice. Remove one of the two.") % {"code": row["code"]}
        if beside[codes.parent(code), row["name"].strip()] > 1:
            yield number, _("Two areas beside each other are called “%(name)s”. Rename one.") % {"name": row["name"]}
        if code in known:
            yield from ((number, said) for said in _misfits(known[code], row))
        elif codes.level_of(code) not in ROOTS and codes.parent(code) not in there:
            yield number, _("The area above %(code)s is not there. Add it to the file.") % {"code": row["code"]}
        try:
            clean_name(row["name"])
        except Refused as fault:
            yield number, fault.message


def _misfits(area: Area, row: Row) -> Iterator[str]:
    if area.ends_on is not None:
        yield _("The area %(code)s ended on %(day)s. Give what comes after it another code.") % {
            "code": row["code"],
            "day": area.ends_on,
        }
    if (area.standard_code or "") != row["standard_code"]:
        yield _("The standard code of %(name)s does not change here. Import the official table.") % {"name": area.title}


def _read(text: str) -> int | None:
    try:
        return codes.read(text)
    except ValueError:
        return None
