"""What somebody leaves behind is passed on whole, with its history; what is done for somebody says so."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.cases import actions
from jingwei.cases.models import Assignment, Case, DocketCount, DocketEntry, Step
from jingwei.cases.offers import offers
from jingwei.cases.rail import dockets_of
from jingwei.cases.testing import MINUTES, MONDAY, a_case, verbs_of
from jingwei.cases.tests.test_together import recount
from jingwei.kernel.public import NotPermitted, Refused, clock, may
from jingwei.people.public import (
    arrange_absence,
    close_department,
    end_posting,
    hand_over_work,
    load_member,
    move_department,
    open_work_counts,
    open_work_of,
    takers_of,
)
from jingwei.people.testing import a_department, a_holder, a_posting, the_cast

pytestmark = pytest.mark.django_db
NEXT = MONDAY + 20 * MINUTES


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def officer(cast):
    return a_holder("posting_officer", cast.street)


def with_worker(cast, *, is_accepted=True):
    """A case of the grid that its worker was sent, and has taken on."""
    case = a_case("filed", cast=cast)
    with clock.frozen(NEXT):
        case = actions.send_down_case(case, level="community", words="Small enough", by=cast.dispatcher)
        case = actions.dispatch_case(case, member=cast.grid_worker, by=cast.community_officer)
        if is_accepted:
            case = actions.report_in_case(case, by=cast.grid_worker)
    return case


def ids(member):
    return [work.id for work in open_work_of(member)]


def test_a_worker_s_open_cases_are_listed_with_who_may_take_them(cast, django_assert_num_queries):
    case = with_worker(cast)
    colleague = a_holder("grid_worker", cast.grid)
    (work,) = open_work_of(cast.grid_worker)

    assert (work.number, work.title, work.code) == (case.number, case.title, cast.grid)
    assert open_work_counts([cast.grid_worker.pk, colleague.pk]) == {cast.grid_worker.pk: 1}
    with django_assert_num_queries(3):
        takers = takers_of([work])
    assert takers[work.id] == [cast.grid_worker, colleague, cast.grid_leader]


@pytest.mark.parametrize("is_accepted", [True, False])
def test_work_is_passed_on_as_it_stands_with_the_reason_in_its_history(cast, officer, is_accepted):
    case = with_worker(cast, is_accepted=is_accepted)
    before = case.stages.get(ended_at=None)
    with clock.frozen(NEXT + MINUTES):
        count = hand_over_work(
            cast.grid_worker, dict.fromkeys(ids(cast.grid_worker), cast.grid_leader), words="She retires", by=officer
        )

    old, new = Assignment.objects.filter(case=case).order_by("sent_at", "pk")
    assert count == 1
    assert (old.status, old.ended_at) == ("released", NEXT + MINUTES)
    assert (new.status, new.member_id) == ("accepted" if is_accepted else "sent", cast.grid_leader.pk)
    assert new.accepted_at == old.accepted_at
    assert Case.objects.get(pk=case.pk).status == case.status
    assert case.stages.get(ended_at=None).due_at == before.due_at
    step = Step.objects.filter(case=case).last()
    assert (step.verb, step.actor_id, step.detail) == ("pass_on", officer.pk, {"member_id": cast.grid_leader.pk})
    assert step.words.get().text == "She retires"
    entries, ledger = recount()
    assert entries == ledger


def test_the_new_party_goes_on_and_the_old_one_may_not(cast, officer):
    case = with_worker(cast)
    hand_over_work(cast.grid_worker, dict.fromkeys(ids(cast.grid_worker), cast.grid_leader), words="Leaves", by=officer)

    assert not may(cast.grid_worker, "cases.handle", case)
    assert actions.handle_case(case, words="Mended", by=cast.grid_leader).status == "handled"
    assert not may(cast.grid_worker, "cases.check", case)
    assert not may(cast.grid_leader, "cases.check", case)


def test_it_goes_only_to_somebody_who_handles_such_cases_there(cast, officer):
    with_worker(cast)
    stranger = a_holder("grid_worker", cast.grid + 1000)
    work = ids(cast.grid_worker)

    with pytest.raises(Refused, match="does not handle such cases here"):
        hand_over_work(cast.grid_worker, dict.fromkeys(work, stranger), words="Leaves", by=officer)
    assert ids(cast.grid_worker) == work


def test_it_needs_a_reason_and_another_party(cast, officer):
    work = dict.fromkeys([*(with_worker(cast) and ids(cast.grid_worker))], cast.grid_leader)

    with pytest.raises(Refused, match="reason"):
        hand_over_work(cast.grid_worker, work, words=" ", by=officer)
    with pytest.raises(Refused, match="has the case already"):
        hand_over_work(cast.grid_worker, dict.fromkeys(work, cast.grid_worker), words="So", by=officer)


def test_it_is_passed_on_by_who_arranges_postings_there(cast):
    with_worker(cast)
    work = dict.fromkeys(ids(cast.grid_worker), cast.grid_leader)

    with pytest.raises(NotPermitted):
        hand_over_work(cast.grid_worker, work, words="So", by=cast.leader)
    with pytest.raises(NotPermitted):
        hand_over_work(cast.grid_worker, work, words="So", by=a_holder("posting_officer", cast.street + 10**9))
    assert hand_over_work(cast.grid_worker, work, words="So", by=cast.security_officer) == 1


def test_what_has_gone_elsewhere_meanwhile_is_told(cast, officer):
    work = dict.fromkeys([*(with_worker(cast) and ids(cast.grid_worker))], cast.grid_leader)
    hand_over_work(cast.grid_worker, work, words="So", by=officer)

    with pytest.raises(Refused, match="no longer with"):
        hand_over_work(cast.grid_worker, work, words="So", by=officer)


def test_a_posting_that_ends_with_open_work_leaves_a_hand_over_until_all_is_passed_on(cast, officer):
    with_worker(cast)
    posting = cast.grid_worker.postings.get()
    end_posting(posting, by=officer)
    hand_over = cast.grid_worker.hand_overs.get()
    assert (hand_over.posting_id, hand_over.code, hand_over.done_at) == (posting.pk, cast.grid, None)

    hand_over_work(cast.grid_worker, dict.fromkeys(ids(cast.grid_worker), cast.grid_leader), words="So", by=officer)

    hand_over.refresh_from_db()
    assert hand_over.done_by_id == officer.pk


def test_no_hand_over_is_left_where_another_posting_reaches_the_work(cast, officer):
    with_worker(cast)
    a_posting("grid_leader", cast.community, member=cast.grid_worker)
    end_posting(cast.grid_worker.postings.get(role="grid_worker"), by=officer)

    assert not cast.grid_worker.hand_overs.exists()


def test_a_dispatcher_passes_on_from_one_office_to_another(cast):
    case, office = a_case("in_hand", cast=cast), a_department()
    actions.pass_on_case(case, department=office, words="Their street", by=cast.dispatcher)

    assert Assignment.objects.get(case=case, status="accepted").department == office
    assert verbs_of(case)[-1] == "pass_on"
    with pytest.raises(NotPermitted):
        actions.pass_on_case(case, department=cast.department, words="Back", by=cast.department_lead)


def test_what_a_delegate_does_says_for_whom(cast):
    case = with_worker(cast)
    delegate = a_holder("grid_worker", cast.grid + 1000)
    day = clock.local(MONDAY).date()
    with clock.frozen(NEXT):
        arrange_absence(
            cast.grid_worker, begins_on=day, ends_on=day + timedelta(days=2), delegate=delegate, by=None, now=NEXT
        )
        away, stand_in = load_member(cast.grid_worker.pk, NEXT), load_member(delegate.pk, NEXT)
        assert not may(away, "cases.handle", case)
        assert may(away, "cases.desk", case)
        assert "away" in str(next(one.why_not for one in offers(case, away) if one.verb == "handle"))
        assert [str(holder) for holder in dockets_of(stand_in)][-1] == f"m{away.pk}"
        actions.handle_case(case, words="Mended", by=stand_in)

    step = Step.objects.filter(case=case).last()
    assert (step.actor_id, step.on_behalf_of_id) == (delegate.pk, cast.grid_worker.pk)


def test_what_their_own_posting_gives_is_not_done_for_somebody(cast):
    case = a_case(cast=cast)
    other = a_holder("grid_worker", cast.grid)
    day = clock.local(MONDAY).date()
    with clock.frozen(NEXT):
        arrange_absence(
            other, begins_on=day, ends_on=day + timedelta(days=2), delegate=cast.grid_worker, by=None, now=NEXT
        )
        actions.reject_case(case, reason="not_here", words="No", by=load_member(cast.grid_worker.pk, NEXT))

    assert Step.objects.filter(case=case).last().on_behalf_of_id is None


@given(choices=st.lists(st.integers(0, 2), min_size=4, max_size=4), is_accepted=st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_handing_over_conserves_open_work(choices, is_accepted):
    cast = the_cast()
    officer = a_holder("posting_officer", cast.street)
    takers = [None, cast.grid_leader, a_holder("grid_worker", cast.grid)]
    cases = [with_worker(cast, is_accepted=is_accepted) for _ in range(2)]
    before = DocketEntry.objects.filter(is_party=True).count()
    to = {work.id: taker for work, choice in zip(open_work_of(cast.grid_worker), choices, strict=False)
          if (taker := takers[choice])}  # fmt: skip
    hand_over_work(cast.grid_worker, to, words="So", by=officer)

    counts = open_work_counts([cast.grid_worker.pk, *(one.pk for one in takers if one)])
    assert sum(counts.values()) == len(cases)
    assert counts.get(cast.grid_worker.pk, 0) == len(cases) - len(to)
    assert DocketEntry.objects.filter(is_party=True).count() == before
    assert {case.status for case in Case.objects.filter(pk__in=[case.pk for case in cases])} == {cases[0].status}
    entries, ledger = recount()
    assert entries == ledger
    assert DocketCount.objects.exists()


def test_an_office_that_closes_gives_its_open_cases_to_another(cast):
    case = a_case("in_hand", cast=cast)
    administrator = a_holder("administrator", cast.street - cast.street % 10**12)
    office = a_department(code=cast.street)
    with pytest.raises(Refused, match="People are posted"):
        close_department(cast.department, successor=office, by=administrator)
    for posting in cast.department.postings.all():
        end_posting(posting, by=None)
    with pytest.raises(Refused, match="Name the office that takes them"):
        close_department(cast.department, by=administrator)

    close_department(cast.department, successor=office, by=administrator)

    assert Assignment.objects.get(case=case, status="accepted").department == office
    entries, ledger = recount()
    assert entries == ledger


def test_an_office_that_moves_takes_its_cases_to_the_dockets_above(cast):
    case, whole = a_case("in_hand", cast=cast), a_department(code=cast.street)
    move_department(cast.department, whole, by=None)

    assert DocketEntry.objects.filter(case=case, holder="d", holder_id=whole.pk, is_party=False).count() == 1
    move_department(cast.department, None, by=None)
    assert not DocketEntry.objects.filter(case=case, holder="d", holder_id=whole.pk).exists()
    entries, ledger = recount()
    assert entries == ledger
