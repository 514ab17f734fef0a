"""From the coordinates of a file to WGS-84: which system it says, or was said for it."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places.coordinates import Datum, Floats, to_wgs84
from jingwei.places.projections import TransverseMercator, mercator_to_degrees

Move = Callable[[Floats], Floats]

DEGREES = ("CRS84", ":4326", ":4490", ":4979", ":4480")
"""How the names of systems end that are degrees of WGS-84 or CGCS2000."""
MERCATOR = (":3857", ":900913", ":102100")
EPSG = re.compile(r"(?:^|:)(\d{4,6})$")
NUMBER = r"\s*,\s*(-?[\d.]+(?:[eE][-+]?\d+)?)\s*\]"


def reading(system: str, chosen: Datum | None, file: str) -> Move:
    """What turns rows of a file's coordinates into WGS-84 degrees.

    `system`: as the file says it (a name, EPSG's number or WKT). `chosen`: the datum that a person says it has, which
    wins: files in GCJ-02 and BD-09 say WGS-84. Refused if neither is known, or the system cannot be read.
    """
    if not system and chosen is None:
        raise Refused(
            _("%(file)s does not say its coordinate system. Choose it: WGS-84, CGCS2000, GCJ-02 or BD-09.")
            % {"file": file}
        )
    flat = _flat(system)
    if flat is None and system and not system.endswith(DEGREES):
        raise Refused(
            _("%(path)s is in the coordinate system %(system)s. Convert it to WGS-84 or CGCS2000.")
            % {"path": file, "system": _name(system)}
        )
    datum = chosen or Datum.WGS84
    return lambda points: to_wgs84(flat(points) if flat else points, datum)


def _flat(system: str) -> Move | None:
    """What turns the metres of a projected system into its degrees; None for one in degrees, or unknown."""
    if system.endswith(MERCATOR):
        return mercator_to_degrees
    found = EPSG.search(system)
    zone = _numbered(int(found[1])) if found else _described(system)
    return zone.to_degrees if zone else None


def _numbered(number: int) -> TransverseMercator | None:
    """EPSG's zones of CGCS2000 (3 and 6 degrees, with and without the zone before the east value) and of UTM."""
    if 4513 <= number <= 4533:
        zone = number - 4513 + 25
        return TransverseMercator(3 * zone, false_east=zone * 1e6 + 500_000)
    if 4534 <= number <= 4554:
        return TransverseMercator(75 + 3 * (number - 4534))
    if 4491 <= number <= 4501:
        zone = number - 4491 + 13
        return TransverseMercator(6 * zone - 3, false_east=zone * 1e6 + 500_000)
    if 4502 <= number <= 4512:
        return TransverseMercator(75 + 6 * (number - 4502))
    if 32601 <= number <= 32660:
        return TransverseMercator(6 * (number - 32600) - 183, scale=0.9996)
    return None


def _described(system: str) -> TransverseMercator | None:
    """A city's own zone on CGCS2000 or WGS-84, as WKT describes it."""
    is_ours = re.search(r"China_2000|CGCS2000|WGS_1984|WGS 84", system)
    if not is_ours or "Transverse_Mercator" not in system or _value(system, "latitude_of_origin", 0):
        return None
    return TransverseMercator(
        _value(system, "central_meridian", 0),
        _value(system, "scale_factor", 1),
        _value(system, "false_easting", 0),
        _value(system, "false_northing", 0),
    )


def _value(system: str, parameter: str, otherwise: float) -> float:
    found = re.search(rf'PARAMETER\["{parameter}"{NUMBER}', system, re.IGNORECASE)
    return float(found[1]) if found else otherwise


def _name(system: str) -> str:
    found = re.match(r'\w+\["([^"]+)"', system)
    return found[1] if found else system
