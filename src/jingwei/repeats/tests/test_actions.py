"""What becomes of flagged reports, and of limits: they end, are told, and can be appealed against."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.cases.public import Case, reject_case
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import WHOLE, NotPermitted, Refused, due_all, forget_all, opened
from jingwei.kernel.testing import settle
from jingwei.notices.public import Notice
from jingwei.people.public import reach_of
from jingwei.people.testing import a_holder, check_both_faces
from jingwei.repeats import actions
from jingwei.repeats.models import Flag, Limit
from jingwei.repeats.reading import limits_on, waiting_for
from jingwei.repeats.rules import Rules

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RUDE = "You asshole, mend the lamp"


def a_flag(cast, **given):
    """Of a report with insulting words."""
    case = a_case(cast=cast, words=RUDE, **given)
    actions.examine(case.pk, now=MONDAY)
    return Flag.objects.get(case=case, kind="words")


def a_limit(cast, *, days=14, measure="look"):
    flag = a_flag(cast)
    return actions.limit_sender(
        flag, measure=measure, reason="Five reports a day", days=days, by=cast.community_officer, now=MONDAY
    )


def kinds(case):
    return sorted(Flag.objects.filter(case=case).values_list("kind", flat=True))


def test_a_report_is_looked_at_when_it_comes_in_and_stays_what_it_is(cast):
    case = a_case(cast=cast, words=RUDE)
    settle()

    assert kinds(case) == ["words"]
    case.refresh_from_db()
    assert case.status == "reported"


def test_the_same_words_again_and_too_many_are_flagged_for_the_account_that_sent_them(cast):
    actions.set_rules(Rules(most=2), by=None, now=MONDAY)
    cases = [a_case(cast=cast, at=MONDAY + timedelta(minutes=number), words="The lamp") for number in range(3)]
    for case in cases:
        actions.examine(case.pk, now=MONDAY)

    assert [kinds(case) for case in cases] == [[], ["twin"], ["rate", "twin"]]


def test_reports_of_different_accounts_do_not_count_together(cast):
    other = a_case(words="The lamp")
    case = a_case(cast=cast, at=MONDAY + DAY, words="The lamp")
    actions.examine(case.pk, now=MONDAY)

    assert other.pk != case.pk
    assert kinds(case) == []


def test_an_emergency_is_never_flagged(cast):
    case = a_case(cast=cast, words=RUDE)
    Case.objects.filter(pk=case.pk).update(urgency="emergency")

    assert actions.examine(case.pk, now=MONDAY) == []


def test_an_officer_of_the_place_looks_once(cast):
    flag = a_flag(cast)
    for stranger in (cast.grid_worker, cast.leader, a_holder("community_officer", cast.community + 10**9)):
        with pytest.raises(NotPermitted):
            actions.go_on(flag, by=stranger)

    assert [one.flag for one in waiting_for(cast.community_officer)] == [flag]
    actions.go_on(flag, by=cast.community_officer, now=MONDAY)

    assert waiting_for(cast.community_officer) == []
    with pytest.raises(Refused, match="already"):
        actions.go_on(flag, by=cast.dispatcher, now=MONDAY)


def test_what_is_answered_by_the_case_itself_waits_no_longer(cast):
    flag = a_flag(cast)
    settle()
    reject_case(flag.case, reason="already_solved", words="Answered by letter", by=cast.community_officer)
    settle()

    flag.refresh_from_db()
    assert flag.decision == "answered"


def test_a_limit_is_told_and_new_reports_are_looked_at_until_it_ends(cast):
    row = a_limit(cast, days=2)

    assert Notice.objects.get(text="repeats.limited_look").member_id == cast.resident.pk
    during, after = (a_case(cast=cast, at=MONDAY + days * DAY, words=f"On day {days}") for days in (1, 3))
    actions.examine(during.pk, now=MONDAY + DAY)
    actions.examine(after.pk, now=MONDAY + 3 * DAY)
    assert (kinds(during), kinds(after)) == (["limit"], [])
    assert limits_on(cast.resident, MONDAY + DAY) == [row]
    assert limits_on(cast.resident, MONDAY + 2 * DAY) == []


def test_the_same_limit_is_not_decided_twice_nor_for_a_report_without_an_account(cast):
    a_limit(cast)
    given = {"measure": "look", "reason": "x", "days": 1, "by": cast.community_officer, "now": MONDAY}
    with pytest.raises(Refused, match="already"):
        actions.limit_sender(a_flag(cast), **given)
    with pytest.raises(Refused, match="without an account"):
        actions.limit_sender(a_flag(cast, member_id=None), **given)


def test_whoever_it_concerns_appeals_once_and_another_person_decides(cast):
    row = a_limit(cast)
    with pytest.raises(NotPermitted):
        actions.appeal_limit(row, words="x", by=cast.grid_worker, now=MONDAY)
    actions.appeal_limit(row, words="My lamp is still out", by=cast.resident, now=MONDAY)
    with pytest.raises(Refused, match="already"):
        actions.appeal_limit(row, words="Again", by=cast.resident, now=MONDAY)
    with pytest.raises(NotPermitted):
        actions.answer_appeal(row, is_lifted=False, words="No", by=cast.community_officer, now=MONDAY)

    row = actions.answer_appeal(row, is_lifted=True, words="You are right", by=cast.leader, now=MONDAY + DAY)

    assert (row.ends_at, row.answer) == (MONDAY + DAY, "You are right")
    assert list(Notice.objects.filter(text="repeats.appealed").values_list("member_id", flat=True)) == [cast.leader.pk]
    assert Notice.objects.filter(text="repeats.answered", member_id=cast.resident.pk).exists()
    with pytest.raises(Refused, match="has ended"):
        actions.lift_limit(row, by=cast.community_officer, now=MONDAY + DAY)


@pytest.mark.role("jw_worker")
def test_nothing_is_left_of_a_limit_the_night_after_it_ended(cast):
    row = a_limit(cast, days=2)

    with opened(WHOLE):
        assert due_all(row.ends_at)["repeats.limits"] == 0
    assert forget_all(row.ends_at + DAY)["repeats.limits"] == 1
    assert not Limit.objects.exists()
    assert forget_all(MONDAY + 31 * DAY)["repeats.flags"] == 1


def test_the_database_shows_a_limit_to_its_member_and_to_officers_of_the_place(cast):
    a_limit(cast)
    shown = {}
    for name in ("resident", "community_officer", "dispatcher", "leader", "grid_worker", "inspector"):
        with opened(reach_of(getattr(cast, name))):
            shown[name] = Limit.objects.count()

    assert shown == {
        "resident": 1,
        "community_officer": 1,
        "dispatcher": 1,
        "leader": 1,
        "grid_worker": 0,
        "inspector": 0,
    }


@pytest.mark.parametrize("permit", ["repeats.see_limit", "repeats.lift", "repeats.review", "repeats.appeal"])
def test_both_faces_of_each_permit_agree(cast, permit):
    a_limit(cast)

    held, refused = check_both_faces(
        permit, Limit, [cast.resident, cast.community_officer, cast.leader, cast.grid_worker]
    )

    assert held
    assert refused


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([RUDE, "The lamp", "Water"]), min_size=1, max_size=3), st.integers(1, 90))
def test_no_report_is_lost_whatever_is_flagged_or_limited(cast, said, days):
    """Each is a case at once, flagged or not, and every limit has ended when its days are over."""
    Limit.objects.all().delete()
    before = Case.objects.count()
    first = a_limit(cast, days=days)
    for number, words in enumerate(said):
        case = a_case(cast=cast, at=MONDAY + number * DAY, words=words)
        actions.examine(case.pk, now=MONDAY + number * DAY)
        assert case.status == "reported"

    assert Case.objects.count() == before + 1 + len(said)
    assert limits_on(cast.resident, first.begins_at + days * DAY) == []
