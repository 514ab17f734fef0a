"""Importing boundaries from map files: a feature names its area by code, or by name and parent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import shapely
from django.db.transaction import atomic, set_rollback
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.actions import set_boundaries
from jingwei.places.coordinates import Datum
from jingwei.places.imports.files import Feature, MapFile, read_map_file
from jingwei.places.imports.neighbours import misfits
from jingwei.places.imports.report import Progress, Remarks, Tally
from jingwei.places.imports.sources import Unfit
from jingwei.places.imports.systems import Move, reading
from jingwei.places.models import Area, Boundary
from jingwei.places.outlines import Outline, check_outline, read_shape

BATCH = 500
"""Features that go in with one transaction."""
CODE_COLUMNS = ("code", "area_code", "grid_code", "编码", "代码", "区域编码", "区域代码", "网格编码", "网格代码")
NAME_COLUMNS = ("name", "名称", "区域名称", "网格名称", "网格名")
PARENT_COLUMNS = ("parent", "上级", "上级区域", "所属社区", "社区", "社区名称")


@dataclass(frozen=True)
class Columns:
    """Which columns of a file name the area: its code, or its name and that of what it lies in. "" for none."""

    code: str = ""
    name: str = ""
    parent: str = ""

    @classmethod
    def guessed(cls, there: Sequence[str]) -> "Columns":
        """The columns that are called as such columns usually are."""

        def first(usual: Sequence[str]) -> str:
            lower = {column.strip().lower(): column for column in reversed(there)}
            return next((lower[one] for one in usual if one in lower), "")

        return cls(first(CODE_COLUMNS), first(NAME_COLUMNS), first(PARENT_COLUMNS))

    def or_else(self, other: "Columns") -> "Columns":
        return Columns(self.code or other.code, self.name or other.name, self.parent or other.parent)

    def check(self, there: Sequence[str], file: str) -> None:
        """Refused if one of them is not in the file."""
        for column in (self.code, self.name, self.parent):
            if column and column not in there:
                raise Refused(
                    _("%(file)s has no column %(column)s. It has: %(there)s.")
                    % {"file": file, "column": column, "there": ", ".join(there)}
                )


@dataclass(frozen=True)
class Named:
    """What a feature calls its area."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class Drawn:
    """A feature that can be taken: its number in the file, its area, and the outline in WGS-84."""

    number: int
    area: Area
    outline: Outline


class BoundaryReader:
    """Reads a map file against the areas there are. What cannot be taken is remarked on, feature by feature."""

    def __init__(self, tally: Tally, remarks: Remarks) -> None:
        self.tally = tally
        self.remarks = remarks

    def read(
        self, file: MapFile, name: str, *, columns: Columns, datum: Datum | None, within: int = codes.WHOLE
    ) -> list[Drawn]:
        """The outlines of a file. Refused if the file as a whole is of no use.

        `columns`: what was chosen; the rest is guessed. `datum`: what somebody says the file has. `within`: the area
        outside of which nothing is taken.
        """
        columns.check(file.columns, name)
        columns = columns.or_else(Columns.guessed(file.columns))
        move = reading(file.system, datum, name)
        named = [_named(feature, columns) for feature in file.features]
        directory = Directory(named)
        drawn: dict[int, Drawn] = {}
        for feature, call in zip(file.features, named, strict=True):
            self.tally.read += 1
            try:
                area = directory.area_of(call)
                _check_within(area, within)
                one = _read(feature, area, move, drawn)
            except Unfit as unfit:
                self.remarks.refuse(name, feature.number, unfit.field, unfit.value, unfit.reason)
            else:
                drawn[one.area.code] = one
        for misfit in misfits({code: one.outline for code, one in drawn.items()}):
            self.remarks.note(name, drawn[misfit.code].number, "geometry", codes.write(misfit.code), misfit.sentence())
        return list(drawn.values())


