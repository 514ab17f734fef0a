"""What is overdue and where it is stuck, and how places and offices stand, as the dockets have it."""

from datetime import timedelta

import pytest

from jingwei.cases.actions import return_case, supervise_case, urge_case
from jingwei.cases.models import Case
from jingwei.cases.overview import offices_within, overview, places_below
from jingwei.cases.testing import MONDAY, a_case
from jingwei.people.testing import the_cast
from jingwei.places.public import Area
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=90)


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.grid)
    return cast


def stuck(cast, now=LATE):
    return overview(cast.street, now, 5).stuck


@pytest.mark.parametrize(
    ("status", "place", "why"),
    [
        ("reported", "Stuck at filing.", "Nobody has filed it."),
        ("filed", "Stuck at dispatch.", "Street: sent to nobody yet."),
        ("dispatched", "Sent, not accepted.", "has not answered."),
        ("in_hand", "Stuck in handling.", "has it."),
        ("handled", "Stuck at checking.", "nobody has looked at the result."),
    ],
)
def test_it_is_said_where_a_case_is_stuck(cast, status, place, why):
    case = a_case(status, cast=cast)

    [one] = stuck(cast)
    assert (one.number, str(one.place)) == (case.number, place)
    assert one.over.endswith("over")
    assert why in one.why
    assert "Last step:" in one.why
    assert stuck(cast, now=case.reported_at) == []


def test_what_was_sent_back_is_said_with_how_often(cast):
    case = a_case("in_hand", cast=cast)
    return_case(case, words="Not ours", by=cast.department_handler)

    assert "Sent back 1 time, and with nobody since." in stuck(cast)[0].why


def test_what_the_leader_did_already_is_said(cast):
    case = a_case("in_hand", cast=cast)
    assert (stuck(cast)[0].is_urged, stuck(cast)[0].is_supervised) == (False, False)

    urge_case(case, by=cast.leader, now=LATE)
    supervise_case(case, limit="4h", words="Why?", by=cast.leader, now=LATE)
    assert (stuck(cast)[0].is_urged, stuck(cast)[0].is_supervised) == (True, True)
    assert not stuck(cast, now=LATE + timedelta(days=1))[0].is_urged


def test_the_longest_overdue_come_first_and_numbers_count_all(cast, django_assert_max_num_queries):
    for hours in range(7):
        a_case("in_hand", cast=cast, at=MONDAY + timedelta(hours=hours))
    numbers = list(Case.objects.order_by("due_at").values_list("number", flat=True))

    overview(cast.street, LATE, 5)  # names of classes are kept from now on
    with django_assert_max_num_queries(4):
        found = overview(cast.street, LATE, 5)
    assert (found.open, found.late, found.today) == (7, 7, 0)
    assert [one.number for one in found.stuck] == numbers[:5]


def test_places_stand_by_the_share_of_what_is_overdue(cast, django_assert_num_queries):
    for at in (MONDAY, MONDAY + timedelta(days=89)):
        a_case("in_hand", cast=cast, at=at)
    with django_assert_num_queries(3):
        [place] = places_below(cast.street, LATE)

    assert (place.rank, place.holder.id, place.late, place.open, place.percent) == (1, cast.community, 1, 2, 50)
    assert str(place.why) == "most of it is being handled"
    assert [str(one.why) for one in places_below(cast.street, MONDAY)] == ["nothing overdue"]


def test_offices_stand_beside_places_while_they_have_cases(cast):
    street = Area.objects.get(pk=cast.street)
    assert offices_within(street, LATE) == []

    a_case("in_hand", cast=cast)
    [office] = offices_within(street, LATE)
    assert (office.rank, office.name, office.late, office.open) == (1, cast.department.title, 1, 1)


def test_a_place_without_cases_has_nothing_open(cast):
    [place] = places_below(cast.street, LATE)
    assert (place.late, place.open, place.percent, str(place.why)) == (0, 0, 0, "nothing open")
