import json
import zipfile

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.coordinates import Datum, from_wgs84
from jingwei.places.imports import archives, files
from jingwei.places.imports.files import read_map_file
from jingwei.places.models import Boundary
from jingwei.places.projections import EARTH, TransverseMercator
from jingwei.places.testing import a_community, a_grid, a_street
from jingwei.places.tests.map_files import write

pytestmark = pytest.mark.django_db
FORMATS = ["geojson", "shp", "zip", "gpkg", "kml", "kmz", "csv", "xlsx"]
DEGREE_TOLERANCE = 1e-8  # a millimetre: KML and WKT are written with 15 digits and read to less than that


@pytest.fixture
def grids():
    """Two neighbours in one community, by their areas and shapes; nothing is drawn on the map."""
    community = a_community(a_street(name="柳岸街道"), name="荷塘社区")
    return [
        (a_grid(community, name="第一网格"), shapely.box(114.3, 30.5, 114.31, 30.51)),
        (a_grid(community, name="第二网格"), shapely.box(114.31, 30.5, 114.32, 30.51)),
    ]


def run(path, **options):
    call_command("import_boundaries", path, remarks=path.with_name("remarks.csv"), **options)


def assert_drawn(grids):
    kept = {one.area_id: shapely.from_wkb(bytes(one.wkb)) for one in Boundary.objects.all()}
    assert set(kept) == {area.code for area, _shape in grids}
    for area, shape in grids:
        assert shapely.hausdorff_distance(kept[area.code], shape) < DEGREE_TOLERANCE


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_read_as_it_was_written(tmp_path, grids, suffix):
    path = write(tmp_path / f"grids.{suffix}", grids)

    run(path, **({"crs": "wgs84"} if suffix in ("csv", "xlsx") else {}))

    assert_drawn(grids)


@pytest.mark.parametrize("suffix", ["shp", "zip", "gpkg", "geojson", "csv", "xlsx"])
def test_areas_are_named_by_columns_of_ones_own(tmp_path, grids, suffix):
    names = {"wg": ["第一网格", "第二网格"], "sq": ["荷塘社区", "荷塘社区"]}
    path = write(tmp_path / f"grids.{suffix}", grids, **names)

    run(path, name_column="wg", parent_column="sq", crs="cgcs2000")

    assert_drawn(grids)


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
@pytest.mark.parametrize("has_cpg", [True, False])
def test_attributes_of_a_shapefile_are_read_in_the_encodings_of_china(tmp_path, grids, encoding, has_cpg):
    path = write(tmp_path / "grids.shp", grids, encoding=encoding, 名称=["第一网格", "第二网格"])
    if has_cpg:
        path.with_suffix(".cpg").write_text(encoding)
    else:
        path.with_suffix(".cpg").unlink(missing_ok=True)

    run(path)

    assert_drawn(grids)


@pytest.mark.parametrize("suffix", ["geojson", "zip", "gpkg", "kml", "csv"])
@pytest.mark.parametrize("datum", list(Datum))
def test_a_chosen_datum_wins_over_what_the_file_says(tmp_path, grids, suffix, datum):
    path = write(tmp_path / f"grids.{suffix}", grids, move=lambda points: from_wgs84(points, datum))

    run(path, crs=datum.value)

    assert_drawn(grids)


@pytest.mark.parametrize(
    ("system", "zone"),
    [
        ("EPSG:4547", TransverseMercator(114)),
        ("EPSG:4526", TransverseMercator(114, false_east=38_500_000)),
        ("EPSG:4508", TransverseMercator(111)),
        ("EPSG:32650", TransverseMercator(117, scale=0.9996)),
    ],
)
@pytest.mark.parametrize("suffix", ["zip", "gpkg"])
def test_metres_of_surveys_are_read(tmp_path, grids, suffix, system, zone):
    run(write(tmp_path / f"grids.{suffix}", grids, system=system, move=zone.to_metres))

    assert_drawn(grids)


def test_a_citys_own_zone_is_read_from_its_description(tmp_path, grids):
    zone = TransverseMercator(114.3333, false_east=800_000, false_north=-3_000_000)
    path = write(tmp_path / "grids.shp", grids, system="EPSG:4547", move=zone.to_metres)
    said = path.with_suffix(".prj").read_text()
    said = said.replace("CGCS2000_3_Degree_GK_CM_114E", "City2000").replace(
        '"Central_Meridian",114.0', '"Central_Meridian",114.3333'
    )
    said = said.replace('"False_Easting",500000.0', '"False_Easting",800000.0')
    path.with_suffix(".prj").write_text(said.replace('"False_Northing",0.0', '"False_Northing",-3000000.0'))

    run(path)

    assert_drawn(grids)


