"""Reading map files: what is in them, as they say it. Nothing is asked of the database, or believed of the file.

A file is known by its first bytes, not by its name. What is not read from memory lies alone in a folder of ours under a
name of ours, so that no name, link or list in it leads anywhere else.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.utils.translation import gettext as _
from pyogrio import raw
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from jingwei.kernel.public import Refused
from jingwei.places.imports import kml
from jingwei.places.imports.archives import Archive
from jingwei.places.imports.tables import read_csv_rows, read_workbook_rows

LARGEST = 60 * 1024 * 1024
"""Bytes of a file: with its form it has to pass as one request (JINGWEI_LARGEST_BODY)."""
MOST_FEATURES = 50_000
"""More than twice as many as the grids of a city of ten million."""
MOST_POINTS = 5_000_000
SHAPEFILE = b"\x00\x00\x27\x0a"
SQLITE = b"SQLite format 3\x00"
GEOPACKAGE = slice(68, 72), b"GPKG"
"""Where SQLite keeps the kind of application, and what it says there."""
UNREADABLE = (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, ValueError)

Geometry = BaseGeometry | Mapping[str, Any]


@dataclass(frozen=True)
class Feature:
    """One row of a file: its number from 1, its values as texts, its geometry (a mapping as GeoJSON writes it)."""

    number: int
    values: Mapping[str, str]
    geometry: Geometry | None


@dataclass(frozen=True)
class MapFile:
    """`system`: the coordinate system as the file says it, "" where it does not; `degrees` are WGS-84 by its format."""

    columns: tuple[str, ...]
    system: str
    features: tuple[Feature, ...]


def read_map_file(path: Path, name: str = "") -> MapFile:
    """The features of a GeoJSON, GeoPackage, KML or KMZ file, a Shapefile (alone beside its parts, or zipped), or
    a table (CSV, Excel) with a column of WKT. `name` is what messages call it.

    Refused if it cannot be read, is none of these, or is too large.
    """
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise Refused(_("There is no file %(path)s that can be read.") % {"path": path}) from None
    if size > LARGEST:
        raise Refused(
            _("%(file)s is larger than %(most)d MB. Import it in parts.") % {"file": name, "most": LARGEST // 2**20}
        )
    found = _read(path, head, name)
    if len(found.features) > MOST_FEATURES:
        raise Refused(_("%(file)s has more than %(most)d features. Import it in parts.") % _limits(name))
    return found


def _read(path: Path, head: bytes, name: str) -> MapFile:
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin[:1] in (b"{", b"["):
        return _read_geojson(path, name)
    if head.startswith(b"PK\x03\x04"):
        return _read_archive(path, name)
    if head.startswith(SQLITE) and head[GEOPACKAGE[0]] == GEOPACKAGE[1]:
        return _copied(path, "map.gpkg", name)
    if head.startswith(SHAPEFILE):
        return _read_beside(path, name)
    if b"<kml" in head.lower():
        return _copied(path, "map.kml", name)
    if b"\x00" not in head and (rows := read_csv_rows(path)) is not None:
        return _from_rows(rows, name)
    raise Refused(
        _(
            "%(file)s is none of the formats that can be read. "
            "Save it as GeoJSON, zipped Shapefile, GeoPackage, KML, or as a table with a column wkt."
        )
        % {"file": name}
    )


def _read_geojson(path: Path, name: str) -> MapFile:
    """By our own means: a feature that is wrong leaves the others readable, and says what is wrong with it."""
    content = _json(path, name)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise Refused(_("%(path)s is not a GeoJSON FeatureCollection. Export it as one.") % {"path": name})
    read = tuple(_feature(number, one) for number, one in enumerate(features, start=1))
    columns = tuple(dict.fromkeys(key for one in read for key in one.values))
    return MapFile(columns, _named_system(content), read)


def _json(path: Path, name: str) -> Any:
    try:
        return json.loads(path.read_bytes())
    except UnicodeDecodeError:
        raise Refused(_("%(path)s is not in UTF-8. Export it again as UTF-8.") % {"path": name}) from None
    except json.JSONDecodeError as fault:
        raise Refused(
            _("%(path)s is not JSON from line %(line)d on. Export it again as GeoJSON.")
            % {"path": name, "line": fault.lineno}
        ) from None
    except RecursionError:
        raise Refused(_("%(path)s is not a GeoJSON FeatureCollection. Export it as one.") % {"path": name}) from None


def _feature(number: int, one: object) -> Feature:
    given: Mapping[str, Any] = one if isinstance(one, dict) else {}
    properties, geometry = given.get("properties"), given.get("geometry")
    values = {str(key): _text(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    return Feature(number, values, geometry if isinstance(geometry, dict) else None)


def _named_system(content: Mapping[str, Any]) -> str:
    """The name of the coordinate system that the file says, as files before RFC 7946 may; else RFC 7946's."""
    match content.get("crs"):
        case None:
            return "OGC:CRS84"
        case {"properties": {"name": str(said)}}:
            return said
        case other:
            return json.dumps(other)


def _read_archive(path: Path, name: str) -> MapFile:
    with tempfile.TemporaryDirectory(prefix="jingwei-map-") as folder:
        archive = Archive(path, name)
        if archive.is_workbook:
            return _from_rows(read_workbook_rows(path, name), name)
        return _from_drawings(archive.unpack(Path(folder)), name)


def _copied(path: Path, own_name: str, name: str) -> MapFile:
    """Read a copy under a name that says the format, away from whatever lies beside the file."""
    with tempfile.TemporaryDirectory(prefix="jingwei-map-") as folder:
        copy = Path(folder) / own_name
        content = path.read_bytes()
        if own_name.endswith(".kml") and (b"<!ENTITY" in content or b"<!DOCTYPE" in content):
            raise Refused(_("%(file)s defines entities, which no map needs. Export it again.") % {"file": name})
        copy.write_bytes(content)
        return _from_drawings([copy], name)


