"""The public pages: what they show, to whom nothing is shown, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from jingwei.attachments.testing import a_jpeg
from jingwei.cases.public import OPEN, add_photo
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import environment
from jingwei.kernel.testing import acting_as
from jingwei.people.testing import let_in
from jingwei.places.public import Area
from jingwei.publication.map import NEAR, draw, near
from jingwei.publication.reading import PAGE, Filters, cases_of, page
from jingwei.publication.testing import a_public_case, cast_and_areas, published
from jingwei.publication.view import View

pytestmark = pytest.mark.django_db

HERE = {"longitude": 114.3, "latitude": 30.5}
VIEW = View(114.3, 30.5, 1000)
NOTHING = Filters()


@pytest.fixture
def read(client):
    """A public page as text, in English."""
    client.cookies["django_language"] = "en"

    def get(name, *args, **query):
        return client.get(reverse(f"public:{name}", args=args, query=query)).content.decode()

    return get


def test_the_first_address_leads_to_the_highest_area(client):
    cast = cast_and_areas()
    top = Area.objects.current().order_by("code").first()

    assert client.get(reverse("public:home")).headers["Location"] == f"/c/{top.code}/"
    assert cast.street > top.code


@pytest.mark.parametrize("level", ["grid", "community", "street"])
def test_every_area_above_lists_a_case(read, level):
    cast = cast_and_areas()
    row = a_public_case(cast=cast)

    assert row.number in read("cases", getattr(cast, level))


def test_pages_go_on_where_the_last_ended():
    cast = cast_and_areas()
    for at in range(5):
        a_public_case(cast=cast, at=MONDAY + timedelta(minutes=at))
    area = Area.objects.get(pk=cast.street)

    first = page(area, NOTHING, MONDAY, limit=2)
    second = page(area, NOTHING, MONDAY, after=first.next, limit=2)
    third = page(area, NOTHING, MONDAY, after=second.next, limit=2)

    numbers = [case.row.number for one in (first, second, third) for case in one.list]
    assert len(numbers) == 5
    assert numbers == sorted(numbers, reverse=True)
    assert third.next == ""


@pytest.mark.parametrize("after", ["x", "2026-01-01~x", "2026-01-01T00:00:00~0", "~"])
def test_a_page_that_cannot_be_found_says_so(client, after):
    cast = cast_and_areas()

    assert client.get(reverse("public:cases", args=[cast.grid], query={"after": after})).status_code == 409


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({}, True),
        ({"category": "02"}, True),
        ({"category": "0201"}, True),
        ({"category": "01"}, False),
        ({"category": "'; DROP"}, True),
        ({"state": "open"}, True),
        ({"state": "late"}, False),
        ({"state": "closed"}, False),
        ({"period": "30"}, True),
    ],
)
def test_filters_leave_out_what_was_not_asked_for(asked, is_there):
    cast = cast_and_areas()
    row = a_public_case(cast=cast, **HERE)
    filters, now = Filters.read(asked), MONDAY + timedelta(hours=1)

    listed = [case.row.number for case in page(Area.objects.get(pk=cast.street), filters, now).list]
    mapped = [one.number for one in near(VIEW, filters, now)]

    assert listed == mapped == ([row.number] if is_there else [])


def test_the_map_shows_what_lies_in_the_view_at_its_rounded_place(read):
    cast = cast_and_areas()
    inside = a_public_case(cast=cast, longitude=114.30004, latitude=30.50004)
    outside = a_public_case(cast=cast, longitude=114.31, latitude=30.5, at=MONDAY + timedelta(minutes=1))

    said = read("map", cast.community, at="114.3,30.5")
    assert inside.number in said
    assert outside.number not in said
    assert outside.number in read("map", cast.community, at="114.3,30.5", metres="4000")

    (pin,) = draw(VIEW, NOTHING, MONDAY).pins
    assert (pin.x, pin.y) == (320, 320)


def test_cases_at_one_place_are_one_pin():
    cast = cast_and_areas()
    for at in range(3):
        a_public_case(cast=cast, at=MONDAY + timedelta(minutes=at), **HERE)

    (pin,) = draw(VIEW, NOTHING, MONDAY + timedelta(hours=1)).pins

    assert (len(pin.cases), pin.is_many, pin.colour) == (3, True, "open")


@pytest.mark.parametrize("at", ["", "x", "nan,nan", "200,10", "1,2,3", "inf,0"])
def test_a_map_that_asks_for_nowhere_shows_the_middle_of_the_area(read, at):
    cast = cast_and_areas()
    row = a_public_case(cast=cast, **HERE)

    assert row.number in read("map", cast.community, at=at)


def test_the_map_costs_three_queries_and_the_list_four(client, django_assert_num_queries):
    cast = cast_and_areas()
    a_public_case(cast=cast, **HERE)
    for name, n in (("map", 3), ("cases", 4)):
        address = reverse(f"public:{name}", args=[cast.community], query={"at": "114.3,30.5"})
        client.get(address)
        with django_assert_num_queries(n):
            client.get(address)


def test_the_map_is_read_from_the_index_of_squares():
    for step in range(40):  # with one row, any index is as good
        a_public_case(**HERE | {"longitude": HERE["longitude"] + step / 20})
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("ANALYZE public_case")
    given = {
        "cells": VIEW.squares,
        "since": MONDAY - timedelta(days=1),
        "first": "",
        "last": "",
        "statuses": sorted(OPEN),
        "late": False,
        "now": MONDAY,
        "most": 20,
        "west": 114,
        "south": 30,
        "east": 115,
        "north": 31,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + NEAR, given)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Only Scan using public_cell" in plan
    assert "cell = " in plan


def test_the_list_of_a_community_is_read_in_order_from_its_index():
    cast = cast_and_areas()
    a_public_case(cast=cast)
    area = Area.objects.get(pk=cast.community)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    plan = cases_of(area, NOTHING, MONDAY)[: PAGE + 1].explain()

    assert "public_community" in plan
    assert "Sort" not in plan


def test_a_case_shows_its_six_steps_and_neither_words_nor_names(read):
    cast = cast_and_areas()
    row = a_public_case("closed", cast=cast, words="Door 302 of Mrs Li", place="Lotus Road 5", **HERE)

    said = read("case", row.number)

    assert said.count("<li data-step") == 6
    assert "Handled within the time" in said
    for secret in ("302", "Mrs Li", "Lotus", cast.resident.name or "-", cast.grid_worker.name, cast.dispatcher.name):
        assert secret not in said


def test_a_member_says_me_too_follows_and_takes_it_back(client, read):
    cast = cast_and_areas()
    row = a_public_case(cast=cast)
    wish = reverse("public:wish", args=[row.number])
    assert client.post(wish, {"wish": "concerned"}).headers["Location"].startswith("/sign-in/")

    let_in(client, cast.resident)
    client.post(wish, {"wish": "concerned"})
    said = read("case", row.number)
    assert "It concerns 1 more" in said
    assert "Stop following" in said

    client.post(wish, {"wish": "nothing"})
    assert "Does it concern you too?" in read("case", row.number)
    assert client.post(wish, {"wish": "x"}).status_code == 404


def test_the_feed_has_the_newest_cases(read):
    cast = cast_and_areas()
    row = a_public_case(cast=cast)

    assert f"/public/{row.number}/" in read("feed", cast.community)


def test_an_area_or_a_case_that_is_not_there_is_not_there(client):
    cast_and_areas()
    for address in ("/c/0/", "/c/x/", "/c/990101009000000000/", "/public/20200101-999999/", "/public/x/"):
        assert client.get(address).status_code == 404


def test_whoever_asks_too_fast_waits(client, monkeypatch):
    cast = cast_and_areas()
    monkeypatch.setenv("JINGWEI_PUBLIC_READS_PER_MINUTE", "2")
    environment.cache_clear()
    address = reverse("public:cases", args=[cast.grid])

    codes = [client.get(address).status_code for _ in range(3)]

    monkeypatch.undo()
    environment.cache_clear()
    assert codes == [200, 200, 429]


def test_an_officer_hides_a_case_and_releases_a_photo(client, read, media):
    cast = cast_and_areas()
    case = a_case("filed", cast=cast)
    row = published(case)
    photo = add_photo(case, a_jpeg(), by=cast.resident)
    let_in(client, cast.community_officer)
    here = {"number": case.number}

    client.post(reverse("publication:release", kwargs=here | {"photo_id": photo.pk}))
    assert client.get(reverse("public:photo", args=[photo.pk])).status_code == 200
    assert str(photo.pk) in read("case", row.number)

    client.post(reverse("publication:withdraw", kwargs=here | {"photo_id": photo.pk}))
    assert client.get(reverse("public:photo", args=[photo.pk])).status_code == 404

    client.post(reverse("publication:hide", kwargs=here), {"because": "person"})
    assert client.get(reverse("public:case", args=[case.number])).status_code == 404
    client.post(reverse("publication:show", kwargs=here))
    assert client.get(reverse("public:case", args=[case.number])).status_code == 200