def test_web_mercator_in_gcj02_is_read_as_tiles_of_chinese_maps_have_it(tmp_path, grids):
    def tile(points):
        radians = np.radians(from_wgs84(points, Datum.GCJ02))
        return EARTH * np.column_stack([radians[:, 0], np.arcsinh(np.tan(radians[:, 1]))])

    run(write(tmp_path / "grids.gpkg", grids, system="EPSG:3857", move=tile), crs="gcj02")

    assert_drawn(grids)


@pytest.mark.parametrize(("system", "named"), [("EPSG:4214", "EPSG:4214"), ("EPSG:4610", "EPSG:4610")])
def test_an_older_system_is_refused_by_its_name(tmp_path, grids, system, named):
    path = write(tmp_path / "grids.zip", grids, system=system)

    with pytest.raises(CommandError, match=rf"grids\.zip is in the coordinate system {named}\. Convert it"):
        run(path)


def test_a_file_without_a_system_wants_one_chosen(tmp_path, grids):
    path = write(tmp_path / "grids.shp", grids)
    path.with_suffix(".prj").unlink()

    with pytest.raises(CommandError, match=r"does not say its coordinate system\. Choose it"):
        run(path)
    run(path, crs="cgcs2000")

    assert_drawn(grids)


def test_what_reaches_out_or_overlaps_is_taken_and_noted_with_its_square_metres(tmp_path, grids):
    (first, shape), (second, _shape) = grids
    write(tmp_path / "community.geojson", [(first.parent, shapely.box(114.3, 30.5, 114.3195, 30.51))])
    run(tmp_path / "community.geojson")
    path = write(tmp_path / "grids.geojson", [(first, shape), (second, shapely.box(114.3095, 30.5, 114.32, 30.51))])

    run(path)

    noted = (tmp_path / "remarks.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[:5] for line in noted] == [
        ["grids.geojson", "2", "geometry", codes.write(second.code), "noted"]
    ] * 2
    # 0.0005° × 0.01° at 30.505°: 47.997 m × 1,108.62 m.
    assert "reaches out of 荷塘社区 by 53,210 m²" in noted[0]
    assert "overlaps 第一网格 on 53,210 m²" in noted[1]
    assert Boundary.objects.count() == 3


def test_layers_of_one_file_are_read_one_after_the_other(tmp_path, grids):
    folder = "<Folder><name>{}</name>{}</Folder>"
    mark = (
        "<Placemark><name>{}</name><ExtendedData><Data name='code'><value>{}</value></Data></ExtendedData>"
        "<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></MultiGeometry></Placemark>"
    )
    drawn = [
        mark.format(area.name, codes.write(area.code), " ".join(f"{x},{y},12" for x, y in shape.exterior.coords))
        for area, shape in grids
    ]
    path = tmp_path / "grids.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        + "".join(folder.format(f"层{number}", one) for number, one in enumerate(drawn))
        + "</Document></kml>"
    )

    assert [feature.number for feature in read_map_file(path).features] == [1, 2]
    run(path)

    assert_drawn(grids)


def test_a_placemark_has_its_values_and_its_shape(tmp_path):
    corners, hole = "0,0 0,9 9,9 9,0 0,0", "1,1,7 1,2,7 2,2,7 1,1,7"
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    outer, inner = (ring.format(points) for points in (corners, hole))
    polygon = f"<outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{inner}</innerBoundaryIs>"
    path = tmp_path / "a.kml"
    path.write_text(
        "<kml><Document><NetworkLink><Link><href>http://127.0.0.1:1/</href></Link></NetworkLink>"
        f"<Placemark><name> 甲 </name><Polygon>{polygon}</Polygon><ExtendedData><SchemaData>"
        "<SimpleData name='户数'>310</SimpleData></SchemaData></ExtendedData></Placemark>"
        "<Placemark><name>乙</name><Point><coordinates>1,2,3</coordinates></Point></Placemark>"
        "<Placemark><name>丙</name><LineString><coordinates>1,2 x,y</coordinates></LineString></Placemark>"
        "<Placemark/></Document></kml>"
    )

    first, point, *broken = read_map_file(path).features

    assert first.values == {"name": "甲", "户数": "310"}
    assert first.geometry.equals(shapely.box(0, 0, 9, 9) - shapely.Polygon([(1, 1), (1, 2), (2, 2)]))
    assert point.geometry == shapely.Point(1, 2)
    assert [(one.values.get("name"), one.geometry) for one in broken] == [("丙", None), (None, None)]


