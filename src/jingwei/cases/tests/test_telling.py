"""Who is told of a move, once each, and who is not."""

from collections import Counter
from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.handlers import tell_of_clocks, tell_people
from jingwei.cases.models import Case, Report
from jingwei.cases.telling import JOINED, NEWS, OLD_NEWS, TOLD, WORK
from jingwei.cases.telling_clocks import tell_the_day
from jingwei.cases.testing import MONDAY, a_case, a_draft, make
from jingwei.cases.workflow import MOVES
from jingwei.kernel.public import FactRow, clock
from jingwei.kernel.testing import settle
from jingwei.notices.actions import choose
from jingwei.notices.public import Notice
from jingwei.people.public import Member
from jingwei.people.testing import a_resident, the_cast

pytestmark = [pytest.mark.django_db, pytest.mark.role("jw_worker")]
LATER = MONDAY + timedelta(hours=3)


def told(member):
    return [one.text for one in Notice.objects.of(member).order_by("pk")]


def settled(case):
    """Everything that a case's facts lead to, on the same day."""
    with clock.frozen(LATER):
        settle()
    return case


def test_reporter_hears_of_each_step_and_the_party_of_what_comes_to_it():
    cast = the_cast()
    settled(a_case("closed", cast=cast))
    assert told(cast.resident) == ["cases.filed", "cases.dispatched", "cases.handled", "cases.closed"]
    assert told(cast.department_lead) == []  # what came to the office has been dealt with by now


def test_party_is_told_that_a_case_has_come_and_whoever_works_there():
    cast = the_cast()
    settled(a_case("dispatched", cast=cast))
    assert told(cast.department_handler) == told(cast.department_lead) == ["cases.sent"]
    assert told(cast.professional) == told(cast.dispatcher) == []
    offices = Notice.objects.filter(department=cast.department)
    assert [one.text for one in offices] == ["cases.sent"]


def test_the_same_fact_twice_tells_once():
    cast = the_cast()
    settled(a_case("filed", cast=cast))
    with clock.frozen(LATER):
        for fact in FactRow.objects.filter(kind="case.moved"):
            tell_people(fact)
    assert told(cast.resident) == ["cases.filed"]


def test_party_is_told_that_a_case_was_taken_back():
    cast = the_cast()
    case = settled(a_case("dispatched", cast=cast))
    with clock.frozen(LATER):
        actions.recall_case(case, words="A mistake", by=cast.dispatcher)
    settled(case)
    assert told(cast.department_handler) == ["cases.sent", "cases.recalled"]


def test_rework_comes_back_to_the_party():
    cast = the_cast()
    case = settled(a_case("handled", cast=cast))
    with clock.frozen(LATER):
        actions.rework_case(case, words="Still dark", by=cast.grid_worker)
    settled(case)
    assert told(cast.department_handler) == ["cases.rework"]


def test_whoever_makes_a_move_is_not_told_of_it():
    cast = the_cast()
    case = settled(a_case("closed", cast=cast))
    with clock.frozen(LATER):
        actions.reopen_case(case, words="Dark again", by=cast.resident)
    settled(case)
    assert "cases.reopened" not in told(cast.resident)


def test_each_reporter_of_a_case_is_told_and_one_without_account_by_number():
    cast, other = the_cast(), a_resident()
    case = a_case("reported", cast=cast)
    for fields in ({"member_id": other.pk}, {"phone": "13900000001"}, {"phone": "13900000001"}, {"name": "Li"}):
        with clock.frozen(MONDAY):
            draft = a_draft(cast.grid, **fields)
            actions.report_case(draft, by=cast.community_officer)
        Report.objects.filter(pk=draft.origin.id).update(case=case)
    with clock.frozen(MONDAY):
        make("file", case, cast)
    settled(case)
    filed = Notice.objects.filter(text="cases.filed", about=str(case.pk))
    assert {one.member_id for one in filed} == {cast.resident.pk, other.pk, None}
    assert [one.phone for one in filed if one.member_id is None] == ["13900000001"]


def test_old_records_are_told_to_nobody():
    cast = the_cast()
    a_case("closed", cast=cast)
    with clock.frozen(MONDAY + OLD_NEWS + timedelta(hours=2)):
        settle()
    assert not Notice.objects.exists()


