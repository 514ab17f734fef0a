"""A street with a map, and people at their browsers, for the tests of pages."""

from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace

from PIL import ExifTags, Image

from jingwei.cases.catalogue import load_categories
from jingwei.cases.testing import LONG_AGO
from jingwei.people.testing import Cast, let_in, the_cast
from jingwei.places.testing import a_building, a_grid, an_area

WEST, SOUTH, EAST, NORTH = 114.30, 30.55, 114.31, 30.56
INSIDE = (114.305, 30.555)
OUTSIDE = (113.0, 30.0)


@dataclass(frozen=True)
class Street:
    """The cast at home: their grid has an outline, and one building in its middle."""

    cast: Cast
    building: object


def a_street() -> Street:
    cast = the_cast()
    community = an_area(cast.community, name="荷塘社区", name_en="Hetang Community")
    grid = a_grid(community, name="第七网格", bounds=(WEST, SOUTH, EAST, NORTH))
    assert grid.code == cast.grid
    building = a_building(grid, *INSIDE, name="荷塘小区 5 栋", address="荷塘路 18 号")
    load_categories(now=LONG_AGO)
    return Street(cast, building)


def browser(client, member=None, language="en"):
    """The test client in a language, signed in as `member`."""
    client.cookies["django_language"] = language
    return let_in(client, member) if member else client


def a_jpeg(colour: str = "navy", at: tuple[float, float] | None = None, size: tuple[int, int] = (320, 240)) -> bytes:
    """A small photo, taken at a point if one is given."""
    exif = Image.Exif()
    if at is not None:
        longitude, latitude = at
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (latitude, 0.0, 0.0)
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (longitude, 0.0, 0.0)
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_file(data: bytes, name: str = "photo.jpg") -> SimpleNamespace:
    """A file as the test client uploads it."""
    file = BytesIO(data)
    file.name = name
    return file