class TestWrongFiles:
    def refused(self, path):
        with pytest.raises(Refused) as caught:
            read_map_file(path)
        return str(caught.value)

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("a.dwg", b"AC1032\x00\x00\x00", "none of the formats"),
            ("a.geojson", b"", "none of the formats"),
            ("a.gpkg", b"SQLite format 3\x00" + b"\x00" * 200, "none of the formats"),
            ("a.vrt", b"<OGRVRTDataSource><OGRVRTLayer name='/etc/passwd'/></OGRVRTDataSource>", "none of the"),
            ("a.kml", b"<kml><Document><Placemark>", "a.kml cannot be read"),
            ("a.kml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><kml>&a;</kml>", "defines entities"),
            ("a.zip", b"PK\x03\x04broken", "is damaged or locked"),
            ("a.json", b"[" * 100_000, "is not a GeoJSON FeatureCollection"),
            ("a.csv", "名称,编码\n甲,1\n".encode(), "has no column wkt"),
            ("a.csv", b"code,wkt\n", "holds no areas"),
        ],
    )
    def test_a_wrong_file_is_refused_with_the_mend(self, tmp_path, name, content, sentence):
        path = tmp_path / name
        path.write_bytes(content)

        assert sentence in self.refused(path)

    def test_a_shapefile_wants_its_attributes(self, tmp_path, grids):
        path = write(tmp_path / "grids.shp", grids)
        path.with_suffix(".dbf").unlink()
        assert "without its attributes" in self.refused(path)
        with zipfile.ZipFile(tmp_path / "half.zip", "w") as archive:
            archive.write(path, "grids.shp")
        assert "without its attributes" in self.refused(tmp_path / "half.zip")

    def test_a_zip_holds_one_map(self, tmp_path, grids):
        path = write(tmp_path / "grids.zip", grids)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("other.shp", b"")
        assert "several Shapefiles" in self.refused(path)
        with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
            archive.writestr("readme.txt", "nothing")
        assert "neither a Shapefile" in self.refused(tmp_path / "none.zip")

    def test_a_zip_bomb_is_not_unpacked(self, tmp_path, grids, monkeypatch):
        path = write(tmp_path / "grids.zip", grids)
        monkeypatch.setattr(archives, "MOST_UNPACKED", 100)
        assert "larger than" in self.refused(path)

    def test_a_zip_that_lies_about_its_size_is_stopped_on_the_way(self, tmp_path):
        path = tmp_path / "bomb.kmz"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("doc.kml", b"<kml>" + b" " * 100_000)
        content = bytearray(path.read_bytes())
        for mark, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = content.index(mark) + size_at
            content[at : at + 4] = (5).to_bytes(4, "little")
        path.write_bytes(content)
        assert "damaged or locked" in self.refused(path)

    def test_members_never_leave_their_folder(self, tmp_path, grids):
        folder = tmp_path / "in"
        folder.mkdir()
        write(folder / "grids.kml", grids)
        with zipfile.ZipFile(folder / "grids.kmz", "w") as archive:
            archive.write(folder / "grids.kml", "../../escaped.kml")
        assert len(read_map_file(folder / "grids.kmz").features) == 2
        assert not list(tmp_path.parent.rglob("escaped.kml"))

    @pytest.mark.parametrize(
        ("limit", "value", "sentence"),
        [("LARGEST", 10, "larger than"), ("MOST_FEATURES", 1, "more than 1 features"), ("MOST_POINTS", 3, "points")],
    )
    def test_a_file_has_limits(self, tmp_path, grids, monkeypatch, limit, value, sentence):
        path = write(tmp_path / "grids.gpkg", grids)
        monkeypatch.setattr(files, limit, value)
        assert sentence in self.refused(path)

    def test_a_folder_or_nothing_is_refused(self, tmp_path):
        assert "no file" in self.refused(tmp_path)
        assert "no file" in self.refused(tmp_path / "nowhere.zip")

    def test_what_lies_beside_a_map_is_not_read(self, tmp_path, grids):
        path = write(tmp_path / "grids.gpkg", grids)
        linked = tmp_path / "link"
        linked.symlink_to(path)
        assert len(read_map_file(linked).features) == 2  # known by its content, whatever its name

    def test_points_and_lines_are_no_areas(self, tmp_path):
        path = tmp_path / "line.geojson"
        line = {"type": "LineString", "coordinates": [[114, 30], [115, 31]]}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [{"geometry": line}]}))
        assert read_map_file(path).features[0].geometry == line  # refused where it is drawn, with its area's name
