"""The pages of areas and their changes: they stand in places, which knows no people, and are walked from here."""

from datetime import timedelta

import pytest
import shapely
from django.urls import reverse

from jingwei.cases.testing import a_case
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, let_in, the_cast
from jingwei.places.public import Area, AreaChange, Building, apply_due_changes, codes
from jingwei.places.testing import a_building, a_grid, a_unit, an_area

pytestmark = pytest.mark.django_db
BOUNDS = (114.0, 30.0, 114.01, 30.01)


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.community, name="Hetang")
    grid = a_grid(Area.objects.get(pk=cast.community), bounds=BOUNDS, name="Grid 1")
    for name, x in (("Yard 1", 114.002), ("Yard 2", 114.008)):
        a_building(grid, x, 30.005, name=name, households=40)
    return cast


@pytest.fixture
def admin(client, cast):
    let_in(client, a_holder("administrator", codes.ancestor(cast.grid, codes.Level.DISTRICT), name="Xu Ming"))
    client.get("/", headers={"accept-language": "en"})
    return client


def page(client, name, /, *args, **query):
    response = client.get(reverse(f"places:{name}", args=args, query=query or None), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, /, *args, **typed):
    return client.post(reverse(f"places:{name}", args=args), typed, headers={"accept-language": "en"})


def day(days=10):
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def planned(admin, cast, **typed):
    given = {"how": "line", "first": 22, "second": 10, "name_0": "Grid 1 A", "name_1": "Grid 1 B", "rest": "0"}
    given |= {"takes_effect_on": day(), "reason": "Decision 12", **typed}
    response = send(admin, "split", cast.grid, **given)
    assert response.status_code == 302, response.content.decode()
    return AreaChange.objects.get()


def test_the_first_page_is_the_top_of_what_one_sets_up(admin, cast):
    response = admin.get(reverse("places:areas"))

    assert response.headers["Location"] == reverse(
        "places:area", args=[codes.ancestor(cast.grid, codes.Level.DISTRICT)]
    )


def test_an_area_shows_where_it_lies_what_lies_in_it_and_who_works_there(admin, cast):
    a_case("filed", cast=cast)

    html = page(admin, "area", cast.grid)

    assert "Hetang" in html
    assert "Grid 1" in html
    assert "<svg" in html
    assert cast.grid_worker.name in html
    assert "Yard 1" in html
    assert "Lamp is out" in html
    for verb in ("Split", "Merge", "Move", "Rename"):
        assert verb in html


def test_an_area_above_shows_those_below_with_their_households(admin, cast):
    html = page(admin, "area", cast.community)

    assert reverse("places:area", args=[cast.grid]) in html
    assert '<td class="num">80</td>' in html


@pytest.mark.parametrize("text", ["grid 1", "9901010010010", "990101001001001000"])
def test_an_area_is_found_by_name_or_code(admin, cast, text):
    assert reverse("places:area", args=[cast.grid]) in page(admin, "areas", q=text)


def test_what_nobody_is_called_is_said(admin):
    assert "No area is called “Nowhere”" in page(admin, "areas", q="Nowhere")


def test_a_straight_cut_is_looked_at_before_it_is_planned(admin, cast):
    response = send(admin, "split", cast.grid, how="line", first=22, second=10, look="1")

    html = response.content.decode()
    assert response.status_code == 200
    assert 'data-part="1"' in html
    assert not AreaChange.objects.exists()


def test_a_split_is_planned_seen_approved_and_takes_effect(admin, cast):
    case = a_case("filed", cast=cast, longitude=114.008, latitude=30.005)
    change = planned(admin, cast, takes_effect_on=day(0))
    html = page(admin, "change", change.pk)
    assert "Grid 1 → Grid 1 A, Grid 1 B" in html
    assert "Xu Ming" in html
    assert "Decision 12" in html

    assert send(admin, "decide", change.pk, "approve").status_code == 302

    assert [why_not for _change, why_not in apply_due_changes()] == [""]
    assert "In effect" in page(admin, "change", change.pk)
    case.refresh_from_db()
    part = Area.objects.get(pk=case.code)
    old, new = page(admin, "area", cast.grid), page(admin, "area", part.code)
    assert "Ends, becoming" in old
    assert reverse("places:area", args=[part.code]) in old
    assert "Begins, coming from" in new
    assert reverse("places:area", args=[cast.grid]) in new
    assert "Split" not in old.partition('class="office areas-page"')[2]


def test_every_figure_of_the_preview_opens_what_it_counts(admin, cast):
    case = a_case("filed", cast=cast)
    change = planned(admin, cast)
    first, second = change.parts.all()

    assert case.number in page(admin, "holding", change.pk, "cases")
    assert case.number in page(admin, "holding", change.pk, "cases", part=first.code)
    assert case.number not in page(admin, "holding", change.pk, "cases", part=second.code)
    assert cast.grid_worker.name in page(admin, "holding", change.pk, "postings", part=second.code)
    for odd in ("1", "x", str(cast.grid), "9" * 30):
        address = reverse("places:holding", args=[change.pk, "cases"], query={"part": odd})
        assert admin.get(address).status_code == 404


