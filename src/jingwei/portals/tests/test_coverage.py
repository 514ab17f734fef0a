"""The pages on boundaries as an administrator uses them. They lie in places; who may open them is known here."""

from io import BytesIO

import pytest
import shapely

from jingwei.people.testing import a_holder, let_in
from jingwei.places.public import Act, Boundary, codes, draw_in_draft, open_draft_of, set_boundary
from jingwei.places.testing import a_building, a_community, a_district, a_grid, a_street

pytestmark = pytest.mark.django_db

WEST, EAST = (114.30, 30.50, 114.31, 30.51), (114.3101, 30.50, 114.32, 30.51)


@pytest.fixture
def district():
    return a_district(name="澄江区")


@pytest.fixture
def grids(district):
    """Two grids with a gap of 10 m between them, in which a building of 30 households stands."""
    community = a_community(a_street(district, name="柳岸街道"), name="荷塘社区")
    set_boundary(community, shapely.box(114.30, 30.50, 114.32, 30.51), by=None)
    first = a_grid(community, name="第一网格", bounds=WEST)
    second = a_grid(community, name="第二网格", bounds=EAST)
    a_building(first, 114.305, 30.505, households=210)
    a_building(first, 114.31005, 30.505, households=30)
    a_building(second, 114.315, 30.505, households=510)
    return first, second


@pytest.fixture
def desk(client, district):
    client.cookies["django_language"] = "en"
    return let_in(client, a_holder("administrator", district.code))


@pytest.fixture
def other_desk(client, district):
    other = type(client)()
    other.cookies["django_language"] = "en"
    return let_in(other, a_holder("administrator", district.code))


def at(grids, *way):
    return "/".join(["/desk/coverage", codes.write(grids[0].parent.code), *way]) + "/"


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def key_of(page):
    """Of the first finding on a page."""
    return page.split('name="finding" value="')[1].split('"')[0]


def adopt(desk, grids):
    key = key_of(text(desk.get(at(grids))))
    return desk.post(at(grids, "adopt"), {"finding": key, "mend": f"to-{grids[0].code}"}, follow=True)


def test_the_page_says_in_words_what_the_map_shows(desk, grids, district):
    page = text(desk.get(at(grids)))

    assert "<b>Gap</b>" in page
    assert "between 第一网格 and 第二网格" in page
    assert "1 building, 30 households inside, which no grid worker answers for." in page
    assert "Merge into 第一网格" in page
    assert "540 households afterwards, more than 500" in page
    assert "<b>Too large</b>" in page
    assert "The grids of 荷塘社区. Gaps: 1, overlaps: 0." in page
    assert 'class="fault"' in page
    assert "1 place must be mended" in page


def test_the_page_asks_for_what_it_shows_by_a_fixed_number_of_queries(desk, grids, django_assert_max_num_queries):
    desk.get(at(grids))
    with django_assert_max_num_queries(26):
        desk.get(at(grids))
    a_grid(grids[0].parent, bounds=(114.32, 30.50, 114.33, 30.51))
    with django_assert_max_num_queries(26):
        desk.get(at(grids))


def test_the_rail_leads_there_and_home_goes_to_the_first_street(desk, grids, district):
    assert desk.get("/desk/coverage/").url == f"/desk/coverage/{codes.write(grids[0].parent.parent.code)}/"
    for code in (district.code, grids[0].code):
        page = text(desk.get(f"/desk/coverage/{codes.write(code)}/"))
        assert "柳岸街道" in page
        assert "<b>Gap</b>" in page
    assert "/desk/coverage/" in text(desk.get(at(grids)))


def test_a_mend_is_looked_at_before_it_is_adopted(desk, grids):
    key = key_of(text(desk.get(at(grids))))
    page = text(desk.get(at(grids), {"finding": key, "mend": f"to-{grids[1].code}"}))
    assert 'class="proposed"' in page
    assert open_draft_of(grids[0].code) is None


def test_a_mend_is_adopted_undone_adopted_and_published(desk, grids):
    assert "It is in the draft." in text(adopt(desk, grids))
    undone = desk.post(at(grids, "undo"), {"number": 1}, follow=True)
    assert "The last step is undone." in text(undone)
    assert "<b>Gap</b>" in text(undone)
    page = text(adopt(desk, grids))
    assert "<b>Gap</b>" not in page
    assert "Last done in the draft: Gap closed." in page

    asked = text(desk.get(at(grids, "publish")))
    assert "The boundary of 1 area changes:" in asked
    assert "must still be mended" not in asked
    done = desk.post(at(grids, "publish"), follow=True)

    assert "The boundaries are on the map." in text(done)
    assert Boundary.objects.get(area=grids[0]).max_longitude == 114.3101
    versions = text(desk.get(at(grids, "versions")))
    assert "Gap closed" in versions
    assert "Take back by a draft" in versions


def test_a_version_is_taken_back(desk, grids):
    adopt(desk, grids)
    draft = open_draft_of(grids[0].code)
    desk.post(at(grids, "publish"))

    page = text(desk.post(at(grids, "versions", str(draft.pk)), follow=True))

    assert "What was before stands in the draft." in page
    assert "<b>Gap</b>" in page