def test_case_that_is_gone_is_told_to_nobody():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    fact = FactRow(seq=1, data={"verb": "file", "case_id": str(case.pk)}, occurred_at=MONDAY)
    Case.objects.filter(pk=case.pk).delete()
    with clock.frozen(MONDAY):
        tell_people(fact)
    assert not Notice.objects.exists()


def test_every_text_is_used_and_every_move_is_one():
    used = {name for telling in TOLD.values() for name in (telling.reporters, telling.parties) if name}
    besides = {"submitted"}  # goes to those who confirm it, and to them alone
    assert {f"cases.{name}" for name in used | besides} == {text.key for text in (*NEWS, *JOINED, *WORK)}
    assert TOLD.keys() <= MOVES.keys()


def signal(case, *keys, seq=1, **more):
    data = {"case_id": str(case.pk), "what": "half", "keys": list(keys), **more}
    with clock.frozen(LATER):
        tell_of_clocks(FactRow(seq=seq, data=data, occurred_at=LATER))


def test_signal_is_told_to_those_whom_its_rule_names():
    cast = the_cast()
    case = a_case("dispatched", cast=cast)
    signal(case, "holder", "leader")
    assert told(cast.department_handler) == told(cast.leader) == ["cases.running_out"]
    assert told(cast.resident) == told(cast.inspector) == []


def test_signal_while_nobody_has_it_is_told_to_whoever_answers_and_above():
    cast = the_cast()
    case = a_case("reported", cast=cast)
    Case.objects.filter(pk=case.pk).update(due_at=LATER)
    signal(case, "holder")
    assert told(cast.grid_worker) == ["cases.overdue"]
    signal(case, "above", seq=2)
    assert told(cast.community_officer) == ["cases.overdue"]


def test_day_is_told_once_to_whoever_has_a_case_in_hand():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    with clock.frozen(LATER):
        actions.dispatch_case(case, member=cast.grid_worker, words="Please look", by=cast.dispatcher)
    assert tell_the_day(LATER) == tell_the_day(LATER) == 1
    [notice] = Notice.objects.of(cast.grid_worker)
    assert notice.text == "cases.day"
    assert notice.values["all"] == 1


def test_day_is_not_told_to_whoever_does_not_want_it():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    with clock.frozen(LATER):
        actions.dispatch_case(case, member=cast.grid_worker, words="Please look", by=cast.dispatcher)
    choose(cast.grid_worker, {}, quiet=None, has_digest=False, by=cast.grid_worker)
    assert tell_the_day(LATER) == 0


def test_both_sides_are_told_of_an_appeal_and_of_the_decision():
    cast = the_cast()
    case = a_case(cast=cast)
    officer = cast.community_officer
    case = actions.reject_case(case, reason="not_here", words="Next street", by=officer, now=MONDAY)
    case = settled(actions.appeal_case(case, about="rejection", words="It is here", by=cast.resident, now=MONDAY))
    assert told(cast.leader) == told(cast.inspector) == ["cases.appeal_made"]
    assert told(officer) == ["cases.appeal_against"]
    settled(actions.decide_case(case, verdict="dismissed", words="It is not", by=cast.leader, now=MONDAY))
    assert told(officer) == ["cases.appeal_against", "cases.appeal_ended"]
    assert told(cast.resident) == ["cases.rejected", "cases.appeal_decided"]


def test_whoever_rated_is_told_that_the_rating_is_looked_at_and_nobody_of_a_clock():
    cast = the_cast()
    case = actions.rate_case(a_case("closed", cast=cast), grade=1, by=cast.resident, now=LATER)
    handler = cast.department_handler
    settled(actions.appeal_case(case, about="rating", words="Not our work", by=handler, now=LATER))
    assert told(cast.resident)[-1] == "cases.rating_appealed"
    late = actions.report_in_case(a_case("dispatched", cast=cast), by=handler, now=LATER)
    before = told(cast.resident)
    settled(actions.appeal_case(late, about="clock", words="No form", by=handler, now=LATER))
    assert [text for text in told(cast.resident) if "appeal" in text] == [text for text in before if "appeal" in text]


def reported_by(member, cast):
    case = a_case(cast=cast)
    case.reports.update(member=member)
    return case


