import csv
import json
from datetime import date
from io import StringIO

import pytest
import shapely
from django.core.management import CommandError, call_command

from jingwei.kernel.public import FactRow
from jingwei.places import codes
from jingwei.places.actions import end_area
from jingwei.places.imports import boundaries
from jingwei.places.index import find
from jingwei.places.models import Boundary
from jingwei.places.testing import a_community, a_grid, an_area

pytestmark = pytest.mark.django_db


def square(west, south=30.0):
    return shapely.box(west, south, west + 0.1, south + 0.1).__geo_interface__


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


class Bench:
    """A file to import, and what came of it."""

    def __init__(self, folder):
        self.path = folder / "grids.geojson"
        self.list = folder / "remarks.csv"

    def __call__(self, *features, is_dry=False, **members):
        self.path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
        said = StringIO()
        self.list.unlink(missing_ok=True)
        call_command("import_boundaries", self.path, stdout=said, remarks=self.list, dry_run=is_dry)
        return said.getvalue()

    def reasons(self):
        return {row["row"]: row["reason"] for row in csv.DictReader(self.list.open(encoding="utf-8-sig"))}


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


@pytest.mark.parametrize("write", [codes.write, int, lambda code: codes.write(code)[:15]])
def test_a_feature_names_its_area_by_code(bench, write):
    grid = a_grid()

    said = bench(feature(square(114), code=write(grid.code)))

    assert "1 rows read: 1 new" in said
    assert find(114.05, 30.05).code == grid.code
    assert list(FactRow.objects.values_list("kind", "code")) == [("places.boundary_set", grid.code)]


@pytest.mark.parametrize(
    "of_parent", [str, lambda area: codes.write(area.code), lambda area: codes.write(area.code)[:12]]
)
def test_a_feature_names_its_area_by_name_and_parent(bench, of_parent):
    wanted = a_grid(a_community(name="花楼社区"), name="第一网格")
    a_grid(a_community(name="江汉社区"), name="第一网格")

    bench(feature(square(114), name="第一网格", parent=of_parent(wanted.parent)))

    assert Boundary.objects.get().area == wanted


def test_a_name_that_stands_once_needs_no_parent(bench):
    district = an_area(codes.make(420103), name="江汉区")

    bench(feature(square(114), name=" 江汉区 "))

    assert Boundary.objects.get().area == district


def test_wrong_features_are_named_with_the_mend_and_the_rest_goes_in(bench):
    grid, other = a_grid(name="第一网格"), a_grid(name="第一网格")
    over = a_grid(name="旧网格")
    end_area(over, on=date(2020, 1, 1), by=None)
    crossing = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}

    said = bench(
        feature(square(114)),
        feature(square(114), code="99"),
        feature(square(114), code="x"),
        feature(square(114), name="第一网格"),
        feature(square(114), name="无此网格"),
        feature(square(114), name="第一网格", parent="别处"),
        feature(square(114), code=over.code),
        feature(crossing, code=grid.code),
        feature(None, code=grid.code),
        feature(square(114), code=grid.code),
        feature(square(115), code=grid.code),
        {"type": "Feature", "geometry": square(114), "properties": None},
        "nonsense",
        feature(square(116), code=other.code),
    )

    assert "14 rows read: 2 new, 0 changed, 0 unchanged, 12 refused" in said
    expected = {
        "1": "names no area. Give it the property code",
        "2": "no area with this code today. Import the areas first",
        "3": "no area with this code",
        "4": "Several areas have this name. Give the code",
        "5": "no area of this name there",
        "6": "no area of this name there",
        "7": "no area with this code today",
        "8": "第一网格 crosses or touches itself near 0.5",
        "9": "第一网格 has no geometry",
        "11": "Feature 10 draws the same area",
        "12": "names no area",
        "13": "names no area",
    }
    reasons = bench.reasons()
    assert list(reasons) == list(expected)
    for row, sentence in expected.items():
        assert sentence in reasons[row]
    assert find(114.05, 30.05).code == grid.code
    assert find(116.05, 30.05).code == other.code


def test_a_second_run_changes_nothing_and_says_so(bench):
    grid, other = a_grid(), a_grid()
    features = [feature(square(114), code=grid.code), feature(square(115), code=other.code)]
    bench(*features)
    before = list(Boundary.objects.values())

    assert "0 new, 0 changed, 2 unchanged" in (said := bench(*features))
    assert "Nothing has changed" in said
    assert list(Boundary.objects.values()) == before

    features[0] = feature(square(117), code=grid.code)
    assert "0 new, 1 changed, 1 unchanged" in bench(*features)
    assert find(117.05, 30.05).code == grid.code


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(bench):
    grid = a_grid()

    said = bench(feature(square(114), code=grid.code), feature(None, code=grid.code), is_dry=True)

    assert "1 new, 0 changed, 0 unchanged, 1 refused" in said
    assert "dry run: nothing was kept" in said
    assert "2" in bench.reasons()
    assert not Boundary.objects.exists()
    assert not FactRow.objects.exists()
    assert find(114.05, 30.05) is None


def test_features_go_in_by_batches(bench, monkeypatch):
    monkeypatch.setattr(boundaries, "BATCH", 2)
    community = a_community()
    grids = [a_grid(community) for _ in range(5)]

    said = bench(*[feature(square(100 + n), code=grid.code) for n, grid in enumerate([*grids, grids[0]])])

    assert "6 rows read: 5 new, 0 changed, 0 unchanged, 1 refused" in said
    assert "Feature 1 draws the same area" in bench.reasons()["6"]
    assert len(set(Boundary.objects.values_list("version", flat=True))) == 3


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4490", "EPSG:4326"])
def test_degrees_may_be_named(bench, name):
    assert "1 new" in bench(
        feature(square(114), code=a_grid().code), crs={"type": "name", "properties": {"name": name}}
    )


@pytest.mark.parametrize("crs", [{"properties": {"name": "urn:ogc:def:crs:EPSG::4214"}}, {"properties": 5}, "EPSG"])
def test_another_coordinate_system_is_refused(bench, crs):
    with pytest.raises(CommandError, match=r"is in the coordinate system .* Convert it to WGS-84"):
        bench(feature(square(114), code=a_grid().code), crs=crs)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"type":\n"FeatureColl', "is not JSON from line 2 on"),
        ('{"名": 1}'.encode("gb18030"), "is not in UTF-8"),
        (b"[1]", "is not a GeoJSON FeatureCollection"),
        (b'{"type": "Polygon"}', "is not a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_of_no_use_is_refused(tmp_path, content, sentence):
    path = tmp_path / "grids.geojson"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        call_command("import_boundaries", path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no file .* that can be read"):
        call_command("import_boundaries", tmp_path / "nowhere.geojson")
