"""Cases with a past: the same as if they had been lived."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jingwei.cases.life import Origin
from jingwei.cases.models import Case, DocketCount, DocketEntry, Stage, Step
from jingwei.cases.replay import PastCase, PastMove, replay
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db


def past(cast, until="check", key=None, **origin):
    at = [MONDAY + timedelta(minutes=10 * step) for step in range(6)]
    way = [
        PastMove("file", at[1], cast.community_officer.pk, {"condition": a_condition(), "title": "Lamp is out"}),
        PastMove(
            "dispatch", at[2], cast.dispatcher.pk, {"department_id": cast.department.pk, "words": "Please mend it"}
        ),
        PastMove("report_in", at[3], cast.department_handler.pk),
        PastMove("handle", at[4], cast.department_handler.pk, {"words": "Mended"}),
        PastMove("check", at[5], cast.grid_worker.pk, {"outcome": "solved"}),
    ]
    verbs = [move.verb for move in way]
    report = Origin(id=key or uuid4(), code=cast.grid, channel="resident", digest=b"1" * 32, words="Out", **origin)
    return PastCase(report, at[0], cast.resident.pk, way[: verbs.index(until) + 1])


def shape(case):
    fields = ("status", "level", "code", "category_code", "due_at", "handled_at", "closed_at", "outcome", "version")
    steps = (
        Step.objects.filter(case=case).order_by("pk").values_list("verb", "before", "after", "actor_id", "occurred_at")
    )
    stages = Stage.objects.filter(case=case).order_by("pk").values_list("name", "started_at", "due_at", "ended_at")
    docket = (
        DocketEntry.objects.filter(case=case).order_by("holder", "holder_id").values_list("holder_id", "tray", "due_at")
    )
    return [getattr(case, name) for name in fields], list(steps), list(stages), list(docket)


@pytest.mark.parametrize(("until", "status"), [("file", "filed"), ("dispatch", "dispatched"), ("report_in", "in_hand"),
                                               ("handle", "handled"), ("check", "closed")])  # fmt: skip
def test_a_replayed_case_is_the_same_as_a_lived_one(until, status):
    cast = the_cast()
    lived = a_case(status, cast=cast)
    one = past(cast, until)

    done = replay([one])

    assert shape(Case.objects.get(number=done.numbers[one.origin.id])) == shape(lived)


def test_a_second_run_changes_nothing():
    cast = the_cast()
    batch = [past(cast), past(cast, "file")]
    replay(batch)
    lines = DocketCount.objects.count()

    done = replay(batch)

    assert (len(done.already), done.numbers, Case.objects.count()) == (2, {}, 2)
    assert DocketCount.objects.count() == lines


def test_what_the_rules_refuse_is_told_and_the_rest_goes_in():
    cast = the_cast()
    wrong = past(cast)
    wrong = PastCase(wrong.origin, wrong.reported_at, wrong.by, [wrong.moves[1]])

    done = replay([wrong, past(cast)])

    assert len(done.numbers) == 1
    assert list(done.refused) == [wrong.origin.id]
    assert Case.objects.count() == 1


def test_a_trial_decides_and_writes_nothing():
    cast = the_cast()
    done = replay([past(cast)], is_trial=True)
    assert [life.case.status for life in done.lives.values()] == ["closed"]
    assert Case.objects.count() == 0


def test_a_promise_that_the_source_made_stands():
    cast = the_cast()
    one = past(cast, due_at=MONDAY + timedelta(minutes=15))
    done = replay([one], recorded_at=MONDAY + timedelta(days=400))
    case = Case.objects.get(number=done.numbers[one.origin.id])
    assert case.due_at == MONDAY + timedelta(minutes=15)
    assert case.was_on_time is False
    assert Step.objects.filter(case=case).first().recorded_at == MONDAY + timedelta(days=400)