def test_with_a_fault_left_a_second_person_publishes(desk, other_desk, grids, district):
    draw_in_draft(district, {grids[1].code: shapely.box(114.3102, 30.50, 114.32, 30.51)}, act=Act.IMPORT, by=None)
    page = text(desk.post(at(grids, "publish")), status=422)
    assert "1 place must still be mended. Mend it, or give a reason, and a second person publishes." in page

    asked = text(desk.post(at(grids, "publish"), {"reason": "A road is being built"}, follow=True))
    assert "A second person can publish it now." in asked
    assert "You gave it. Now somebody else publishes." in text(desk.get(at(grids, "publish")))
    assert "The reason given: A road is being built" in text(other_desk.get(at(grids, "publish")))
    assert "The boundaries are on the map." in text(other_desk.post(at(grids, "publish"), follow=True))


def test_a_draft_is_discarded(desk, grids):
    adopt(desk, grids)
    assert "The draft is discarded." in text(desk.post(at(grids, "discard"), follow=True))
    assert desk.post(at(grids, "discard")).status_code == 404
    assert desk.get(at(grids, "publish")).status_code == 404


def test_what_was_mended_meanwhile_is_said(desk, grids):
    key = key_of(text(desk.get(at(grids))))
    adopt(desk, grids)
    again = desk.post(at(grids, "adopt"), {"finding": key, "mend": f"to-{grids[1].code}"}, follow=True)
    assert "mended or has changed meanwhile" in text(again)


@pytest.mark.parametrize("typed", [{}, {"finding": "x" * 500, "mend": "y"}, {"number": "one"}, {"number": 10**30}])
def test_odd_forms_change_nothing(desk, grids, typed):
    for verb in ("adopt", "undo"):
        assert desk.post(at(grids, verb), typed).status_code in (302, 404)
    assert open_draft_of(grids[0].code) is None


@pytest.mark.parametrize("code", ["5", "0", "999999999999999999", "9" * 40])
def test_odd_addresses_are_nobodys(desk, grids, code):
    assert desk.get(f"/desk/coverage/{code}/").status_code == 404


def test_a_file_is_put_up_looked_at_and_taken_in(desk, grids):
    exported = desk.get(at(grids, "export"), {"form": "geojson", "datum": "gcj02", "state": "map"})
    assert exported["Content-Disposition"].endswith('-gcj02.geojson"')
    file = BytesIO(exported.content)
    file.name = "网格.geojson"
    set_boundary(grids[0], shapely.box(114.30, 30.50, 114.309, 30.51), by=None)

    answer = desk.post(at(grids, "import"), {"file": file})

    assert answer.status_code == 302
    page = text(desk.get(answer.url))  # as WGS-84, which the file does not say it is not
    assert "网格.geojson" in page
    assert "reaches out of 荷塘社区 by" in page
    page = text(desk.get(answer.url, {"datum": "gcj02", "code": "code"}))
    assert "Take into the draft" in page
    assert "reaches out" not in page
    done = desk.post(answer.url, {"datum": "gcj02", "code": "code", "name": "", "parent": ""}, follow=True)
    assert "in the draft." in text(done)
    assert desk.get(answer.url).status_code == 404


def test_a_wrong_file_is_said_to_be_wrong_beside_the_field(desk, grids):
    file = BytesIO(b"\x89PNG\r\n\x1a\n\x00")
    file.name = "map.png"
    assert "map.png is none of the formats" in text(desk.post(at(grids, "import"), {"file": file}), status=422)
    assert "This field is required" in text(desk.post(at(grids, "import")), status=422)


def test_a_file_that_needs_a_choice_says_so(desk, grids):
    file = BytesIO(f'code,wkt\n{codes.write(grids[0].code)},"{shapely.box(*WEST).wkt}"\n'.encode())
    file.name = "grids.csv"
    url = desk.post(at(grids, "import"), {"file": file}).url
    assert "does not say its coordinate system. Choose it" in text(desk.get(url), status=422)
    assert text(desk.get(url, {"datum": "wgs84"}))
    assert text(desk.get(url, {"datum": "mars"}), status=422)


def test_a_file_is_seen_by_whoever_put_it_up(desk, other_desk, grids):
    exported = desk.get(at(grids, "export"), {"form": "gpkg", "datum": "wgs84", "state": "map"})
    file = BytesIO(exported.content)
    file.name = "grids.gpkg"
    url = desk.post(at(grids, "import"), {"file": file}).url
    assert desk.get(url).status_code == 200
    assert other_desk.get(url).status_code == 404


def test_limits_are_set_for_the_district(desk, grids):
    assert 'value="500"' in text(desk.get(at(grids, "limits")))
    typed = {"fewest_households": 100, "most_households": 600, "sliver_metres": 5, "sliver_width": 0.3}
    page = text(desk.post(at(grids, "limits"), typed, follow=True))
    assert "<b>Too large</b>" not in page
    wrong = text(desk.post(at(grids, "limits"), {**typed, "fewest_households": 600}), status=422)
    assert "must be fewer than the most" in wrong


def test_where_nothing_is_drawn_the_page_says_what_to_do(desk, district):
    street = a_street(district)
    page = text(desk.get(f"/desk/coverage/{codes.write(street.code)}/"))
    assert "Import the boundaries of the grids from a map file." in page
