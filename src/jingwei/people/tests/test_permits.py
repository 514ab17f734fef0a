import pytest
from django.db.models import Q

from jingwei.kernel.public import allowed, may, permits_for_tests
from jingwei.people.loading import load_member
from jingwei.people.models import ApiKey, Department, Member, Posting, RoleDuties, Team
from jingwei.people.permits import has_duty, has_duty_anywhere, own, value_at
from jingwei.people.posts import Post
from jingwei.people.queries import today
from jingwei.people.testing import (
    STREET,
    a_department,
    a_holder,
    a_key,
    a_member,
    a_posting,
    check_both_faces,
    the_cast,
)
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DISTRICT, OTHER_DISTRICT = codes.make(990101), codes.make(990102)
OURS = [permit for permit in permits_for_tests() if permit.name.startswith("people.")]


@pytest.mark.parametrize("permit", OURS, ids=lambda permit: permit.name)
def test_both_faces_of_a_permit_agree(permit):
    cast = the_cast()
    a_department(code=OTHER_DISTRICT)
    a_posting("leader", OTHER_DISTRICT)
    a_key(["cases.see"], [cast.grid])
    a_key(["cases.see"], [OTHER_DISTRICT])
    RoleDuties.objects.create(role="leader", duties=["cases.see", "cases.check"])
    for street in (STREET, OTHER_DISTRICT):
        Team.objects.create(name="Helpers", kind=Team.Kind.SERVICE, code=street, begins_on=today())
    administrator = a_holder("administrator", DISTRICT)
    members = [cast.security_officer, administrator, cast.leader, cast.resident, a_member()]

    held, refused = check_both_faces(permit.name, permit.model, members)

    assert held > 0
    assert refused > 0


def chosen(rule, member, model):
    """What each face chooses of all rows of `model`: one by one, and listed."""
    by_one = {row.pk for row in model.objects.all() if rule.holds(member, row)}
    listed = set()
    for branch in rule.lists(member):
        listed |= set(model.objects.filter(branch).values_list("pk", flat=True))
    return by_one, listed


def test_own_chooses_one_s_own():
    mine, other = a_posting("leader", STREET), a_posting("leader", STREET)

    assert chosen(own("member"), mine.member, Posting) == ({mine.pk}, {mine.pk})
    assert chosen(own("member"), other.member, Posting) == ({other.pk}, {other.pk})


def test_own_follows_a_way_of_relations_and_breaks_off_where_it_ends():
    part = a_department(parent=a_department())
    lead = a_posting("department_lead", part)
    a_posting("leader", STREET)
    rule = own("department__parent")  # compared with the id of a member, as any relation would be
    someone = Member(pk=part.parent_id)

    assert chosen(rule, someone, Posting) == ({lead.pk}, {lead.pk})


def test_nobody_owns_nothing():
    a_department()

    assert chosen(own("parent"), Member(), Department) == (set(), set())


def test_a_duty_reaches_as_far_as_its_post():
    grid = a_posting("grid_worker", codes.make(990101, 1, 1, 1))
    street = a_posting("leader", STREET)
    a_posting("leader", OTHER_DISTRICT)
    a_posting("department_lead", a_department())
    dispatcher = a_holder("dispatcher", STREET)
    mine = dispatcher.postings.get()

    within = {grid.pk, street.pk, mine.pk}
    assert chosen(has_duty("cases.dispatch"), dispatcher, Posting) == (within, within)
    assert chosen(has_duty("cases.check"), dispatcher, Posting) == (set(), set())


def test_a_department_s_duties_reach_no_area():
    handler = a_holder("department_handler", a_department(code=DISTRICT))
    a_posting("leader", STREET)

    assert has_duty("cases.see").lists(handler) == []
    assert chosen(has_duty("cases.see"), handler, Posting) == (set(), set())


def test_a_post_limited_to_categories_takes_codes_and_classes():
    holder = a_holder("professional", STREET, department=a_department(), categories=["01", "0203"])
    for _ in range(4):
        a_key(["cases.see"], [STREET])
    for key, prefix in zip(ApiKey.objects.order_by("id"), ["0101", "0203", "0204", "1"], strict=True):
        ApiKey.objects.filter(pk=key.pk).update(prefix=prefix)
    first, second, *_others = ApiKey.objects.order_by("id").values_list("pk", flat=True)

    rule = has_duty("cases.handle", categories="prefix")
    assert chosen(rule, holder, ApiKey) == ({first, second}, {first, second})
    assert len(rule.lists(holder)) == 1


def test_a_post_without_categories_takes_all():
    leader = a_holder("leader", STREET)
    a_key(["cases.see"], [STREET])

    rule = has_duty("cases.see", categories="prefix")
    assert rule.lists(leader) == [Q(code__range=codes.span(STREET))]
    assert rule.holds(leader, ApiKey.objects.get())


def test_each_post_with_the_duty_is_a_branch():
    member = a_member()
    for number in (1, 2):
        a_posting("grid_worker", codes.make(990101, 1, 1, number), member=member)
    a_posting("call_taker", STREET, member=member)

    assert len(has_duty("cases.file").lists(load_member(member.pk))) == 2


def test_a_duty_held_anywhere_reaches_all_and_otherwise_nothing():
    holder, other = a_holder("call_taker", STREET), a_member()
    everyone = {holder.pk, other.pk}

    assert chosen(has_duty_anywhere("cases.report"), holder, Member) == (everyone, everyone)
    assert chosen(has_duty_anywhere("cases.report"), other, Member) == (set(), set())


def test_permits_combine():
    officer = a_holder("security_officer", DISTRICT)
    inside = a_posting("leader", STREET)

    assert may(officer, "people.post", inside)
    assert allowed(officer, "people.post", Posting.objects.filter(role="leader")).get() == inside


def test_a_way_that_breaks_off_ends_in_nothing():
    posting = Posting(member=Member(pk=7), department=Department(code=STREET))

    assert value_at(posting, "member") == 7
    assert value_at(posting, "department__code") == STREET
    assert value_at(posting, "department__parent__code") is None
    assert value_at(Posting(), "department__code") is None
    assert value_at(Posting(), "member__name") is None


def test_a_software_s_post_counts_like_any_other():
    post = Post("software", frozenset({"cases.see"}), *codes.span(STREET))
    software = Member(pk=1)
    software.posts = (post,)

    assert has_duty("cases.see").holds(software, Posting(code=STREET))
