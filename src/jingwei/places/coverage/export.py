"""Boundaries as files for map programs, in the datum that somebody wants."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import shapely
from pyogrio import raw
from shapely.geometry.base import BaseGeometry

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.coordinates import Datum, shapes_from_wgs84
from jingwei.places.coverage.ground import Shapes
from jingwei.places.coverage.loading import drafted_outlines
from jingwei.places.models import Area, Boundary, BoundaryDraft

DIGITS = 9
"""Of degrees in GeoJSON: a tenth of a millimetre."""
SYSTEMS = {Datum.WGS84: "EPSG:4326", Datum.CGCS2000: "EPSG:4490"}
"""The other two have no number, and a file that said one would be believed."""


class Format(StrEnum):
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"


@dataclass(frozen=True)
class Exported:
    name: str
    content_type: str
    content: bytes


def export_boundaries(
    code: int, *, form: Format, datum: Datum = Datum.WGS84, draft: BoundaryDraft | None = None
) -> Exported:
    """The boundaries of an area and all below it; with a draft, as it would leave them."""
    rows = _rows(code, draft)
    shapes = shapes_from_wgs84(np.array([outline for _area, outline in rows], dtype=object), datum)
    name = f"boundaries-{codes.write(code)}-{datum.value}.{form.value}"
    if form is Format.GEOJSON:
        return Exported(name, "application/geo+json", _geojson(rows, shapes, datum))
    return Exported(name, "application/geopackage+sqlite3", _geopackage(rows, shapes, datum))


def _rows(code: int, draft: BoundaryDraft | None) -> list[tuple[Area, BaseGeometry]]:
    areas = {area.code: area for area in Area.objects.current().under(code).select_related("parent")}
    kept = Boundary.objects.filter(area__in=areas).values_list("area_id", "wkb")
    outlines: dict[int, BaseGeometry] = {area: shapely.from_wkb(bytes(wkb)) for area, wkb in kept}
    if draft:
        outlines.update({area: one for area, one in drafted_outlines(draft).items() if area in areas})
    return [(areas[area], outlines[area]) for area in sorted(outlines)]


def _geojson(rows: Sequence[tuple[Area, BaseGeometry]], shapes: Shapes, datum: Datum) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(_COLUMNS, _values(area), strict=True)),
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for (area, _outline), shape in zip(rows, shapes, strict=True)
    ]
    collection = {"type": "FeatureCollection", "datum": datum.label.split(" ")[0], "features": features}
    return json.dumps(collection, ensure_ascii=False).encode()


_COLUMNS = ("code", "name", "name_en", "level", "parent", "standard_code")


def _values(area: Area) -> tuple[str, ...]:
    parent = area.parent.name if area.parent else ""
    return codes.write(area.code), area.name, area.name_en, Level(area.level).value, parent, area.standard_code or ""


def _geopackage(rows: Sequence[tuple[Area, BaseGeometry]], shapes: Shapes, datum: Datum) -> bytes:
    columns = list(zip(*(_values(area) for area, _outline in rows), strict=True)) or [()] * len(_COLUMNS)
    with tempfile.TemporaryDirectory(prefix="jingwei-map-") as folder:
        path = Path(folder) / "boundaries.gpkg"
        raw.write(
            path,
            shapely.to_wkb(shapes),
            [np.array(column, dtype=object) for column in columns],
            list(_COLUMNS),
            crs=SYSTEMS.get(datum),
            geometry_type="Unknown",
            driver="GPKG",
            layer="boundaries",
        )
        return path.read_bytes()
