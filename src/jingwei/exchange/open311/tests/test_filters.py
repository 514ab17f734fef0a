"""Filters hold what they say, whatever is asked: each is compared with plain Python over the same cases."""

from datetime import UTC, datetime, timedelta
from math import cos, hypot, radians

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.cases.public import Case
from jingwei.cases.testing import MONDAY, a_case
from jingwei.exchange.open311.answers import Fault
from jingwei.exchange.open311.asking import read_asked
from jingwei.exchange.open311.finding import found
from jingwei.places.public import codes
from jingwei.publication.testing import published

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=1)
EARLIEST, LATEST = datetime(2026, 4, 1), datetime(2026, 11, 20)  # noqa: DTZ001 - hypothesis adds the zone
PLACES = [(100.001, 30.001), (100.004, 30.002), (100.009, 30.009), (None, None)]


@pytest.fixture
def cases(cast):
    made = []
    for number, (status, at) in enumerate(
        [("filed", MONDAY), ("closed", MONDAY + timedelta(hours=3)), ("in_hand", MONDAY - timedelta(days=40)),
         ("closed", MONDAY - timedelta(days=89)), ("filed", MONDAY - timedelta(days=200))]
    ):  # fmt: skip
        case = a_case(status, cast=cast, at=at)
        longitude, latitude = PLACES[number % len(PLACES)]
        Case.objects.filter(pk=case.pk).update(longitude=longitude, latitude=latitude)
        made.append(published(Case.objects.get(pk=case.pk)))
    return made


def numbers(query):
    return [case.number for case in found(read_asked(query, NOW), None, None)]


moments = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(
    status=st.sampled_from(["", "open", "closed", "open,closed"]),
    start=st.none() | moments,
    days=st.none() | st.integers(0, 90),
    service=st.sampled_from(["", "0201", "0101", "0101,0201"]),
)
def test_status_service_and_dates_select_what_they_name(cases, status, start, days, service):
    query = {"status": status, "service_code": service}
    first, last = NOW - timedelta(days=90), None
    if start:
        query["start_date"] = start.isoformat()
        first, last = start, start + timedelta(days=90)
        if days is not None:
            last = start + timedelta(days=days)
            query["end_date"] = last.isoformat()
    wanted = [
        case.number
        for case in sorted(cases, key=lambda case: case.reported_at, reverse=True)
        if case.reported_at >= first
        and (last is None or case.reported_at <= last)
        and (not status or ("closed" if case.status == "closed" else "open") in status.split(","))
        and (not service or case.category_code in service.split(","))
    ]
    assert numbers(query) == wanted


@QUIET
@given(size=st.integers(1, 4))
def test_pages_put_together_are_the_whole_list(cases, size):
    pages = [numbers({"page": str(page), "page_size": str(size)}) for page in range(1, 6)]
    assert [number for page in pages for number in page] == numbers({})
    assert all(len(page) <= size for page in pages)


@QUIET
@given(longitude=st.floats(99.99, 100.02), latitude=st.floats(29.99, 30.02), metres=st.floats(1, 3000))
def test_a_circle_holds_what_is_near_and_a_box_what_is_inside(cases, longitude, latitude, metres):
    recent = [case for case in cases if case.number in numbers({}) and case.longitude is not None]
    near = numbers({"long": str(longitude), "lat": str(latitude), "radius": str(metres)})
    for case in recent:
        away = 111_320 * hypot((case.longitude - longitude) * cos(radians(latitude)), case.latitude - latitude)
        if abs(away - metres) > 1:
            assert (case.number in near) == (away < metres)
    box = numbers({"bbox": f"{longitude},{latitude},{longitude + 0.005},{latitude + 0.005}"})
    assert sorted(box) == sorted(
        case.number
        for case in recent
        if longitude <= case.longitude <= longitude + 0.005 and latitude <= case.latitude <= latitude + 0.005
    )


@QUIET
@given(after=st.none() | moments, before=st.none() | moments)
def test_updates_since_a_moment_are_those_whose_last_step_is_later(cases, after, before):
    query = {}
    if after:
        query["updated_after"] = after.isoformat()
    if before:
        query["updated_before"] = before.isoformat()
    if after and before and before < after:
        with pytest.raises(Fault):
            numbers(query)
        return
    last = {case.number: case.case.steps.latest("pk").recorded_at for case in cases}
    wanted = [
        number for number, at in last.items() if (after is None or at >= after) and (before is None or at < before)
    ]
    expected = wanted if query else numbers({})
    assert sorted(numbers(query)) == sorted(expected)


def test_numbers_stand_above_all_other_filters(cases):
    old = cases[-1]
    assert numbers({"service_request_id": f"{old.number},20200101-000001", "status": "closed"}) == [old.number]


def test_a_place_limits_what_is_found(cases, cast):
    inside = found(read_asked({}, NOW), [codes.span(cast.street)], None)
    assert [case.number for case in inside] == numbers({})
    assert found(read_asked({}, NOW), [codes.span(cast.street + 10**9)], None) == []
