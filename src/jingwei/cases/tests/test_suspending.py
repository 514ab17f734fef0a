"""Suspended: the clocks stand exactly as long as the suspension lasts, whoever asks, grants and resumes."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.calendars.public import calendars
from jingwei.calendars.testing import storms
from jingwei.cases import actions, moves
from jingwei.cases.dates import as_they_are, as_they_would_be, pauses_of
from jingwei.cases.life import Doing, Origin, begin
from jingwei.cases.models import Case, Category, Condition, DocketEntry, Errand, Stage
from jingwei.cases.offers import offers
from jingwei.cases.progress import Reader, entries, read_record
from jingwei.cases.reckoning import reckonings
from jingwei.cases.signals.times import signals_to_come
from jingwei.cases.testing import MONDAY, a_case
from jingwei.cases.today import today
from jingwei.kernel.public import NotPermitted, Refused, clock, working_time_between
from jingwei.people.testing import a_holder, the_cast
from jingwei.places.public import codes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + HOUR
GRID = codes.make(990101, 1, 1, 1)
KNOWN = storms(codes.make(990101), MONDAY.date(), {1: (1,), 2: (2,)})
LIMITS = [("working_hours", 4), ("working_days", 3), ("urgent_hours", 30), ("natural_days", 2)]
MINUTES = st.integers(0, 30 * 24 * 60)


def lived(limit, *, is_taken_on, assistants=()):
    """A case with a limit of this kind, sent out, and maybe taken on."""
    category = Category(pk=1, code="0100", level="street", check_by="worker")
    condition = Condition(pk=1, category=category, number="01", limit_kind=limit[0], limit_amount=limit[1])
    life = begin(Origin(id=UUID(int=1), code=GRID, channel="test", digest=b""), doing(0))
    moves.file(life, doing(5), condition=condition, title="Lamp")
    moves.dispatch(life, doing(10), department_id=1, assistants=list(assistants))
    if is_taken_on:
        moves.report_in(life, doing(15))
    return life


def doing(minutes, *, edition=0):
    at = MONDAY + timedelta(minutes=minutes)
    return Doing(7, at, at, KNOWN.as_of(edition))


def pause(life, begun, lasts):
    until = (doing(begun + lasts).at + DAY).isoformat()
    moves.ask_suspension(life, doing(begun), reason="material", until=until, words="The part is late")
    moves.suspend(life, doing(begun), reason="material", until=until, words="It comes by ship")
    moves.resume(life, doing(begun + lasts))


def passed(life, begun, ended):
    """How much of the promise's own time lies between two moments."""
    if life.case.condition.limit_kind in {"urgent_hours", "natural_days"}:
        return ended - begun
    return working_time_between(begun, ended, KNOWN.as_of(0).place(GRID))


@given(st.sampled_from(LIMITS), st.booleans(), MINUTES, MINUTES)
@settings(max_examples=300, deadline=None)
def test_a_suspension_adds_exactly_its_length_and_leaves_what_was_left(limit, is_taken_on, begun, lasts):
    life = lived(limit, is_taken_on=is_taken_on, assistants=["d2"])
    due, stage_due, report_by = life.case.due_at, life.stage.due_at, life.assistants[0].accept_by
    begun += 15
    pause(life, begun, lasts)
    first, last = doing(begun).at, doing(begun + lasts).at
    assert passed(life, due, life.case.due_at) == passed(life, first, last)
    assert passed(life, last, life.case.due_at) == passed(life, first, due)
    assert life.stage.due_at <= life.case.due_at
    office = KNOWN.as_of(0).place(GRID)
    if not is_taken_on and stage_due < due and life.stage.due_at < life.case.due_at:
        assert working_time_between(stage_due, life.stage.due_at, office) == working_time_between(first, last, office)
    helper = life.assistants[0]
    assert working_time_between(report_by, helper.accept_by, office) == working_time_between(first, last, office)
    assert as_they_are(life.case, life.stage) == as_they_would_be(life.case, life.stage, KNOWN.as_of(0))


@given(st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 5000)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_several_suspensions_add_up_and_new_holidays_move_the_date_besides(pauses):
    life = lived(LIMITS[0], is_taken_on=True)
    at = 20
    for wait, lasts in pauses:
        pause(life, at + wait, lasts)
        at += wait + lasts
    before = life.case.due_at
    later = KNOWN.as_of(4)
    found = as_they_would_be(life.case, life.stage, later).promise.at
    office = later.keeping_hours_of(0).place(GRID)
    stood = sum((working_time_between(*one, office) for one in pauses_of(life.case)), timedelta())
    assert found == before or working_time_between(life.case.promise_from, found, office) - stood == 4 * HOUR
    assert found >= before


def test_while_it_is_suspended_no_signal_comes_and_afterwards_they_come_later():
    life = lived(LIMITS[1], is_taken_on=True)
    before = [one.at for one in signals_to_come(life.case, life.stage, KNOWN)]
    until = doing(60 * 24 * 20).at.isoformat()
    moves.ask_suspension(life, doing(30), reason="court", until=until, words="Appeal")
    moves.suspend(life, doing(30), reason="court", until=until, words="Appeal")
    assert signals_to_come(life.case, life.stage, KNOWN) == []
    assert life.case.signal_at is None
    with pytest.raises(Refused):
        moves.signal(life, doing(60 * 24 * 10))
    moves.resume(life, doing(30 + 60 * 24 * 7))
    after = [one.at for one in signals_to_come(life.case, life.stage, KNOWN)]
    assert [late - early for late, early in zip(after, before, strict=True)] == [7 * DAY] * len(before)


