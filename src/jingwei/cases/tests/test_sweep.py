"""The sweep: what is due is given once, with what the rules say; what is not costs nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases.actions import handle_case, raise_case, reopen_case, set_signal_rules, sweep_signals
from jingwei.cases.desk import QUEUES, Holder, counts, page
from jingwei.cases.models import Case, SignalRule, Step
from jingwei.cases.signals.rules import default_rules
from jingwei.cases.testing import MONDAY, a_case, make, verbs_of
from jingwei.kernel.public import NotPermitted, Refused, clock, facts_after
from jingwei.kernel.testing import settle
from jingwei.people.testing import a_member, the_cast

pytestmark = pytest.mark.django_db
LATER = timedelta(days=40)


@pytest.fixture
def cast():
    return the_cast()


def signals_of(case):
    """The signals a case was given, in order."""
    steps = Step.objects.filter(case_id=case.pk, verb="signal").order_by("pk")
    return [step.detail["signal"] for step in steps]


def again(case):
    return Case.objects.get(pk=case.pk)


def test_the_promise_gives_its_signals_in_working_time(cast):
    case = a_case("in_hand", cast=cast)  # three working days from Monday, nine o'clock: Thursday, nine o'clock
    halfway = MONDAY + timedelta(days=1, hours=6)  # Tuesday, three o'clock: twelve of twenty-four working hours
    assert case.signal_at == halfway
    assert sweep_signals(halfway - timedelta(seconds=1)) == 0
    assert sweep_signals(halfway) == 1
    assert signals_of(case) == ["half"]
    sweep_signals(MONDAY + timedelta(days=3))
    assert signals_of(case) == ["half", "most", "due"]
    sweep_signals(MONDAY + LATER)
    assert signals_of(case) == ["half", "most", "due", "over"]
    assert sweep_signals(MONDAY + 2 * LATER) == 0


def test_rules_make_it_urgent_and_raise_it_while_its_party_stays_at_work(cast):
    case = a_case("in_hand", cast=cast)
    sweep_signals(MONDAY + LATER)
    late = again(case)
    assert (case.level, late.level, late.raised) == ("street", "district", 1)
    assert (case.urgency, late.urgency) == ("normal", "urgent")
    assert late.status == "in_hand"
    assert verbs_of(case)[-5:] == ["signal", "signal", "signal", "signal", "raise"]
    assert handle_case(late, words="Mended at last", by=cast.department_handler).status == "handled"


def test_only_the_last_of_several_at_once_tells_anybody(cast):
    case = a_case("in_hand", cast=cast)
    sweep_signals(MONDAY + LATER)
    told = [step.detail.get("tell") for step in Step.objects.filter(case_id=case.pk, verb="signal").order_by("pk")]
    assert told == [None, None, None, ["holder", "leader"]]


def test_what_is_warned_is_a_queue_of_everyone_who_has_it_until_it_is_handled(cast):
    case, now = a_case("in_hand", cast=cast), MONDAY + LATER
    a_case("reported", cast=cast)  # its stage is late, and nothing is promised: no warning
    holders = [Holder("a", cast.grid), Holder("a", cast.street), Holder("d", cast.department.pk)]
    before = [counts(holder, now) for holder in holders]
    sweep_signals(now)
    for holder, old in zip(holders, before, strict=True):
        queue, new = QUEUES[holder.kind]["warned"], counts(holder, now)
        assert (old.of(queue), new.of(queue)) == (0, 1)
        assert new.by_due(queue) == {"late": 1, "today": 0, "later": 0}
        assert (new.total, new.late, new.today) == (old.total, old.late, old.today)
        assert [entry.case_id for entry in page(holder, queue, now=now).entries] == [case.pk]
        assert [entry.case_id for entry in page(holder, QUEUES[holder.kind]["all"], now=now).entries].count(
            case.pk
        ) == 1
    handle_case(again(case), words="Mended at last", by=cast.department_handler, now=now)
    for holder in holders:
        assert counts(holder, now).of(QUEUES[holder.kind]["warned"]) == 0
        assert not page(holder, QUEUES[holder.kind]["warned"], now=now).entries


def test_a_stage_that_is_not_kept_gives_one_signal(cast):
    case = a_case("reported", cast=cast)
    sweep_signals(MONDAY + timedelta(hours=1))
    sweep_signals(MONDAY + LATER)
    assert signals_of(case) == ["file"]


def test_what_is_handled_in_time_gives_no_signal_of_the_promise(cast):
    case = a_case("handled", cast=cast)
    sweep_signals(MONDAY + LATER)
    assert signals_of(case) == ["check"]


def test_a_reopened_case_has_a_new_promise_with_signals_of_its_own(cast):
    case = a_case("in_hand", cast=cast)
    sweep_signals(MONDAY + LATER)
    with clock.frozen(MONDAY + LATER):
        case = handle_case(again(case), words="Mended", by=cast.department_handler)
        case = make("check", case, cast)
        case = reopen_case(case, words="Dark again", by=cast.resident)
    assert (case.signalled, case.raised) == (0, 0)
    sweep_signals(MONDAY + 2 * LATER)
    assert signals_of(case).count("half") == 2


def test_a_case_is_never_raised_above_the_district(cast):
    case = a_case("in_hand", cast=cast)
    for _ in range(3):
        if again(case).level == "district":
            break
        raise_case(again(case), words="Too slow", by=cast.leader)
    with pytest.raises(Refused):
        raise_case(again(case), words="Too slow", by=cast.leader)
    sweep_signals(MONDAY + LATER)
    assert again(case).level == "district"


def test_nobody_but_a_leader_raises_a_case_by_hand(cast):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(NotPermitted):
        raise_case(case, words="Too slow", by=cast.dispatcher)


def test_each_signal_is_a_fact_with_whom_to_tell(cast):
    case = a_case("in_hand", cast=cast)
    sweep_signals(MONDAY + timedelta(days=2))
    settle()
    (fact,) = [fact for fact in facts_after(0) if fact.kind == "case.signalled"]
    assert fact.data["what"] == "half"
    assert fact.data["keys"] == ["holder"]
    assert fact.data["department_id"] == cast.department.pk
    assert fact.data["case_id"] == str(case.pk)


def test_rules_that_are_set_hold_and_others_do_not(cast):
    case = a_case("in_hand", cast=cast)
    set_signal_rules([SignalRule(number=5, signal="half", tell=["leader"], raises=True)], by=None)
    sweep_signals(MONDAY + timedelta(days=2))
    assert again(case).level == "district"
    (rule,) = SignalRule.objects.all()
    assert rule.number == 1


def test_whoever_does_not_set_things_up_sets_no_rules(cast):
    with pytest.raises(NotPermitted):
        set_signal_rules(default_rules(), by=a_member())


def test_a_sweep_asks_as_often_for_many_as_for_few(cast):
    counts = []
    for many, day in ((1, 0), (1, 1), (5, 2)):
        begun = MONDAY + timedelta(days=day)
        for _ in range(many):
            a_case("reported", cast=cast, at=begun)
        with CaptureQueriesContext(connection) as asked:
            assert sweep_signals(begun + timedelta(hours=2)) == many
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 16  # the first has read the calendars


def test_what_is_due_is_read_from_the_index_of_next_signals(cast):
    a_case("reported", cast=cast)
    due = Case.objects.filter(signal_at__lte=MONDAY).order_by("signal_at", "pk").select_for_update(skip_locked=True)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    plan = due[:200].explain()
    assert "Index Scan using case_signal" in plan
    assert "Sort" not in plan
