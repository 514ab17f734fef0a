"""Importing boundaries from GeoJSON: a feature names its area by `code`, or by `name` and `parent`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.transaction import atomic, set_rollback
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.actions import set_boundaries
from jingwei.places.imports.report import Progress, Remarks, Tally
from jingwei.places.imports.sources import Unfit
from jingwei.places.models import Area, Boundary
from jingwei.places.outlines import Outline, read_outline

BATCH = 500
"""Features that go in with one transaction."""
DEGREES = ("CRS84", ":4326", ":4490")
"""How the names of coordinate systems end that are WGS-84, or within a metre of it (CGCS2000)."""

Feature = Mapping[str, Any]
Numbered = tuple[int, Feature]


@dataclass(frozen=True)
class BoundaryImport:
    """One run: where it counts, remarks and shows how far it is."""

    tally: Tally
    remarks: Remarks
    progress: Progress

    def file(self, path: Path, *, is_dry: bool = False) -> None:
        """Take in the boundaries of a GeoJSON file; with `is_dry` only say what would happen.

        Refused if the file as a whole is of no use. A feature that is refused leaves the others as they are.
        """
        features = read_features(path)
        numbered = enumerate(features, start=1)
        seen: dict[int, int] = {}
        while batch := list(islice(numbered, BATCH)):
            with atomic():
                self._take_in(path, batch, seen)
                set_rollback(is_dry)
            self.progress.show(_("Taking in %(file)s") % {"file": path.name}, batch[-1][0], len(features))

    def _take_in(self, path: Path, batch: list[Numbered], seen: dict[int, int]) -> None:
        directory = Directory(feature for _number, feature in batch)
        drawn: dict[int, tuple[Area, Outline]] = {}
        for number, feature in batch:
            self.tally.read += 1
            try:
                area, outline = _read(feature, directory, seen)
            except Unfit as unfit:
                self.remarks.refuse(path.name, number, unfit.field, unfit.value, unfit.reason)
            else:
                seen[area.code] = number
                drawn[area.code] = area, outline
        self._draw(drawn)

    def _draw(self, drawn: dict[int, tuple[Area, Outline]]) -> None:
        kept = dict(Boundary.objects.filter(pk__in=drawn).values_list("area_id", "wkb"))
        new = [pair for code, pair in drawn.items() if code not in kept]
        changed = [pair for code, pair in drawn.items() if code in kept and bytes(kept[code]) != pair[1].wkb]
        if new or changed:
            set_boundaries(new + changed, by=None)
        self.tally.new += len(new)
        self.tally.changed += len(changed)
        self.tally.unchanged += len(drawn) - len(new) - len(changed)


def read_features(path: Path) -> list[Feature]:
    """The features of a GeoJSON file. Refused if it is not one, or says that it is not in degrees."""
    try:
        content = json.loads(path.read_bytes())
    except OSError:
        raise Refused(_("There is no file %(path)s that can be read.") % {"path": path}) from None
    except UnicodeDecodeError:
        raise Refused(_("%(path)s is not in UTF-8. Export it again as UTF-8.") % {"path": path}) from None
    except json.JSONDecodeError as fault:
        raise Refused(
            _("%(path)s is not JSON from line %(line)d on. Export it again as GeoJSON.")
            % {"path": path, "line": fault.lineno}
        ) from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise Refused(_("%(path)s is not a GeoJSON FeatureCollection. Export it as one.") % {"path": path})
    system = _system(content)
    if not system.endswith(DEGREES):
        raise Refused(
            _("%(path)s is in the coordinate system %(system)s. Convert it to WGS-84.")
            % {"path": path, "system": system}
        )
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _system(content: Mapping[str, Any]) -> str:
    """The name of the coordinate system that the file says, as files before RFC 7946 may."""
    match content.get("crs"):
        case None:
            return DEGREES[0]
        case {"properties": {"name": str(name)}}:
            return name
        case other:
            return json.dumps(other)


def _read(feature: Feature, directory: "Directory", seen: Mapping[int, int]) -> tuple[Area, Outline]:
    area = directory.area_of(feature)
    if area.code in seen:
        reason = _("Feature %(number)d draws the same area and was taken. Remove one of the two.")
        raise Unfit("code", area.code, reason % {"number": seen[area.code]})
    try:
        return area, read_outline(feature.get("geometry"), area.title)
    except Refused as refused:
        raise Unfit("geometry", area.code, refused.message) from None


class Directory:
    """Finds the areas that some features name, with two queries for all of them."""

    def __init__(self, features: Iterable[Feature]) -> None:
        named = [_properties(feature) for feature in features]
        wanted = {code for given in named if (code := _code(given.get("code")))}
        self._by_code = Area.objects.current().in_bulk(wanted)
        names = {str(given["name"]).strip() for given in named if given.get("name")}
        self._by_name: dict[str, list[Area]] = {}
        for area in Area.objects.current().filter(name__in=names).select_related("parent"):
            self._by_name.setdefault(area.name, []).append(area)

    def area_of(self, feature: Feature) -> Area:
        """The area that a feature names. Unfit if there is none, or more than one."""
        given = _properties(feature)
        if given.get("code"):
            area = self._by_code.get(_code(given["code"]) or codes.WHOLE)
            if area is None:
                reason = _("There is no area with this code today. Import the areas first.")
                raise Unfit("code", given["code"], reason)
            return area
        if not given.get("name"):
            reason = _("The feature names no area. Give it the property code, or name and parent.")
            raise Unfit("code", "", reason)
        return self._named(str(given["name"]).strip(), str(given.get("parent") or "").strip())

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


def _properties(feature: Feature) -> Mapping[str, Any]:
    given = feature.get("properties")
    return given if isinstance(given, dict) else {}


def _code(given: object) -> int | None:
    try:
        return codes.read(str(given or ""))
    except ValueError:
        return None


def _names(area: Area) -> tuple[str, ...]:
    """What a file may call an area: its name, or its digits with or without the zeros at the end."""
    written = codes.write(area.code)
    return area.name, written, written[: codes.ENDS[codes.level_of(area.code)]]