@pytest.fixture
def cast():
    with clock.frozen(NOW):
        yield the_cast()


@pytest.fixture
def leader(cast):
    return a_holder("leader", cast.street // 10**12 * 10**12)


UNTIL = MONDAY + 14 * DAY


def asked(cast):
    case = a_case("in_hand", cast=cast)
    return actions.ask_suspension_case(
        case, reason="material", until=UNTIL, words="The pole is made to order", by=cast.department_handler
    )


def suspended(cast, leader):
    return actions.suspend_case(asked(cast), reason="material", until=UNTIL, words="It comes by ship", by=leader)


def why_not(case, member):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member)}


@pytest.mark.django_db
def test_the_party_asks_and_a_leader_one_level_up_decides(cast, leader):
    case = asked(cast)
    waiting = DocketEntry.objects.filter(case=case, tray="suspend")
    assert [entry.holder_id for entry in waiting] == [cast.street // 10**12 * 10**12]
    for member in (cast.dispatcher, cast.department_handler, a_holder("leader", cast.street)):
        with pytest.raises(NotPermitted):
            actions.suspend_case(case, reason="material", until=UNTIL, words="Yes", by=member)
    with pytest.raises(Refused, match="asked for already"):
        actions.ask_suspension_case(case, reason="court", until=UNTIL, words="Again", by=cast.department_handler)
    case = actions.suspend_case(case, reason="material", until=UNTIL, words="It comes by ship", by=leader)
    assert (case.suspended_at, case.review_at, case.suspended_for) == (NOW, UNTIL, "material")
    assert Errand.objects.get(case=case).verdict == "granted"


@pytest.mark.django_db
def test_a_suspended_case_lies_in_a_list_of_its_own_and_goes_no_further(cast, leader):
    case = suspended(cast, leader)
    assert set(DocketEntry.objects.filter(case=case).values_list("tray", "due_at")) == {("pause", UNTIL)}
    assert not case.is_late(MONDAY + 300 * DAY)
    assert "is suspended" in why_not(case, cast.department_handler)["handle"]
    with pytest.raises(Refused, match="Resume it first"):
        actions.handle_case(case, words="Mended", by=cast.department_handler)
    assert today(cast.department_handler, NOW).count == 0


@pytest.mark.django_db
def test_the_reporter_reads_why_it_waits_until_when_and_that_it_goes_on(cast, leader):
    case = suspended(cast, leader)
    shown = entries(read_record(case, NOW), NOW, member_id=cast.resident.pk, reader=Reader.REPORTER)
    assert "Material or parts have to come" in shown[-2].said
    assert "It comes by ship" in shown[-2].said
    assert not any("made to order" in entry.said for entry in shown)
    assert (shown[-1].step, shown[-1].due_at) == ("paused", UNTIL)
    with clock.frozen(NOW + 2 * DAY):
        case = actions.resume_case(case, by=cast.department_handler)
        shown = entries(read_record(case, NOW), NOW, member_id=cast.resident.pk, reader=Reader.REPORTER)
    assert "before that by" in shown[-2].said


@pytest.mark.django_db
def test_it_is_resumed_by_the_party_with_what_was_left(cast, leader):
    case = suspended(cast, leader)
    due = case.due_at
    case = actions.resume_case(case, by=cast.department_handler, now=NOW + 7 * DAY)
    assert case.due_at == due + 7 * DAY
    assert Stage.objects.get(case=case, ended_at=None).due_at == case.due_at
    assert (case.suspended_at, case.review_at, case.suspended_for) == (None, None, "")
    with pytest.raises(Refused, match="its clocks run"):
        actions.resume_case(case, by=cast.department_handler)


@pytest.mark.django_db
def test_the_explanation_of_its_dates_says_that_it_was_suspended(cast, leader):
    case = actions.resume_case(suspended(cast, leader), by=cast.department_handler, now=NOW + 7 * DAY)
    promise, handling, accepting = reckonings(read_record(case, NOW), calendars(), "Hetang")[:3]
    assert promise.note == "It was suspended 1 time: the date is later by what that lasted."
    assert [move.said[:11] for move in promise.moved] == ["Promised by"]
    assert handling.due_at == promise.due_at
    assert "suspended" not in accepting.note


@pytest.mark.django_db
def test_it_goes_on_by_itself_once_its_review_is_over_unless_it_is_kept(cast, leader):
    kept, left = suspended(cast, leader), suspended(cast, leader)
    actions.keep_suspended_case(kept, until=UNTIL + 7 * DAY, words="The ship is late", by=leader)
    assert actions.resume_due_cases(UNTIL - HOUR) == 0
    assert actions.resume_due_cases(UNTIL + HOUR) == 1
    assert actions.resume_due_cases(UNTIL + HOUR) == 0
    assert Case.objects.get(pk=left.pk).suspended_at is None
    assert Case.objects.get(pk=kept.pk).review_at == UNTIL + 7 * DAY


@pytest.mark.django_db
def test_a_request_that_is_refused_leaves_the_clocks_and_may_be_made_again(cast, leader):
    case = actions.deny_suspension_case(asked(cast), words="Use the stock", by=leader)
    assert case.suspended_at is None
    assert why_not(case, cast.department_handler)["ask_suspension"] == ""
    assert why_not(case, leader)["suspend"] == "Nobody has asked to suspend the case."


@pytest.mark.django_db
@pytest.mark.parametrize("until", [NOW - HOUR, NOW + 200 * DAY])
def test_a_review_lies_neither_in_the_past_nor_out_of_sight(cast, until):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(Refused, match="within the next half year"):
        actions.ask_suspension_case(case, reason="budget", until=until, words="Money", by=cast.department_handler)
