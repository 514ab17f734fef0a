from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock
from jingwei.people.keys import authenticate_key, create_key, revoke_key
from jingwei.people.models import ApiKey, Member
from jingwei.people.posts import Post
from jingwei.people.queries import today
from jingwei.people.testing import STREET, a_department, a_holder, a_key, a_member, a_software
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DISTRICT = codes.make(990101)
GRID = codes.make(990101, 1, 1, 1)
NEXT_GRID = codes.make(990101, 1, 1, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_a_key_gives_its_duties_at_its_areas_in_one_query(django_assert_num_queries):
    header = a_key(["cases.report", "cases.see"], [NEXT_GRID, GRID])
    authenticate_key(header)

    with django_assert_num_queries(1):
        posts = authenticate_key(header).posts

    duties = frozenset({"cases.report", "cases.see"})
    assert posts == tuple(Post("software", duties, *codes.span(code), "grid") for code in (GRID, NEXT_GRID))


def test_a_key_acts_for_the_departments_of_its_areas_and_no_others():
    district = codes.make(990110)  # its own last digit is a zero
    street = codes.child(district, 10)
    inside = {a_department(code=street).pk, a_department(code=district).pk}
    outside = a_department(code=codes.child(codes.make(990111), 1)).pk

    whole = authenticate_key(a_key(["cases.handle"], [district]))
    part = authenticate_key(a_key(["cases.handle"], [street]))

    assert whole.department_ids == inside
    assert len(part.department_ids) == 1
    assert outside not in whole.department_ids


def test_a_key_belongs_to_the_smallest_area_that_holds_all_of_its_own():
    a_key(["cases.see"], [GRID, NEXT_GRID])

    assert ApiKey.objects.get().code == codes.make(990101, 1, 1)


def test_the_first_use_of_a_day_is_noted(django_assert_num_queries):
    header = a_key(["cases.see"], [GRID])

    with django_assert_num_queries(2):
        authenticate_key(header)
    assert ApiKey.objects.get().last_used_on == today()


def test_a_token_is_long_and_not_kept():
    header = a_key(["cases.see"], [GRID])
    key = ApiKey.objects.get()
    secret = header.removeprefix(f"Bearer jw_{key.prefix}_")

    assert len(secret) == 43
    assert secret not in key.digest


def test_what_opens_nothing_is_nobody():
    header = a_key(["cases.see"], [GRID])
    prefix = ApiKey.objects.get().prefix
    wrong = [
        None,
        "",
        "Bearer",
        "Bearer ",
        header.removeprefix("Bearer "),
        header.replace("Bearer", "Basic"),
        header + "x",
        header[:-1],
        f"Bearer jw_{prefix}_",
        f"Bearer xx_{prefix}_{header.rsplit('_', 1)[1]}",
        "Bearer jw_000000000000_secret",
    ]

    assert [authenticate_key(each) for each in wrong] == [None] * len(wrong)
    assert authenticate_key(header) is not None


def test_words_that_are_not_ascii_are_nobody_s_key():
    assert authenticate_key("Bearer jw_经_纬") is None


def test_signs_that_the_database_cannot_read_are_nobody_s_key():
    assert authenticate_key("Bearer jw_\0_x") is None


def test_a_key_ends_when_it_expires():
    header = a_key(["cases.see"], [GRID], expires_at=clock.now() + timedelta(hours=1))

    assert authenticate_key(header) is not None
    assert authenticate_key(header, now=clock.now() + timedelta(hours=1)) is None


def test_a_revoked_key_opens_nothing_and_stays_as_it_was_revoked():
    header = a_key(["cases.see"], [GRID])
    key = revoke_key(ApiKey.objects.get(), by=None, now=NOON)

    assert authenticate_key(header) is None
    assert revoke_key(key, by=None).revoked_at == NOON
    assert FactRow.objects.filter(kind="people.key_revoked").count() == 1


def test_a_closed_account_s_key_opens_nothing():
    header = a_key(["cases.see"], [GRID])
    Member.objects.update(is_active=False)

    assert authenticate_key(header) is None


def test_a_duty_that_keys_may_no_longer_carry_is_not_given():
    header = a_key(["cases.see"], [GRID])
    ApiKey.objects.update(duties=["cases.see", "people.keys"])

    assert authenticate_key(header).posts[0].duties == {"cases.see"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"duties": []}, "at least one duty"),
        ({"codes": []}, "at least one duty and one area"),
        ({"duties": ["cases.see", "people.keys"]}, "cannot hold these duties: people.keys"),
        ({"duties": ["cases.sea"]}, "cannot hold these duties: cases.sea"),
        ({"codes": [GRID, codes.make(110101)]}, "in one province"),
        ({"expires_at": NOON}, "expires after today, and within 365 days"),
        ({"expires_at": NOON + timedelta(days=366)}, "within 365 days"),
        ({"member": None}, "Only software"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(given, said):
    wanted = {"name": "key", "duties": ["cases.see"], "codes": [GRID], **given}
    member = wanted.pop("member", a_software()) or a_member()

    with pytest.raises(Refused, match=said):
        create_key(member, **wanted, by=None, now=NOON)


def test_keys_are_given_and_revoked_by_who_manages_keys_of_the_whole_area():
    officer = a_holder("security_officer", DISTRICT)
    key, _token = create_key(a_software(), name="hotline", duties=["cases.report"], codes=[STREET], by=officer)

    assert revoke_key(key, by=officer).revoked_at is not None
    kinds = FactRow.objects.filter(code=STREET, kind__startswith="people.key_").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["people.key_created", "people.key_revoked"]


def test_others_neither_give_nor_revoke_keys():
    leader = a_holder("leader", DISTRICT)
    a_key(["cases.see"], [GRID])

    with pytest.raises(NotPermitted):
        create_key(a_software(), name="hotline", duties=["cases.report"], codes=[STREET], by=leader)
    with pytest.raises(NotPermitted):
        revoke_key(ApiKey.objects.get(), by=leader)
    assert ApiKey.objects.get().revoked_at is None
