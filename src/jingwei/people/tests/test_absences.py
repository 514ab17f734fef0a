"""Who is away, who stands in, and what each then holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people import actions
from jingwei.people.at_work import at_work
from jingwei.people.duties import KEPT_DUTIES
from jingwei.people.loading import load_member
from jingwei.people.models import Absence, Member, Posting
from jingwei.people.posts import posts_of
from jingwei.people.queries import today
from jingwei.people.roles import ROLES
from jingwei.people.testing import STREET, a_department, a_holder, a_member, a_posting, a_resident
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DISTRICT = codes.ancestor(STREET, codes.Level.DISTRICT)
GRID, OTHER_GRID = codes.make(990101, 1, 1, 1), codes.make(990101, 1, 1, 2)
DAY = timedelta(days=1)


def an_absence(member, delegate=None, *, first=0, back=5, by=None):
    begins_on, ends_on = today() + first * DAY, today() + back * DAY
    return actions.arrange_absence(member, begins_on=begins_on, ends_on=ends_on, delegate=delegate, by=by)


def test_who_is_away_keeps_only_what_lets_them_look():
    worker = a_holder("grid_worker", GRID)
    an_absence(worker)
    away = load_member(worker.pk)

    assert away.is_away
    assert [post.duties for post in away.posts] == [ROLES["grid_worker"].duties & KEPT_DUTIES]
    assert not away.has_duty("cases.handle")


def test_the_delegate_has_the_duties_there_for_that_time(django_assert_num_queries):
    worker, delegate = a_holder("grid_worker", GRID, name="Zhang San"), a_holder("grid_worker", OTHER_GRID)
    an_absence(worker, delegate)

    with django_assert_num_queries(1):
        own, theirs = load_member(delegate.pk).posts

    assert (own.first, own.principal_id) == (OTHER_GRID, None)
    assert (theirs.first, theirs.principal_id, theirs.principal) == (GRID, worker.pk, "Zhang San")
    assert theirs.duties == ROLES["grid_worker"].duties
    assert load_member(delegate.pk).stands_for == (delegate.pk, worker.pk)


def test_a_department_s_post_is_delegated_with_all_below_it():
    office = a_department()
    crew = a_department(parent=office)
    lead, delegate = a_holder("department_lead", office), a_holder("department_handler", crew)
    an_absence(lead, delegate)

    assert load_member(delegate.pk).department_ids == {office.pk, crew.pk}


def test_back_at_work_everything_is_as_before():
    worker, delegate = a_holder("grid_worker", GRID), a_holder("grid_worker", OTHER_GRID)
    absence = an_absence(worker, delegate)
    actions.end_absence(absence, by=None)

    assert load_member(worker.pk).posts == worker.posts
    assert load_member(delegate.pk).posts == delegate.posts


def test_an_absence_that_has_not_begun_is_called_off():
    absence = an_absence(a_holder("grid_worker", GRID), first=3, back=5)
    ended = actions.end_absence(absence, by=None)

    assert ended.begins_on == ended.ends_on == absence.begins_on
    with pytest.raises(Refused, match="later than was arranged"):
        actions.end_absence(an_absence(a_holder("leader", STREET)), ends_on=today() + 9 * DAY, by=None)


def test_an_absence_ends_once():
    absence = an_absence(a_holder("grid_worker", GRID))
    actions.end_absence(absence, by=None)

    with pytest.raises(Refused, match="over already"):
        actions.end_absence(absence, by=None)


@pytest.mark.parametrize(
    ("first", "back", "said"), [(2, 2, "after the first day"), (-5, 0, "have passed"), (3, 1, "after the first day")]
)
def test_days_that_make_no_absence_are_refused(first, back, said):
    with pytest.raises(Refused, match=said):
        an_absence(a_holder("grid_worker", GRID), first=first, back=back)


def test_without_a_posting_there_is_nothing_to_be_away_from():
    with pytest.raises(Refused, match="holds no posting in that time"):
        an_absence(a_member())


def test_nobody_is_away_twice_at_a_time():
    worker = a_holder("grid_worker", GRID)
    an_absence(worker, first=0, back=5)

    with pytest.raises(Refused, match="away on some of these days"):
        an_absence(worker, first=4, back=7)
    assert an_absence(worker, first=5, back=7).pk


def test_there_is_no_chain_of_delegates():
    first, second, third = (a_holder("grid_worker", codes.make(990101, 1, 1, number)) for number in (1, 2, 3))
    an_absence(first, second)

    with pytest.raises(Refused, match="stands in for"):
        an_absence(second, third)
    with pytest.raises(Refused, match="is away in that time too"):
        an_absence(third, first)


def test_only_open_staff_accounts_stand_in():
    worker = a_holder("grid_worker", GRID)

    with pytest.raises(Refused, match="no open staff account"):
        an_absence(worker, a_resident())
    with pytest.raises(Refused, match="no open staff account"):
        an_absence(worker, actions.close_member(a_member(), by=None))
    with pytest.raises(Refused, match="Nobody stands in for themselves"):
        an_absence(worker, worker)


@pytest.mark.parametrize("other", ["administrator", "auditor", "posting_officer"])
def test_standing_in_never_joins_roles_that_are_apart(other):
    officer, holder = a_holder("security_officer", DISTRICT), a_holder(other, DISTRICT)

    with pytest.raises(Refused, match="never one person"):
        an_absence(officer, holder)


def test_a_posting_never_joins_what_its_holder_stands_in_for():
    officer, delegate = a_holder("security_officer", DISTRICT), a_member()
    an_absence(officer, delegate, first=10, back=12)

    with pytest.raises(Refused, match="never one person"):
        actions.create_posting(delegate, "auditor", code=DISTRICT, by=None)
    until = today() + 10 * DAY
    assert actions.create_posting(delegate, "auditor", code=DISTRICT, ends_on=until, by=None).pk


def test_a_posting_given_to_who_is_away_never_joins_what_their_delegate_holds():
    worker, delegate = a_holder("leader", STREET), a_holder("auditor", DISTRICT)
    an_absence(worker, delegate)

    with pytest.raises(Refused, match="never one person"):
        a_posting("administrator", DISTRICT, member=worker)


def test_absences_are_arranged_where_one_arranges_postings():
    worker, delegate = a_holder("grid_worker", GRID), a_holder("grid_worker", OTHER_GRID)

    with pytest.raises(NotPermitted):
        an_absence(worker, by=a_holder("dispatcher", STREET))
    with pytest.raises(NotPermitted):
        an_absence(worker, by=a_holder("posting_officer", codes.make(990101, 2)))
    assert an_absence(worker, delegate, by=a_holder("posting_officer", STREET)).delegate == delegate


def test_nobody_makes_themselves_a_delegate():
    officer = a_holder("posting_officer", STREET)

    with pytest.raises(Refused, match="duties to themselves"):
        an_absence(a_holder("dispatcher", STREET), officer, by=officer)


def test_the_absence_of_a_security_officer_is_not_for_a_posting_officer():
    with pytest.raises(NotPermitted):
        an_absence(a_holder("security_officer", DISTRICT), by=a_holder("posting_officer", DISTRICT))


def test_the_work_of_who_is_away_is_done_by_the_delegate_or_by_nobody():
    delegate = a_holder("grid_worker", OTHER_GRID)
    first, second = a_posting("grid_worker", GRID), a_posting("grid_worker", GRID)
    an_absence(first.member, delegate)
    postings = Posting.objects.filter(code=GRID).select_related("member").order_by("pk")
    now = datetime.now(UTC)

    assert [worker for _posting, worker in at_work(postings, now)] == [delegate, second.member]
    an_absence(second.member)
    assert [worker for _posting, worker in at_work(postings, now)] == [delegate]


OFFSETS = st.integers(-4, 8)
SPELLS = st.tuples(OFFSETS, st.one_of(st.none(), OFFSETS))


@given(
    held=st.lists(st.tuples(st.integers(0, 2), SPELLS), min_size=1, max_size=6),
    away=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-4, 6), st.integers(1, 5)), max_size=4),
    on=OFFSETS,
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_on_any_day_exactly_the_posts_valid_that_day_are_loaded(held, away, on):
    start = date(2026, 11, 16)
    members = [a_member() for _ in range(3)]
    for number, (who, (begins, ends)) in enumerate(held):
        code = codes.make(990101, 1, 1, number + 1)
        ends_on = None if ends is None or ends < begins else start + ends * DAY
        a_posting("grid_worker", code, member=members[who], begins_on=start + begins * DAY, ends_on=ends_on)
    for who, delegate, first, length in away:
        begins_on = start + first * DAY
        try:
            actions.arrange_absence(
                members[who],
                begins_on=begins_on,
                ends_on=begins_on + length * DAY,
                delegate=members[delegate],
                by=None,
                now=datetime(2026, 11, 10, tzinfo=UTC),
            )
        except Refused:
            continue

    day = start + on * DAY
    for member in members:
        found = {(post.first, post.principal_id, post.rests) for post in posts_of(member.pk, day)}
        assert found == expected(member, day)


def expected(member: Member, day: date) -> set[tuple[int, int | None, bool]]:
    """Counted out by hand: one's own postings of the day, and those of whoever one stands in for."""

    def holds(thing: Posting | Absence) -> bool:
        return thing.begins_on <= day and (thing.ends_on is None or day < thing.ends_on)

    absences = [one for one in Absence.objects.all() if holds(one)]
    is_away = any(one.member_id == member.pk for one in absences)
    principals = {one.member_id for one in absences if one.delegate_id == member.pk}
    postings = [one for one in Posting.objects.all() if holds(one)]
    own = {(one.code, None, is_away) for one in postings if one.member_id == member.pk}
    return own | {(one.code, one.member_id, False) for one in postings if one.member_id in principals}
