import threading
from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from django.db import connection
from django.db.transaction import atomic

from jingwei.kernel.public import clock
from jingwei.places.actions import end_area, set_boundary
from jingwei.places.codes import Level
from jingwei.places.index import CHECK_EVERY, Found, MapIndex, find, find_many
from jingwei.places.queries import today
from jingwei.places.snapshot import NEAR
from jingwei.places.testing import a_building, a_community, a_grid, a_unit

METRE = 1 / 111_195
"""Degrees of latitude."""


@pytest.mark.django_db
class TestWhereAPointLies:
    def test_in_the_grid_around_it(self):
        community = a_community()
        west = a_grid(community, bounds=(114.0, 30.0, 114.1, 30.1))
        east = a_grid(community, bounds=(114.1, 30.0, 114.2, 30.1))

        assert find(114.05, 30.05) == Found(west.code)
        assert find(114.15, 30.05) == Found(east.code)
        assert find(114.05, 30.05).level is Level.GRID

    def test_on_a_shared_border_in_the_lower_code(self):
        community = a_community()
        west = a_grid(community, bounds=(114.0, 30.0, 114.1, 30.1))
        a_grid(community, bounds=(114.1, 30.0, 114.2, 30.1))

        assert find(114.1, 30.05).code == west.code

    def test_nowhere_outside_of_all(self):
        a_grid(bounds=(114.0, 30.0, 114.1, 30.1))

        assert find(115.0, 30.05) is None

    def test_nowhere_on_an_empty_map(self):
        assert find(114.05, 30.05) is None
        assert find_many([], []).tolist() == []

    def test_nowhere_within_a_boundary_above_the_grids(self):
        set_boundary(a_community(), shapely.box(114.0, 30.0, 114.1, 30.1), by=None)

        assert find(114.05, 30.05) is None

    def test_in_the_unit_rather_than_its_grid(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        unit = a_unit(grid, bounds=(114.04, 30.04, 114.06, 30.06))

        assert find(114.05, 30.05) == Found(unit.code)
        assert find(114.01, 30.05) == Found(grid.code)

    def test_in_the_unit_of_the_nearest_building(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        unit, other = a_unit(grid), a_unit(grid)
        near = a_building(unit, 114.05, 30.05)
        a_building(other, 114.05, 30.05 + 50 * METRE)

        found = find(114.05, 30.05 + 20 * METRE)

        assert (found.code, found.building_id) == (unit.code, near.pk)
        assert found.metres == pytest.approx(20, rel=0.001)

    @pytest.mark.parametrize("latitude", [0.0, 30.0, -45.0, 65.0])
    @pytest.mark.parametrize("heading", ["north", "east"])
    def test_near_a_building_means_the_same_everywhere_and_in_every_direction(self, latitude, heading):
        building = a_building(a_unit(), 114.0, latitude)
        degrees = METRE if heading == "north" else METRE / np.cos(np.radians(latitude))

        def at(metres):
            step = metres * degrees
            return find(114.0, latitude + step) if heading == "north" else find(114.0 + step, latitude)

        assert at(NEAR - 0.5).building_id == building.pk
        assert at(NEAR - 0.5).metres == pytest.approx(NEAR - 0.5, rel=0.001)
        assert at(NEAR + 0.5) is None

    def test_a_footprint_is_nearer_than_its_middle(self):
        unit = a_unit()
        footprint = shapely.box(114.0, 30.0, 114.0 + 100 * METRE, 30.0 + 100 * METRE)
        a_building(unit, footprint.centroid.x, footprint.centroid.y, footprint=footprint.wkb)

        assert find(114.0 + METRE, 30.0 + METRE).metres == 0
        assert find(114.0 - 10 * METRE, 30.0).code == unit.code

    def test_not_at_a_building_across_the_border_of_the_grid(self):
        community = a_community()
        west = a_grid(community, bounds=(114.0, 30.0, 114.1, 30.1))
        east = a_grid(community, bounds=(114.1, 30.0, 114.2, 30.1))
        a_building(a_unit(east), 114.1 + 5 * METRE, 30.05)
        own = a_building(a_unit(west), 114.1 - 30 * METRE, 30.05)

        found = find(114.1 - 5 * METRE, 30.05)

        assert (found.code, found.building_id) == (own.code, own.pk)

    def test_a_building_that_is_only_in_a_grid_is_told_with_the_grid(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        building = a_building(grid, 114.05, 30.05)

        assert find(114.05, 30.05) == Found(grid.code, building.pk, 0.0)

    @pytest.mark.parametrize("point", [(float("nan"), 30.0), (114.0, float("inf")), (114.0, 90.0), (114.0, -90.0)])
    def test_nowhere_for_what_is_no_place(self, point):
        a_building(a_unit(), 114.0, 30.0)

        assert find(*point) is None

    def test_many_points_are_found_as_one_is(self):
        community = a_community()
        for n in range(5):
            grid = a_grid(community, bounds=(114 + n / 100, 30.0, 114 + (n + 1) / 100, 30.01))
            a_building(a_unit(grid), 114.005 + n / 100, 30.005)
        dice = np.random.default_rng(3)
        longitudes, latitudes = dice.uniform(113.99, 114.06, 200), dice.uniform(29.995, 30.015, 200)
        longitudes[7] = float("nan")

        codes = find_many(longitudes, latitudes)

        one_by_one = [find(*point) for point in zip(longitudes, latitudes, strict=True)]
        assert codes.tolist() == [found.code if found else 0 for found in one_by_one]
        assert len(set(codes.tolist())) > 6


@pytest.mark.django_db
class TestFollowingTheMap:
    def test_a_change_is_seen_at_once_where_it_is_made_and_gone_when_undone(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        assert find(115.05, 30.05) is None

        with atomic():
            set_boundary(grid, shapely.box(115.0, 30.0, 115.1, 30.1), by=None)
            assert find(115.05, 30.05).code == grid.code
            connection.set_rollback(True)

        assert find(115.05, 30.05) is None
        assert find(114.05, 30.05).code == grid.code

    def test_an_ended_area_is_found_until_its_last_day(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        a_building(grid, 114.3, 30.3)
        now, day = clock.now(), timedelta(days=1)
        end_area(grid, on=today() + day, by=None)
        assert find(114.05, 30.05).code == find(114.3, 30.3).code == grid.code

        with clock.frozen(now + day):
            assert find(114.05, 30.05) is None
            assert find(114.3, 30.3) is None

    def test_an_area_that_begins_later_is_not_found_yet(self):
        grid = a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        type(grid).objects.filter(pk=grid.pk).update(begins_on=date(2999, 1, 1))

        assert find(114.05, 30.05) is None


@pytest.fixture
def passing_time(monkeypatch):
    """Seconds on the clock that the index looks at; add to the first."""
    seconds = [0.0]
    monkeypatch.setattr("jingwei.places.index.time.monotonic", lambda: seconds[0])
    return seconds


def elsewhere(work):
    """Run `work` in another thread, on a connection of its own, and give its answer."""
    answers = []

    def run():
        try:
            answers.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


@pytest.mark.django_db(transaction=True)
class TestSharingTheMap:
    def test_a_copy_is_shared_without_asking_the_database(self, passing_time, django_assert_num_queries):
        a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
        index = MapIndex()
        first = index.snapshot()

        with django_assert_num_queries(0):
            assert index.snapshot() is first
        passing_time[0] += CHECK_EVERY
        with django_assert_num_queries(1):
            assert index.snapshot() is first

    def test_what_another_thread_commits_is_seen_after_a_second(self, passing_time):
        index = MapIndex()
        before = index.snapshot()
        elsewhere(lambda: a_grid(bounds=(114.0, 30.0, 114.1, 30.1)))

        assert index.snapshot() is before
        passing_time[0] += CHECK_EVERY
        assert len(index.snapshot().area_codes) == 1

    def test_an_open_transaction_keeps_its_map_to_itself(self, passing_time):
        index = MapIndex()
        shared = index.snapshot()

        with atomic():
            a_grid(bounds=(114.0, 30.0, 114.1, 30.1))
            own = index.snapshot()
            assert len(own.area_codes) == 1
            assert index.snapshot() is own
            passing_time[0] += CHECK_EVERY
            assert elsewhere(index.snapshot) is shared
            connection.set_rollback(True)

        assert index.snapshot() is shared

    def test_while_one_thread_makes_a_new_copy_others_go_on_with_the_old(self, passing_time):
        index = MapIndex()
        before = index.snapshot()
        elsewhere(lambda: a_grid(bounds=(114.0, 30.0, 114.1, 30.1)))
        passing_time[0] += CHECK_EVERY

        with index._loading:
            assert index.snapshot() is before
        assert index.snapshot() is not before