@dataclass(frozen=True)
class BoundaryImport:
    """One run: where it counts, remarks and shows how far it is."""

    tally: Tally
    remarks: Remarks
    progress: Progress

    def file(
        self, path: Path, *, columns: Columns = Columns(), datum: Datum | None = None, is_dry: bool = False
    ) -> None:
        """Take in the boundaries of a map file; with `is_dry` only say what would happen.

        Refused if the file as a whole is of no use. A feature that is refused leaves the others as they are.
        """
        found = read_map_file(path)
        drawn = BoundaryReader(self.tally, self.remarks).read(found, path.name, columns=columns, datum=datum)
        done = 0
        for batch in _batches(drawn):
            with atomic():
                self._draw(batch)
                set_rollback(is_dry)
            done += len(batch)
            self.progress.show(_("Taking in %(file)s") % {"file": path.name}, done, len(drawn))

    def _draw(self, batch: Sequence[Drawn]) -> None:
        new, changed, same = sorted_out(batch)
        if new or changed:
            set_boundaries([(one.area, one.outline) for one in (*new, *changed)], by=None)
        self.tally.new += len(new)
        self.tally.changed += len(changed)
        self.tally.unchanged += len(same)


def sorted_out(drawn: Sequence[Drawn]) -> tuple[list[Drawn], list[Drawn], list[Drawn]]:
    """Those whose areas had no boundary, those that change one, and those that are as the map has them."""
    kept = dict(Boundary.objects.filter(pk__in=[one.area.code for one in drawn]).values_list("area_id", "wkb"))
    new = [one for one in drawn if one.area.code not in kept]
    known = [one for one in drawn if one.area.code in kept]
    changed = [one for one in known if bytes(kept[one.area.code]) != one.outline.wkb]
    same = [one for one in known if bytes(kept[one.area.code]) == one.outline.wkb]
    return new, changed, same


def _batches(drawn: Sequence[Drawn]) -> Iterator[list[Drawn]]:
    rest = iter(drawn)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _named(feature: Feature, columns: Columns) -> Named:
    def value(column: str) -> str:
        return feature.values.get(column, "").strip()

    return Named(value(columns.code), value(columns.name), value(columns.parent))


def _check_within(area: Area, within: int) -> None:
    first, last = codes.span(within)
    if not first <= area.code <= last:
        raise Unfit("code", codes.write(area.code), _("It lies in another district. Import it there."))


def _read(feature: Feature, area: Area, move: Move, taken: Mapping[int, Drawn]) -> Drawn:
    if area.code in taken:
        reason = _("Feature %(number)d draws the same area and was taken. Remove one of the two.")
        raise Unfit("code", area.code, reason % {"number": taken[area.code].number})
    try:
        shape = feature.geometry
        if not isinstance(shape, BaseGeometry):
            shape = read_shape(shape, area.title)
        moved: BaseGeometry = shapely.transform(shape, move)
        return Drawn(feature.number, area, check_outline(moved, area.title))
    except Refused as refused:
        raise Unfit("geometry", area.code, refused.message) from None


class Directory:
    """Finds the areas that some features name, with two queries for all of them."""

    def __init__(self, named: Iterable[Named]) -> None:
        named = list(named)
        wanted = {code for one in named if (code := _code(one.code))}
        self._by_code = Area.objects.current().in_bulk(wanted)
        names = {one.name for one in named if one.name and not one.code}
        self._by_name: dict[str, list[Area]] = {}
        for area in Area.objects.current().filter(name__in=names).select_related("parent"):
            self._by_name.setdefault(area.name, []).append(area)

    def area_of(self, named: Named) -> Area:
        """The area that a feature names. Unfit if there is none, or more than one."""
        if named.code:
            area = self._by_code.get(_code(named.code) or codes.WHOLE)
            if area is None:
                reason = _("There is no area with this code today. Import the areas first.")
                raise Unfit("code", named.code, reason)
            return area
        if not named.name:
            reason = _("The feature names no area. Give it the property code, or name and parent.")
            raise Unfit("code", "", reason)
        return self._named(named.name, named.parent)

    def _named(self, name: str, parent: str) -> Area:
        found = self._by_name.get(name, [])
        if parent:
            found = [area for area in found if area.parent and parent in _names(area.parent)]
        match found:
            case [area]:
                return area
            case []:
                reason = _("There is no area of this name there today. Import the areas first.")
            case _several:
                reason = _("Several areas have this name. Give the code of the parent, or of the area itself.")
        raise Unfit("name", name, reason)


def _code(given: str) -> int | None:
    try:
        return codes.read(given)
    except ValueError:
        return None


def _names(area: Area) -> tuple[str, ...]:
    """What a file may call an area: its name, or its digits with or without the zeros at the end."""
    written = codes.write(area.code)
    return area.name, written, written[: codes.ENDS[codes.level_of(area.code)]]