def a_burst_pipe(cast, neighbours):
    """One case with a report of each neighbour's under it."""
    leader = a_case("filed", cast=cast)
    children = [reported_by(neighbour, cast) for neighbour in neighbours]
    with clock.frozen(LATER):
        return actions.group_cases(leader, children=children, by=cast.dispatcher), children


def test_whoever_reported_a_case_of_a_group_hears_how_it_goes_each_once_by_their_own_number():
    cast = the_cast()
    neighbour, other = a_resident(), a_resident()
    leader, children = a_burst_pipe(cast, [neighbour, neighbour, other])
    with clock.frozen(LATER):
        for verb in ("dispatch", "report_in", "handle", "check"):
            leader = make(verb, leader, cast)
    settled(leader)
    for member, child in ((neighbour, children[0]), (other, children[2])):
        assert told(member) == ["cases.joined", "cases.dispatched", "cases.handled", "cases.closed"]
        for notice in Notice.objects.of(member):
            assert (notice.values["number"], notice.about) == (child.number, str(child.pk))
    assert told(cast.resident) == ["cases.filed", "cases.dispatched", "cases.handled", "cases.closed"]


def test_who_joins_a_group_later_is_told_that_alone():
    cast = the_cast()
    neighbour, late = a_resident(), a_resident()
    leader, _children = a_burst_pipe(cast, [neighbour])
    with clock.frozen(LATER + timedelta(minutes=5)):
        child = reported_by(late, cast)
        actions.group_cases(leader, children=[child], by=cast.dispatcher)
    settled(leader)
    assert told(neighbour) == told(late) == ["cases.joined"]


def test_whoever_reported_two_cases_of_a_group_that_comes_apart_is_told_once():
    cast = the_cast()
    neighbour = a_resident()
    leader, _children = a_burst_pipe(cast, [neighbour, neighbour])
    settled(leader)
    actions.withdraw_case(leader, by=cast.resident, now=LATER + timedelta(minutes=5))
    settled(leader)
    assert told(neighbour) == ["cases.joined", "cases.parted"]


@pytest.mark.parametrize("many", [2, 200])
def test_two_hundred_are_told_once_each_in_as_many_queries_as_two(many, django_assert_num_queries):
    cast = the_cast()
    people = Member.objects.bulk_create(Member(kind="staff", username=f"n{n}", name="Li") for n in range(many - 1))
    drafts = [a_draft(cast.grid, member_id=one.pk) for one in [people[0], *people]]
    with clock.frozen(LATER):
        actions.report_cases(drafts, by=cast.community_officer)
        children = list(Case.objects.filter(reports__in=[draft.origin.id for draft in drafts]))
        leader = actions.group_cases(a_case("filed", cast=cast), children=children, by=cast.dispatcher)
        for verb in ("dispatch", "report_in", "handle", "check"):
            leader = make(verb, leader, cast)
    for seq, (verb, text, queries) in enumerate((("group", "joined", 13), ("check", "closed", 13)), start=1):
        [fact] = FactRow.objects.filter(kind="case.moved", data__verb=verb, data__case_id=str(leader.pk))
        fact.seq = seq
        with clock.frozen(LATER), django_assert_num_queries(queries):
            tell_people(fact)
        sent = Counter(Notice.objects.filter(text=f"cases.{text}").values_list("member_id", flat=True))
        assert {one.pk: 1 for one in people}.items() <= sent.items()
    rest = list(FactRow.objects.filter(kind="case.moved", data__verb__in=["into_group", "follow"]))
    assert len(rest) == 2 * many
    with clock.frozen(LATER), django_assert_num_queries(0):
        for fact in rest:
            tell_people(fact)


def test_whoever_reported_a_merged_case_hears_how_the_other_one_goes_each_once():
    cast = the_cast()
    neighbour = a_resident()
    with clock.frozen(LATER):
        into = a_case("filed", cast=cast)
        actions.merge_case(reported_by(neighbour, cast), into=into, by=cast.dispatcher)
        actions.merge_case(a_case(cast=cast), into=into, by=cast.dispatcher)
        make("dispatch", into, cast)
    settled(into)
    assert told(neighbour) == ["cases.joined", "cases.dispatched"]
    assert told(cast.resident).count("cases.dispatched") == 1
