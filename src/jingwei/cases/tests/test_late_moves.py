"""Moves made where there was no network: late, twice, out of order, by clocks that are wrong."""

import json
from datetime import timedelta

import pytest

from jingwei.cases.models import Case, Step
from jingwei.cases.testing import MINUTES, MONDAY, a_case, a_condition, verbs_of
from jingwei.kernel.public import clock
from jingwei.people.testing import a_key, the_cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ARRIVES = MONDAY + 8 * HOUR
FILED = {"category": "0201", "condition": "01", "title": "Lamp is out"}


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def send(client, cast):
    a_condition()
    header = a_key(["cases.see", "cases.file", "cases.answer"], [cast.street])

    def send(case, verb, at, **given):
        body = json.dumps({**given, "occurred_at": at.isoformat()})
        with clock.frozen(ARRIVES):
            path = f"/api/v1/cases/{case.number}/moves/{verb}"
            return client.post(path, body, content_type="application/json", headers={"authorization": header})

    return send


def test_a_late_move_counts_from_when_it_happened_and_stands_where_it_arrived(cast, send):
    case = a_case(cast=cast)

    assert send(case, "file", MONDAY + MINUTES, **FILED).status_code == 200

    step = Step.objects.get(case=case, verb="file")
    assert (step.occurred_at, step.recorded_at) == (MONDAY + MINUTES, ARRIVES)
    assert case.stages.get(name="file").ended_at == MONDAY + MINUTES


def test_the_same_late_move_sent_again_is_one_move(cast, send):
    case = a_case(cast=cast)
    first, again = (send(case, "file", MONDAY + MINUTES, version=1, **FILED) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert verbs_of(case) == ["report", "file"]


def test_a_late_move_that_the_case_has_outgrown_is_refused_and_leaves_no_trace(cast, send):
    case = a_case("dispatched", cast=cast)

    answer = send(case, "file", MONDAY + MINUTES / 2, version=1, **FILED)

    assert answer.status_code == 409
    assert verbs_of(case) == ["report", "file", "dispatch"]


@pytest.mark.parametrize("at", [MONDAY - MINUTES, ARRIVES + HOUR])
def test_a_clock_that_cannot_be_right_is_refused(cast, send, at):
    case = a_case(cast=cast)

    assert send(case, "file", at, **FILED).status_code == 409
    assert Case.objects.get(pk=case.pk).status == "reported"


def test_a_clock_that_is_a_little_ahead_counts_as_now(cast, send):
    case = a_case(cast=cast)

    assert send(case, "file", ARRIVES + timedelta(minutes=2), **FILED).status_code == 200
    assert Step.objects.get(case=case, verb="file").occurred_at == ARRIVES