def _read_beside(path: Path, name: str) -> MapFile:
    """A Shapefile that is not zipped: its other parts lie beside it, if anywhere."""
    with tempfile.TemporaryDirectory(prefix="jingwei-map-") as folder:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            part = path.with_suffix(suffix)
            if part.is_file():
                (Path(folder) / f"map{suffix}").write_bytes(part.read_bytes())
        if not (Path(folder) / "map.dbf").exists():
            raise Refused(
                _("%(file)s is a Shapefile without its attributes. Zip .shp, .shx, .dbf and .prj together.")
                % {"file": name}
            )
        return _from_drawings([Path(folder) / "map.shp"], name)


def _from_drawings(paths: Sequence[Path], name: str) -> MapFile:
    """All layers with areas in them, one after the other; they must agree on the coordinate system."""
    features: list[Feature] = []
    systems: set[str] = set()
    try:
        for path in paths:
            features.extend(_read_drawing(path, systems, len(features)))
    except UNREADABLE as fault:
        raise Refused(
            _("%(file)s cannot be read (%(fault)s). Export it again.")
            % {"file": name, "fault": str(fault).replace(str(path), name)[:200]}
        ) from None
    if len(systems) > 1:
        raise Refused(_("The layers of %(file)s differ in their coordinate systems. Export one.") % {"file": name})
    if not features:
        raise _holds_nothing(name)
    points = shapely.get_num_coordinates(np.array([one.geometry for one in features], dtype=object)).sum()
    if points > MOST_POINTS:
        raise Refused(_("%(file)s has more than %(points)d points. Import it in parts.") % _limits(name))
    columns = tuple(dict.fromkeys(key for one in features for key in one.values))
    return MapFile(columns, next(iter(systems), ""), tuple(features))


def _read_drawing(path: Path, systems: set[str], before: int) -> Iterator[Feature]:
    if path.suffix == ".kml":
        systems.add(kml.SYSTEM)
        placemarks = islice(kml.read_placemarks(path), MOST_FEATURES + 1)
        for number, (values, shape) in enumerate(placemarks, start=before + 1):
            yield Feature(number, values, shape)
        return
    for layer, kind in pyogrio.list_layers(path):
        if kind is not None and ("Polygon" in kind or kind in ("Unknown", "GeometryCollection")):
            for feature in _layer(path, layer, systems, before):
                yield feature
                before = feature.number


def _layer(path: Path, layer: str, systems: set[str], before: int) -> Iterator[Feature]:
    encoding = _dbf_encoding(path) if path.suffix == ".shp" else None
    meta, _ids, geometries, fields = raw.read(
        path, layer=layer, encoding=encoding, max_features=MOST_FEATURES + 1, force_2d=True
    )
    systems.add(meta["crs"] or "")
    shapes = shapely.from_wkb(geometries, on_invalid="ignore")
    for row, shape in enumerate(shapes):
        values = {str(key): _text(column[row]) for key, column in zip(meta["fields"], fields, strict=True)}
        yield Feature(before + row + 1, values, _polygons(shape))


def _polygons(shape: BaseGeometry | None) -> BaseGeometry | None:
    """A collection of polygons as one shape of several."""
    if shape is None or shape.geom_type != "GeometryCollection":
        return shape
    parts = shapely.get_parts(shape)
    are_polygons = len(parts) > 0 and all(part.geom_type == "Polygon" for part in parts)
    return MultiPolygon(list(parts)) if are_polygons else shape


def _dbf_encoding(path: Path) -> str:
    """What the .cpg names, else UTF-8 where the attributes are that, else GB 18030, the usual one in China."""
    said = path.with_suffix(".cpg")
    named = said.read_text(encoding="ascii", errors="ignore").strip().lower() if said.exists() else ""
    if named in ("gbk", "gb2312", "936", "cp936", "gb18030", "54936"):
        return "gb18030"
    if named in ("big5", "950", "cp950"):
        return "big5"
    try:
        # Fields are cut at bytes, not characters: a character cut in two does not make it another encoding.
        path.with_suffix(".dbf").read_bytes()[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if named in ("utf-8", "utf8", "65001") else "gb18030"
    except OSError:
        pass
    return "utf-8"


def _from_rows(rows: list[dict[str, str]], name: str) -> MapFile:
    if not rows:
        raise _holds_nothing(name)
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    drawn = next((key for key in columns if key.strip().lower() in ("wkt", "geometry", "geom", "边界")), None)
    if drawn is None:
        raise Refused(_("%(file)s has no column wkt that draws the boundaries. Add one.") % {"file": name})
    texts = np.array([row.get(drawn) or None for row in rows], dtype=object)
    shapes = shapely.from_wkt(texts, on_invalid="ignore")
    features = tuple(
        Feature(number, {key: value for key, value in row.items() if key != drawn}, shape)
        for number, (row, shape) in enumerate(zip(rows, shapes, strict=True), start=1)
    )
    return MapFile(tuple(key for key in columns if key != drawn), "", features)


def _text(value: Any) -> str:
    """A value as a table shows it: nothing for what is not there, and whole numbers without a point."""
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def _holds_nothing(name: str) -> Refused:
    return Refused(_("%(file)s holds no areas: no polygon is in it.") % {"file": name})


def _limits(name: str) -> dict[str, Any]:
    return {"file": name, "most": MOST_FEATURES, "points": MOST_POINTS}
