"""KML (OGC 12-007r2) as map programs write boundaries: placemarks with names, values and polygons.

Read here, because builds of GDAL differ in what they read of it: some have no values but the name. Links to other
files, styles and heights mean nothing to a boundary and are passed over.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

SYSTEM = "EPSG:4326"
"""What the standard has coordinates in."""
Placemark = tuple[dict[str, str], BaseGeometry | None]


def read_placemarks(path: Path) -> Iterator[Placemark]:
    """Values and shape of each placemark in order; the shape is None where it is missing or cannot be drawn.

    ValueError if the file is no well-formed XML.
    """
    try:
        # Entities are refused before a file comes here; nothing outside the file is ever opened.
        for _event, element in ET.iterparse(path, events=("end",)):  # noqa: S314
            if _tag(element) == "Placemark":
                yield _values(element), _shape(element)
                element.clear()
    except ET.ParseError as fault:
        raise ValueError(str(fault)) from None


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: ET.Element, *tags: str) -> Iterator[ET.Element]:
    return (child for child in element if _tag(child) in tags)


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()


def _values(placemark: ET.Element) -> dict[str, str]:
    """Name, description, and extended data, whether typed by a schema or not."""
    values = {_tag(one): _text(one) for one in _children(placemark, "name", "description")}
    for extended in _children(placemark, "ExtendedData"):
        for data in _children(extended, "Data"):
            values[data.get("name", "")] = next(map(_text, _children(data, "value")), "")
        for typed in _children(extended, "SchemaData"):
            values |= {one.get("name", ""): _text(one) for one in _children(typed, "SimpleData")}
    return values


def _shape(placemark: ET.Element) -> BaseGeometry | None:
    try:
        parts = list(_parts(placemark))
    except (ValueError, ShapelyError):
        return None
    if len(parts) < 2:
        return next(iter(parts), None)
    polygons = [part for part in parts if isinstance(part, Polygon)]
    return MultiPolygon(polygons) if len(polygons) == len(parts) else GeometryCollection(parts)


def _parts(element: ET.Element) -> Iterator[BaseGeometry]:
    for child in element:
        match _tag(child):
            case "Polygon":
                (outer,), inner = ([*_rings(child, f"{side}BoundaryIs")] for side in ("outer", "inner"))
                yield Polygon(outer, inner)
            case "LineString" | "LinearRing":
                yield LineString(_points(child))
            case "Point":
                yield Point(*_points(child))
            case "MultiGeometry":
                yield from _parts(child)


def _rings(polygon: ET.Element, side: str) -> Iterator[list[tuple[float, float]]]:
    for boundary in _children(polygon, side):
        for ring in _children(boundary, "LinearRing"):
            yield _points(ring)


def _points(element: ET.Element) -> list[tuple[float, float]]:
    """Longitude and latitude of each point; the height, where there is one, is left out."""
    written = next(map(_text, _children(element, "coordinates")), "")
    points = [tuple(map(float, point.split(",")[:2])) for point in written.split()]
    return [(x, y) for x, y in points]
