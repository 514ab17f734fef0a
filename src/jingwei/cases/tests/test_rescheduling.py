"""The calendars change, and the dates of open cases with them: later or firm, never earlier, each move on record."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.calendars.public import Calendars, announce_year, calendars, set_days, set_hours
from jingwei.calendars.testing import CREW, a_year, days_from, from_days
from jingwei.cases.actions import dispatch_case, rescheduling
from jingwei.cases.actions.rescheduling import impact_of, reschedule_cases
from jingwei.cases.desk import Holder, counts
from jingwei.cases.life import Origin
from jingwei.cases.models import Case, DocketEntry, Stage, Step
from jingwei.cases.progress import Reader, entries, read_record
from jingwei.cases.replay import PastCase, PastMove, replay
from jingwei.cases.said import decision
from jingwei.cases.testing import MONDAY, a_case, a_condition, make, verbs_of
from jingwei.kernel.public import FactRow, Schedule, clock
from jingwei.people.testing import the_cast
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
YEAR_END = datetime(
    2026, 12, 30, 1, 0, tzinfo=UTC
)  # Wednesday, nine o'clock in Shanghai; three working days: 4 January
DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 17)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def district(cast):
    return ancestor(cast.grid, Level.DISTRICT)


def a_long_new_year(*, on: datetime = YEAR_END):
    """The first ten days of 2027 are off."""
    with clock.frozen(on):
        announce_year(a_year(2027, *days_from(date(2027, 1, 2), 9)), by=None)


def closed(holder, day=TUESDAY, *, on=MONDAY):
    with clock.frozen(on):
        set_days(holder, day, day, reason="Typhoon", by=None)


def again(case):
    return Case.objects.select_related("condition", "category").get(pk=case.pk)


def test_a_newly_announced_holiday_moves_the_promise_and_makes_it_firm(cast):
    case = a_case("in_hand", cast=cast, at=YEAR_END)
    promised = case.due_at
    assert case.is_provisional
    a_long_new_year()

    assert reschedule_cases(now=YEAR_END + DAY) == 1
    case = again(case)
    stage = Stage.objects.get(case=case, ended_at=None)
    step = Step.objects.filter(case=case).latest("pk")
    assert promised == datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert case.due_at == stage.due_at == datetime(2027, 1, 12, 1, tzinfo=UTC)
    assert not case.is_provisional
    assert (step.verb, step.actor_id, step.detail["was"], step.detail["is_firm"]) == (
        "reschedule", None, promised.isoformat(), True
    )  # fmt: skip
    assert step.detail["days"] == [f"2027-01-{number:02}" for number in (1, 4, 5, 6, 7, 8)]
    assert FactRow.objects.filter(kind="case.moved", data__verb="reschedule").count() == 1


def test_the_docket_and_its_counts_follow(cast):
    case = a_case("in_hand", cast=cast, at=MONDAY)
    holder = Holder("d", cast.department.pk)
    closed(("a", cast.street))
    before = counts(holder, MONDAY + 3 * DAY)
    reschedule_cases(now=MONDAY)

    dues = set(DocketEntry.objects.filter(case=case).values_list("due_at", flat=True))
    after = counts(holder, MONDAY + 3 * DAY)
    assert dues == {again(case).due_at}
    assert (before.today, after.today, before.total, after.total) == (1, 0, 1, 1)


def test_a_second_run_finds_nothing_to_do(cast, district):
    case = a_case("dispatched", cast=cast, at=YEAR_END)
    a_long_new_year()
    reschedule_cases()
    steps = verbs_of(case)

    assert reschedule_cases() == 0
    assert verbs_of(case) == steps


def test_a_run_that_was_killed_is_taken_up_again(cast, monkeypatch):
    cases = [a_case("filed", cast=cast, at=YEAR_END) for _ in range(3)]
    a_long_new_year()
    save, saved = rescheduling.store.save, []

    def dies(*args):
        if saved:
            raise KeyboardInterrupt
        saved.append(save(*args))

    monkeypatch.setattr(rescheduling.store, "save", dies)
    with pytest.raises(KeyboardInterrupt):
        reschedule_cases()
    monkeypatch.undo()
    assert reschedule_cases() == 2
    assert [verbs_of(case).count("reschedule") for case in cases] == [1, 1, 1]


def test_a_date_is_never_moved_forward_not_even_by_days_worked_instead(cast):
    case = a_case("filed", cast=cast, at=YEAR_END)
    with clock.frozen(YEAR_END):
        announce_year(a_year(2027), by=None)  # Friday the first is off: the fourth counts as the third day
        reschedule_cases()
    moved = again(case).due_at
    with clock.frozen(YEAR_END):
        announce_year(from_days(2027, {date(2027, 1, 1): "new_year"}, {date(2027, 1, 2): "new_year"}), by=None)
        reschedule_cases()

    assert again(case).due_at == moved


def test_whoever_is_to_report_in_to_assist_has_more_time_too(cast):
    case = a_case("filed", cast=cast, at=MONDAY)
    with clock.frozen(MONDAY):
        case = dispatch_case(case, member=cast.grid_worker, assistants=[cast.department], by=cast.dispatcher)
    helper = case.assignments.get(role="assist")
    closed(("d", cast.department.pk), MONDAY.date())
    assert reschedule_cases(now=MONDAY) == 1

    moved = case.assignments.get(role="assist")
    assert (helper.accept_by, moved.accept_by) == (MONDAY + timedelta(hours=1), MONDAY + DAY)
    entry = DocketEntry.objects.get(case=case, holder="d", holder_id=cast.department.pk)
    assert entry.due_at == moved.accept_by
    step = Step.objects.get(case=case, verb="reschedule")
    assert step.detail["helpers_due"] == moved.accept_by.isoformat()
    assert "report in later" in decision(step, again(case))
    assert reschedule_cases(now=MONDAY) == 0


def test_the_promise_of_what_was_handled_stands_and_the_check_has_more_time(cast):
    case = a_case("handled", cast=cast, at=MONDAY)
    closed(("a", cast.street))
    check = Stage.objects.get(case=case, ended_at=None)
    reschedule_cases(now=MONDAY)

    moved = Stage.objects.get(pk=check.pk)
    assert again(case).due_at == case.due_at
    assert moved.due_at == check.due_at + DAY
    assert "due" not in Step.objects.filter(case=case).latest("pk").detail


def test_a_closed_department_has_longer_to_accept_and_the_promise_stands(cast):
    with clock.frozen(MONDAY):
        set_hours(
            ("d", cast.department.pk), Schedule.weekdays((time(8), time(9, 30))), begins_on=MONDAY.date(), by=None
        )
    case = a_case("dispatched", cast=cast, at=MONDAY)
    accept = Stage.objects.get(case=case, ended_at=None)
    closed(("d", cast.department.pk))
    reschedule_cases(now=MONDAY)

    assert accept.due_at == datetime(2026, 11, 17, 0, 50, tzinfo=UTC)
    assert Stage.objects.get(pk=accept.pk).due_at == accept.due_at + DAY
    assert again(case).due_at == case.due_at


def test_stages_that_are_over_stand(cast):
    case = a_case("dispatched", cast=cast, at=MONDAY)
    closed(("a", cast.street), MONDAY.date())
    over = list(Stage.objects.filter(case=case).exclude(ended_at=None).order_by("pk").values())
    reschedule_cases(now=MONDAY)

    assert list(Stage.objects.filter(case=case).exclude(ended_at=None).order_by("pk").values()) == over


def test_other_hours_are_for_what_is_dispatched_after_them(cast, district):
    case = a_case("filed", cast=cast, at=MONDAY)
    with clock.frozen(MONDAY + timedelta(hours=1)):
        set_hours(("a", district), Schedule.weekdays((time(9), time(10))), begins_on=MONDAY.date(), by=None)
        set_hours(("d", cast.department.pk), CREW, begins_on=MONDAY.date(), by=None)
    assert reschedule_cases(now=MONDAY) == 0

    evening = MONDAY + timedelta(hours=12)
    with clock.frozen(evening):
        make("dispatch", case, cast)
    accept = Stage.objects.get(case=case, ended_at=None)
    assert accept.due_at == evening + timedelta(hours=1)  # the crew is there at nine in the evening
    assert again(case).due_at == case.due_at


def test_closed_days_count_at_the_hours_that_held_when_it_was_promised(cast, district):
    case = a_case("filed", cast=cast, at=MONDAY)
    with clock.frozen(MONDAY):
        set_hours(("a", district), Schedule.weekdays((time(9), time(10))), begins_on=MONDAY.date(), by=None)
    closed(("a", district))
    reschedule_cases(now=MONDAY)

    assert again(case).due_at == case.due_at + DAY


def test_a_promise_that_another_system_made_stands(cast):
    at = [YEAR_END, YEAR_END + timedelta(minutes=5)]
    made = YEAR_END + 6 * DAY
    report = Origin(id=uuid4(), code=cast.grid, channel="import", digest=b"1", words="Out", due_at=made)
    move = PastMove("file", at[1], cast.community_officer.pk, {"condition": a_condition(), "title": "Lamp is out"})
    foreign = Calendars.uniform(calendars().place(cast.grid))
    done = replay([PastCase(report, at[0], None, [move])], reckoned_by=foreign)
    a_long_new_year()

    assert reschedule_cases() == 0
    assert Case.objects.get(number=done.numbers[report.id]).due_at == made


def test_what_would_move_is_told_beforehand_and_nothing_is_written(cast):
    a_case("in_hand", cast=cast, at=YEAR_END)
    a_case("filed", cast=cast, at=MONDAY)
    known = calendars()
    a_long_new_year()
    then = calendars()
    impact = impact_of(then)

    assert (impact.open, impact.promises, impact.stages, impact.firm) == (2, 1, 1, 1)
    assert [one.number for one in impact.examples] == list(
        Case.objects.filter(reported_at=YEAR_END).values_list("number", flat=True)
    )
    assert impact_of(known).promises == 0
    assert not Step.objects.filter(verb="reschedule").exists()
    assert reschedule_cases() == 1


def test_looking_costs_the_same_queries_for_one_case_and_for_many(cast, settled_calendars):
    def looked():
        with CaptureQueriesContext(connection) as asked:
            assert impact_of(calendars()).open == Case.objects.count()
        return len(asked) - 1

    a_case("filed", cast=cast, at=MONDAY)
    one = looked()
    for _ in range(4):
        a_case("filed", cast=cast, at=MONDAY)
    assert looked() == one


def test_the_reporter_is_told_the_new_date_and_why(cast):
    case = a_case("in_hand", cast=cast, at=MONDAY)
    closed(("a", cast.street))
    reschedule_cases(now=MONDAY + timedelta(hours=1))
    case = again(case)
    told = entries(read_record(case, MONDAY), MONDAY, member_id=cast.resident.pk, reader=Reader.REPORTER)
    entry = next(one for one in told if one.verb == "Dates reckoned anew")

    assert "Promised by 2026-11-20 09:00, before that by 2026-11-19 09:00." in entry.said
    assert "Not worked: 2026-11-17 (Typhoon)." in entry.said


def test_a_limit_between_offices_is_not_the_reporters_matter(cast):
    case = a_case("handled", cast=cast, at=MONDAY)
    closed(("a", cast.street))
    reschedule_cases(now=MONDAY)
    told = entries(read_record(again(case), MONDAY), MONDAY, member_id=cast.resident.pk, reader=Reader.REPORTER)

    assert "reschedule" in verbs_of(case)
    assert not [one for one in told if one.verb == "Dates reckoned anew"]
