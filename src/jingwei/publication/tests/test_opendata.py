"""Open data say what the public pages say, whole, in both forms."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import environment
from jingwei.places.public import Area
from jingwei.publication.actions import hide_case
from jingwei.publication.models import PublicCase
from jingwei.publication.opendata import KEPT, export
from jingwei.publication.testing import cast_and_areas, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    """Files of exports lie in a folder of the test's own."""
    monkeypatch.setenv("JINGWEI_HOME", str(tmp_path))
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


def rows_of(path):
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"))))


def test_both_forms_hold_the_same_public_cases():
    cast = cast_and_areas()
    shown = published(a_case("closed", cast=cast, longitude=114.3, latitude=30.5, place="Door 302"))
    hidden = a_case("filed", cast=cast)
    published(hidden)
    hide_case(hidden, because="person", by=cast.community_officer)
    area = Area.objects.get(pk=cast.community)

    (from_csv,) = rows_of(export(area, "csv"))
    (from_json,) = json.loads(export(area, "json").read_text("utf-8"))

    assert from_csv.keys() == from_json.keys()
    assert from_csv["number"] == from_json["number"] == shown.number
    assert (from_csv["longitude"], from_json["latitude"]) == ("114.3", 30.5)
    assert from_json["on_time"] is True
    assert from_json["category_zh"] == "路灯"
    assert "302" not in json.dumps(from_json)


@pytest.mark.parametrize(
    "title", ['A "quoted" title', "back\\slash, comma", "两行\n标题", "=HYPERLINK(1)", "@cmd", "tab\there"]
)
def test_any_title_comes_out_as_it_was_and_is_no_formula(title):
    cast = cast_and_areas()
    row = published(a_case("filed", cast=cast))
    PublicCase.objects.filter(pk=row.pk).update(title=title)
    area = Area.objects.get(pk=cast.community)

    assert json.loads(export(area, "json").read_text("utf-8"))[0]["title"] == title
    assert rows_of(export(area, "csv"))[0]["title"] == (f"'{title}" if title[0] in "=@" else title)


def test_nothing_is_an_empty_list():
    area = Area.objects.get(pk=cast_and_areas().community)

    assert json.loads(export(area, "json").read_text("utf-8")) == []
    assert rows_of(export(area, "csv")) == []


def test_a_file_serves_for_a_while_and_is_then_made_anew():
    cast = cast_and_areas()
    area = Area.objects.get(pk=cast.community)
    path = export(area, "csv")
    published(a_case("filed", cast=cast, at=MONDAY))
    assert rows_of(export(area, "csv")) == []

    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    export(area, "csv", now=written_at + KEPT + timedelta(seconds=1))

    assert len(rows_of(path)) == 1


def test_a_file_names_its_licence_and_an_unknown_form_is_not_there(client):
    cast = cast_and_areas()

    answer = client.get(reverse("public:file", args=[cast.community, "csv"]))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'rel="license"' in answer.headers["Link"]
    assert answer.getvalue().startswith(b"\xef\xbb\xbfnumber,area,category")
    assert client.get(reverse("public:file", args=[cast.community, "xml"])).status_code == 404
