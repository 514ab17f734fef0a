"""Boundaries as shapes: reading them, and saying what is wrong with one and how to mend it. No database.

Coordinates are WGS-84 degrees, longitude first.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from jingwei.kernel.public import Refused

Outline = Polygon | MultiPolygon

WHERE = re.compile(r"^(?P<fault>[^\[]+)\[(?P<longitude>\S+) (?P<latitude>\S+)\]$")


def read_shape(geometry: Mapping[str, Any] | None, name: str) -> BaseGeometry:
    """The shape that a GeoJSON geometry draws for the area `name`. Refused if there is none, or none can be read."""
    if not geometry:
        raise Refused(_("%(name)s has no geometry. Draw its boundary as a polygon.") % {"name": name})
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException as fault:
        if "closed" in str(fault):
            raise Refused(
                _("The boundary of %(name)s is not closed. Repeat its first point at the end.") % {"name": name}
            ) from None
        raise Refused(
            _("The geometry of %(name)s cannot be read. Export it again as GeoJSON.") % {"name": name}
        ) from None


def check_outline(shape: BaseGeometry, name: str) -> Outline:
    """`shape` as it is kept: flat, its points in one fixed order. Refused names the fault and the mend."""
    if not isinstance(shape, Polygon | MultiPolygon):
        raise Refused(
            _("The boundary of %(name)s is a %(type)s. Draw it as a polygon or as several.")
            % {"name": name, "type": shape.geom_type}
        )
    if shape.is_empty:
        raise Refused(_("The boundary of %(name)s is empty. Draw it as a polygon.") % {"name": name})
    _check_place(shape, name)
    if not shape.is_valid:
        raise Refused(_fault(shapely.is_valid_reason(shape), name))
    result = shapely.normalize(shapely.force_2d(shape))
    assert isinstance(result, Polygon | MultiPolygon)
    return result


def _check_place(shape: Outline, name: str) -> None:
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise Refused(_("The boundary of %(name)s has a point without numbers. Remove it.") % {"name": name})
    west, south, east, north = shape.bounds
    if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
        return
    if -90 <= west <= east <= 90 and -180 <= south <= north <= 180:
        message = _("The boundary of %(name)s has latitudes beyond 90°. Write the longitude first, then the latitude.")
    else:
        message = _("The boundary of %(name)s is not in degrees of longitude and latitude. Convert it to WGS-84.")
    raise Refused(message % {"name": name})


def _fault(reason: str, name: str) -> str:
    """GEOS's reason as a sentence with the mend."""
    found = WHERE.match(reason)
    assert found, reason
    if found["fault"].startswith("Too few points"):
        return _("The boundary of %(name)s has too few points. Give each ring at least three different ones.") % {
            "name": name
        }
    where = {
        "name": name,
        "longitude": f"{float(found['longitude']):.6f}",
        "latitude": f"{float(found['latitude']):.6f}",
    }
    if "elf-intersection" in found["fault"]:
        return (
            _(
                "The boundary of %(name)s crosses or touches itself near %(longitude)s, %(latitude)s. "
                "Move or remove the points there."
            )
            % where
        )
    if found["fault"].startswith("Hole lies outside"):
        return (
            _(
                "A hole in the boundary of %(name)s lies outside it near %(longitude)s, %(latitude)s. "
                "Remove the hole, or make it a part of its own."
            )
            % where
        )
    return (
        _(
            "Parts of the boundary of %(name)s overlap or meet wrongly near %(longitude)s, %(latitude)s. "
            "Join them into one, or part them."
        )
        % where
    )
