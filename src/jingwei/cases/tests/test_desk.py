"""Queues and counts: one query each, exact, and the same however they came about."""

from collections import Counter
from datetime import timedelta

import pytest

from jingwei.cases import actions, desk
from jingwei.cases.desk import QUEUES, Holder
from jingwei.cases.docket import fold_counts
from jingwei.cases.models import DocketCount, DocketEntry
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import load_member
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db
ALL = QUEUES["a"]


@pytest.fixture
def cast():
    return the_cast()


def a_busy_street(cast):
    for place, status in enumerate(("reported", "filed", "dispatched", "in_hand", "handled", "closed", "filed")):
        a_case(status, cast=cast, at=MONDAY + timedelta(hours=place))


def recount(holder, now):
    entries = DocketEntry.objects.filter(holder=holder.kind, holder_id=holder.id)
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (
        Counter(entry.tray for entry in entries),
        sum(entry.due_at < now for entry in entries),
        sum(now <= entry.due_at < midnight for entry in entries),
    )


@pytest.mark.parametrize("hours", [0, 1, 3, 30, 80, 400])
def test_counts_equal_a_recount_at_any_moment(cast, hours):
    a_busy_street(cast)
    now = MONDAY + timedelta(hours=hours)
    for holder in (Holder("a", cast.street), Holder("a", cast.grid), Holder("d", cast.department.pk)):
        counts = desk.counts(holder, now)
        trays, late, today = recount(holder, now)
        assert +Counter(counts.trays) == trays
        assert (counts.late, counts.today) == (late, today)


def test_folding_the_ledger_changes_no_count(cast):
    a_busy_street(cast)
    holder, now = Holder("a", cast.street), MONDAY + timedelta(hours=5)
    before, lines = desk.counts(holder, now), DocketCount.objects.count()

    assert fold_counts() > 0

    assert desk.counts(holder, now).of(ALL["all"]) == before.of(ALL["all"])
    assert desk.counts(holder, now).late == before.late
    assert DocketCount.objects.count() < lines
    assert fold_counts() == 0


def test_pages_follow_each_other_in_due_order_and_show_each_case_once(cast):
    a_busy_street(cast)
    now, seen, cursor = MONDAY, [], ""
    while True:
        page = desk.page(Holder("a", cast.street), ALL["all"], now=now, cursor=cursor, limit=2)
        seen += [(entry.due_at, entry.case_id) for entry in page.entries]
        if not page.next:
            break
        cursor = page.next
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 6


def test_cases_due_at_the_same_moment_are_not_lost_between_pages(cast):
    cases = {a_case(cast=cast).pk for _ in range(5)}
    first = desk.page(Holder("a", cast.street), ALL["file"], now=MONDAY, limit=3)
    second = desk.page(Holder("a", cast.street), ALL["file"], now=MONDAY, limit=3, cursor=first.next)
    assert {entry.case_id for entry in first.entries + second.entries} == cases


@pytest.mark.parametrize("queue", ALL.values(), ids=lambda queue: queue.key)
def test_a_page_and_its_counts_are_one_query_each(cast, queue, django_assert_num_queries):
    a_busy_street(cast)
    holder, now = Holder("a", cast.street), MONDAY + timedelta(days=2)
    with django_assert_num_queries(1):
        counts = desk.counts(holder, now)
    with django_assert_num_queries(1):
        page = desk.page(holder, queue, now=now)
        [(entry.case.category, entry.grid_name, entry.party) for entry in page.entries]
    assert counts.of(queue) == len(page.entries)


def test_a_category_narrows_a_queue(cast):
    a_busy_street(cast)
    holder = Holder("a", cast.street)
    assert desk.page(holder, ALL["all"], now=MONDAY, category="9999").entries == []
    assert len(desk.page(holder, ALL["all"], now=MONDAY, category="0201").entries) == 5


def test_a_broken_cursor_is_refused(cast):
    with pytest.raises(Refused):
        desk.page(Holder("a", cast.street), ALL["all"], now=MONDAY, cursor="nonsense")


def test_a_member_opens_the_dockets_of_their_posts_and_below(cast):
    dispatcher = load_member(cast.dispatcher.pk)
    assert desk.holders_of(dispatcher) == [Holder("a", cast.street)]
    assert desk.may_open(dispatcher, Holder("a", cast.grid))
    assert not desk.may_open(dispatcher, Holder("a", cast.street + 10**9))
    assert not desk.may_open(dispatcher, Holder("d", cast.department.pk))
    handler = load_member(cast.department_handler.pk)
    assert desk.holders_of(handler) == [Holder("d", cast.department.pk)]
    assert desk.may_open(handler, Holder("m", handler.pk))


def test_a_member_s_own_docket_holds_what_was_sent_to_them(cast):
    case = actions.send_down_case(a_case("filed", cast=cast), level="community", words="Yours", by=cast.dispatcher)
    actions.dispatch_case(case, member=cast.grid_worker, by=cast.community_officer)
    page = desk.page(Holder("m", cast.grid_worker.pk), QUEUES["m"]["accept"], now=MONDAY)
    assert [entry.case_id for entry in page.entries] == [case.pk]


def test_holders_are_written_and_read():
    for holder in (Holder("a", 990101001000000000), Holder("d", 7), Holder("m", 1)):
        assert Holder.read(str(holder)) == holder
    for nonsense in ("", "a", "x1", "a1.5", "a-1", "d٣"):
        with pytest.raises(ValueError, match="^" + nonsense + "$"):
            Holder.read(nonsense)


def test_a_condition_of_another_class_moves_the_case_to_its_level(cast):
    case = a_case(cast=cast)
    filed = actions.file_case(case, condition=a_condition("0202", "01"), title="x", by=cast.community_officer)
    assert filed.level == filed.category.level