def test_a_split_by_choice_sends_each_building_to_its_part(admin, cast):
    buildings = {row["name"]: row["pk"] for row in buildings_of(cast)}

    change = planned(admin, cast, how="choice", **{f"b{buildings['Yard 2']}": "1", f"b{buildings['Yard 1']}": "0"})

    second = change.parts.last()
    assert second.buildings == [buildings["Yard 2"]]
    assert shapely.contains_xy(shapely.from_wkb(bytes(second.wkb)), 114.008, 30.005)


def buildings_of(cast):
    return list(Building.objects.under(cast.grid).values("pk", "name"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": ""}, "Choose the two points"),
        ({"first": 3, "second": 3}, "two different points"),
        ({"name_1": ""}, "required"),
        ({"name_1": "Grid 1 A"}, "already a Grid 1 A"),
        ({"takes_effect_on": day(-1)}, "today or later"),
        ({"first": 99}, "less than or equal to 24"),
    ],
)
def test_a_split_that_cannot_be_stands_over_the_form_with_all_that_was_typed(admin, cast, typed, said):
    given = {"how": "line", "first": 22, "second": 10, "name_0": "Grid 1 A", "name_1": "Grid 1 B", "rest": "0"}
    response = send(admin, "split", cast.grid, **{**given, "takes_effect_on": day(), "reason": "Decision 12", **typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert 'value="Decision 12"' in html
    assert not AreaChange.objects.exists()


def test_an_area_without_a_boundary_is_split_by_choice(admin, cast):
    grid = a_grid(Area.objects.get(pk=cast.community), name="Grid 2")
    unit = a_unit(grid)
    assert "has no boundary" in page(admin, "split", grid.code)
    given = {"how": "choice", "name_0": "A", "name_1": "B", f"a{unit.code}": "1", "rest": "0"}

    response = send(admin, "split", grid.code, takes_effect_on=day(), reason="x", **given)

    assert response.status_code == 302
    assert AreaChange.objects.get().parts.last().areas == [unit.code]


def test_three_parts_are_asked_for_and_not_a_hundred(admin, cast):
    assert "Name of part 3" in page(admin, "split", cast.grid, parts="3")
    assert "Name of part 7" not in page(admin, "split", cast.grid, parts="100")
    assert "Name of part 3" not in page(admin, "split", cast.grid, parts="many")


def test_neighbours_are_merged(admin, cast):
    beside = a_grid(Area.objects.get(pk=cast.community), bounds=(114.01, 30.0, 114.02, 30.01), name="Grid 2")

    send(
        admin, "plan", cast.grid, "merge",
        areas=[codes.write(beside.code)], name="Grid 1", takes_effect_on=day(), reason="x",
    )  # fmt: skip

    assert sorted(AreaChange.objects.get().sources.values_list("area_id", flat=True)) == [cast.grid, beside.code]


def test_an_area_is_moved_to_another_community(admin, cast):
    there = an_area(codes.child(cast.street, 2), name="Cuiping")
    assert "Cuiping" in page(admin, "plan", cast.grid, "move")

    send(admin, "plan", cast.grid, "move", to=codes.write(there.code), takes_effect_on=day(), reason="x")

    change = AreaChange.objects.get()
    assert codes.parent(change.parts.get().code) == there.code
    assert "Grid 1 to Cuiping" in page(admin, "changes")


def test_a_planned_change_can_be_undone_from_the_list(admin, cast):
    send(admin, "plan", cast.street, "rename", name="Liuan", takes_effect_on=day(), reason="x")
    change = AreaChange.objects.get()
    assert reverse("places:decide", args=[change.pk, "undo"]) in page(admin, "changes")

    send(admin, "decide", change.pk, "undo")

    change.refresh_from_db()
    assert change.state == "undone"
    assert reverse("places:decide", args=[change.pk, "undo"]) not in page(admin, "changes")
    assert "This change was undone already." in send_and_follow(admin, change.pk, "undo")


def send_and_follow(client, key, verb):
    return client.post(
        reverse("places:decide", args=[key, verb]), follow=True, headers={"accept-language": "en"}
    ).content.decode()


def test_an_area_that_is_to_change_says_so_and_offers_nothing_else(admin, cast):
    planned(admin, cast)

    html = page(admin, "area", cast.grid)

    assert "Split planned for" in html
    assert reverse("places:split", args=[cast.grid]) not in html
    assert admin.get(reverse("places:split", args=[cast.grid])).status_code == 404


def test_what_stands_in_the_way_is_said_before_the_day(admin, cast):
    change = planned(admin, cast)
    an_area(codes.child(cast.community, 9), name="Grid 1 B")

    html = page(admin, "change", change.pk)

    assert "As things are, it cannot take effect: There is already a Grid 1 B" in html
    assert reverse("places:decide", args=[change.pk, "approve"]) not in html


def test_pages_cost_the_same_however_many_areas_and_cases_there_are(admin, cast, django_assert_max_num_queries):
    community = Area.objects.get(pk=cast.community)
    for _ in range(12):
        a_unit(a_grid(community))
    for _ in range(3):
        a_case("filed", cast=cast)
    change = planned(admin, cast)

    with django_assert_max_num_queries(28):
        page(admin, "area", cast.community)
    with django_assert_max_num_queries(34):
        page(admin, "change", change.pk)


def test_the_pages_are_chinese_too(admin, cast):
    html = admin.get(reverse("places:area", args=[cast.grid]), headers={"accept-language": "zh-hans"}).content.decode()

    assert "调整隶属" in html
    assert "在办事件" in html
