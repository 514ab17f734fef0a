import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.coordinates import Datum, to_wgs84
from jingwei.places.coverage.drafting import open_draft_of
from jingwei.places.coverage.export import Format, export_boundaries
from jingwei.places.coverage.loading import drafted_outlines
from jingwei.places.coverage.uploads import adopt_upload, forget_uploads, keep_upload, look_at
from jingwei.places.imports.boundaries import Columns
from jingwei.places.imports.files import read_map_file
from jingwei.places.models import Boundary, BoundaryUpload
from jingwei.places.testing import a_community, a_district, a_grid, a_street
from jingwei.places.tests.map_files import write

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
ANY = Columns()


@pytest.fixture
def grids():
    community = a_community(a_street(a_district()))
    return [
        (a_grid(community, bounds=(114.30, 30.50, 114.31, 30.51)), shapely.box(114.30, 30.50, 114.3105, 30.51)),
        (a_grid(community), shapely.box(114.3105, 30.50, 114.32, 30.51)),
    ]


def upload(path, grids, **options):
    return keep_upload(grids[0][0], name=path.name, content=path.read_bytes(), by=None, **options)


def test_a_file_is_looked_at_and_then_taken_into_the_draft(tmp_path, grids):
    kept = upload(write(tmp_path / "grids.zip", grids), grids)

    look = look_at(kept, columns=ANY, datum=None)

    assert (look.tally.read, look.tally.new, look.tally.changed, look.tally.refused) == (2, 1, 1, 0)
    assert look.columns == Columns("code", "name", "")
    assert Boundary.objects.count() == 1

    step = adopt_upload(kept, columns=ANY, datum=None, by=None)

    assert step.codes == [area.code for area, _shape in grids]
    drawn = drafted_outlines(open_draft_of(grids[0][0].code))
    assert all(shapely.equals(drawn[area.code], shape) for area, shape in grids)
    assert Boundary.objects.count() == 1
    assert not BoundaryUpload.objects.exists()


def test_what_is_wrong_is_listed_and_the_rest_is_taken(tmp_path, grids):
    (first, shape), (second, _shape) = grids
    elsewhere = a_grid(a_community(a_street(a_district())))
    crossing = shapely.Polygon([(114.3, 30.5), (114.31, 30.51), (114.31, 30.5), (114.3, 30.51)])
    path = write(tmp_path / "grids.gpkg", [(first, shape), (second, crossing), (elsewhere, shape)])

    look = look_at(upload(path, grids), columns=ANY, datum=None)

    assert [(one.row, one.outcome) for one in look.remarks.listed] == [(2, "refused"), (3, "refused")]
    assert "crosses or touches itself near 114.305000, 30.505000" in look.remarks.listed[0].reason
    assert "another district" in look.remarks.listed[1].reason
    assert [one.area for one in look.drawn] == [first]


def test_a_file_that_changes_nothing_is_not_taken(tmp_path, grids):
    (first, _shape), _second = grids
    kept = upload(write(tmp_path / "same.gpkg", [(first, shapely.box(114.30, 30.50, 114.31, 30.51))]), grids)
    with pytest.raises(Refused, match="Nothing in this file changes"):
        adopt_upload(kept, columns=ANY, datum=None, by=None)
    assert open_draft_of(first.code) is None


def test_a_wrong_file_is_not_kept(tmp_path, grids):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x00")
    with pytest.raises(Refused, match=r"picture\.png is none of the formats"):
        upload(path, grids)
    assert not BoundaryUpload.objects.exists()


def test_a_person_has_one_file_and_files_go_after_a_day(tmp_path, grids):
    path = write(tmp_path / "grids.geojson", grids)
    upload(path, grids, now=NOW)
    upload(path, grids, now=NOW)
    assert BoundaryUpload.objects.count() == 1
    assert forget_uploads(NOW + timedelta(hours=23)) == 0
    assert forget_uploads(NOW + timedelta(hours=25)) == 1


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("datum", list(Datum))
def test_what_is_exported_is_read_back_as_it_is(tmp_path, grids, form, datum):
    (grid, _shape), _second = grids
    exported = export_boundaries(grid.parent.code, form=form, datum=datum)

    path = tmp_path / exported.name
    path.write_bytes(exported.content)
    (feature,) = read_map_file(path).features

    assert exported.name == f"boundaries-{codes.write(grid.parent.code)}-{datum.value}.{form.value}"
    assert feature.values["code"] == codes.write(grid.code)
    assert (feature.values["name"], feature.values["parent"]) == (grid.name, grid.parent.name)
    shape = feature.geometry
    if form is Format.GEOJSON:
        shape = shapely.from_geojson(json.dumps(shape))
    back = shapely.transform(shape, lambda points: to_wgs84(points, datum))
    assert shapely.hausdorff_distance(back, shapely.box(114.30, 30.50, 114.31, 30.51)) < 1e-9


def test_an_export_of_the_draft_has_what_is_drawn_there(tmp_path, grids):
    adopt_upload(upload(write(tmp_path / "grids.zip", grids), grids), columns=ANY, datum=None, by=None)
    draft = open_draft_of(grids[0][0].code)

    drawn = json.loads(export_boundaries(draft.code, form=Format.GEOJSON, draft=draft).content)

    corners = [np.array(one["geometry"]["coordinates"][0]) for one in drawn["features"]]
    assert [corner[:, 0].max() for corner in corners] == [114.3105, 114.32]


def test_nothing_drawn_is_exported_as_nothing(grids):
    empty = export_boundaries(grids[1][0].code, form=Format.GEOPACKAGE)
    assert empty.content.startswith(b"SQLite format 3")
    assert json.loads(export_boundaries(grids[1][0].code, form=Format.GEOJSON).content)["features"] == []
