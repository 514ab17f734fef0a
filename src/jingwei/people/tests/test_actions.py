from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.transaction import atomic

from jingwei.kernel.public import FactRow, NotPermitted, Refused
from jingwei.people import actions
from jingwei.people.keys import authenticate_key
from jingwei.people.loading import load_member
from jingwei.people.models import Member, Posting
from jingwei.people.queries import today
from jingwei.people.sessions import SessionStore
from jingwei.people.testing import (
    STREET,
    a_department,
    a_holder,
    a_key,
    a_member,
    a_posting,
    a_resident,
    a_software,
)
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DISTRICT = codes.make(990101)
OTHER_DISTRICT = codes.make(990102)
COMMUNITY = codes.make(990101, 1, 1)
DAY = timedelta(days=1)


def told() -> list[tuple[str, int]]:
    """Kind and code of every fact so far."""
    return list(FactRow.objects.order_by("id").values_list("kind", "code"))


def an_officer(at: int = DISTRICT) -> Member:
    return a_holder("security_officer", at)


def test_staff_are_registered_with_a_password_by_who_manages_accounts():
    member = actions.register_staff(username="li", name="Li", password="plum tree lane", by=an_officer())

    assert member.kind == Member.Kind.STAFF
    assert member.check_password("plum tree lane")
    assert told()[-1] == ("people.member_registered", 0)


def test_staff_without_a_password_cannot_sign_in_yet():
    assert not actions.register_staff(username="li", name="Li", by=None).has_usable_password()


def test_only_who_manages_accounts_registers_staff():
    with pytest.raises(NotPermitted):
        actions.register_staff(username="li", name="Li", by=a_holder("leader", DISTRICT))


def test_a_weak_password_is_not_taken():
    with pytest.raises(ValidationError, match="too short"):
        actions.register_staff(username="li", name="Li", password="short", by=None)


def test_a_user_name_is_taken_once():
    actions.register_staff(username="li", name="Li", by=None)

    with pytest.raises(Refused, match="“li” is taken"):
        actions.register_staff(username="li", name="Li Two", by=None)


def test_a_resident_without_a_name_goes_by_the_phone_with_its_middle_hidden():
    member = actions.register_resident(phone="13812346620", by=None)

    assert (member.kind, member.name, member.has_usable_password()) == ("resident", "138****6620", False)


def test_a_phone_belongs_to_one_account():
    a_resident(phone="13812346620")

    with pytest.raises(Refused, match="another account"):
        actions.register_resident(phone="13812346620", by=None)


def test_a_phone_that_is_none_is_not_taken():
    with pytest.raises(ValidationError, match="11 digits"):
        actions.register_resident(phone="02712345678", by=None)


def test_closing_an_account_ends_all_that_it_opened():
    member = a_holder("leader", STREET)
    SessionStore().begin(member, "Firefox")
    closed = actions.close_member(member, by=an_officer())

    assert not closed.is_active
    assert not closed.sessions.exists()
    assert load_member(member.pk).posts == ()
    assert told()[-2:] == [("people.posting_ended", STREET), ("people.member_closed", 0)]


def test_closing_software_revokes_its_keys():
    header = a_key(["cases.see"], [STREET])
    actions.close_member(Member.objects.get(kind="software"), by=None)

    assert authenticate_key(header) is None


def test_nobody_closes_their_own_account():
    officer = an_officer()

    with pytest.raises(Refused, match="their own account"):
        actions.close_member(officer, by=officer)


def test_a_leader_closes_no_account():
    with pytest.raises(NotPermitted):
        actions.close_member(a_member(), by=a_holder("leader", DISTRICT))


def test_a_new_password_ends_all_sessions():
    member = a_member()
    SessionStore().begin(member, "Firefox")
    actions.set_password(member, "plum tree lane", by=member)

    assert Member.objects.get(pk=member.pk).check_password("plum tree lane")
    assert not member.sessions.exists()
    assert told()[-1] == ("people.password_changed", 0)


def test_nobody_sets_another_s_password():
    member = a_member()
    for by in (an_officer(), a_member()):
        with pytest.raises(Refused, match="Open a recovery"):
            actions.set_password(member, "pear tree lane", by=by)

    assert not Member.objects.get(pk=member.pk).check_password("pear tree lane")


def test_everyone_chooses_their_own_language():
    member = a_member()
    actions.set_language(member, "en", by=member)

    assert Member.objects.get(pk=member.pk).language == "en"
    with pytest.raises(Refused, match="their own language"):
        actions.set_language(member, "en", by=a_member())
    with pytest.raises(Refused, match="no such language"):
        actions.set_language(member, "fr", by=member)


def test_a_department_is_set_up_by_the_administrator():
    department = actions.create_department(
        name="市政养护所", name_en="Roads", key="works", code=STREET, by=a_holder("administrator", DISTRICT)
    )

    assert (department.name_en, department.key, department.parent) == ("Roads", "works", None)
    assert told()[-1] == ("people.department_created", STREET)


def test_an_administrator_of_elsewhere_sets_up_nothing_here():
    with pytest.raises(NotPermitted):
        actions.create_department(name="Roads", code=STREET, by=a_holder("administrator", OTHER_DISTRICT))


def test_a_department_serves_a_street_or_a_district():
    with pytest.raises(Refused, match="a street or a district"):
        actions.create_department(name="Roads", code=COMMUNITY, by=None)


def test_a_part_serves_no_more_than_the_whole():
    whole = a_department(code=STREET)

    with pytest.raises(Refused, match="outside the whole"):
        actions.create_department(name="Lamps", code=DISTRICT, parent=whole, by=None)


def test_two_departments_of_one_name_in_one_place_are_refused():
    a_department("Roads")

    with pytest.raises(Refused, match="“Roads” already"):
        a_department("Roads")


def test_a_posting_begins_today_and_is_told_with_its_area():
    officer, member = an_officer(), a_member()
    posting = actions.create_posting(member, "leader", code=STREET, by=officer)

    assert (posting.begins_on, posting.ends_on) == (today(), None)
    assert told()[-1] == ("people.posting_created", STREET)


def test_a_posting_in_a_department_is_told_with_the_department_s_area():
    actions.create_posting(a_member(), "department_lead", department=a_department(), by=an_officer())

    assert told()[-1] == ("people.posting_created", STREET)


@pytest.mark.parametrize("by", ["security_officer", "administrator", "leader"])
def test_postings_are_given_only_where_one_manages_accounts(by):
    at = OTHER_DISTRICT if by == "security_officer" else DISTRICT

    with pytest.raises(NotPermitted):
        actions.create_posting(a_member(), "leader", code=STREET, by=a_holder(by, at))


def test_nobody_gives_a_posting_to_themselves():
    officer = an_officer()

    with pytest.raises(Refused, match="to themselves"):
        actions.create_posting(officer, "leader", code=STREET, by=officer)


def test_an_unknown_role_is_refused():
    with pytest.raises(Refused, match="no role “gardener”"):
        a_posting("gardener", STREET)


def test_software_holds_no_posting():
    with pytest.raises(Refused, match="keys, not postings"):
        a_posting("leader", STREET, member=a_software())


@pytest.mark.parametrize(
    ("role", "has_area", "has_department", "said"),
    [
        ("leader", False, False, "“Leader” is held at an area"),
        ("leader", True, True, "“Leader” is held at an area, not in a department"),
        ("department_lead", True, True, "“Department lead” is held in a department, not at an area"),
        ("department_lead", False, False, "“Department lead” is held in a department"),
        ("professional", True, False, "“Professional worker” is held in a department"),
        ("professional", False, True, "“Professional worker” is held at an area"),
    ],
)
def test_a_seat_that_does_not_fit_the_role_is_refused_with_what_would(role, has_area, has_department, said):
    department = a_department() if has_department else None

    with pytest.raises(Refused, match=said):
        a_posting(role, STREET if has_area else None, department=department)


def test_a_role_is_held_at_its_levels():
    with pytest.raises(Refused, match="“Grid worker” is held at these levels: grid"):
        a_posting("grid_worker", STREET)


def test_a_posting_does_not_end_before_it_begins():
    with pytest.raises(Refused, match="before it begins"):
        a_posting("leader", STREET, begins_on=today(), ends_on=today() - DAY)


@pytest.mark.parametrize("category", ["1", "012", "01234", "ab"])
def test_categories_are_named_by_two_or_four_digits(category):
    with pytest.raises(Refused, match=f"“{category}” is not the code"):
        a_posting("professional", STREET, department=a_department(), categories=["0101", category])


def test_the_same_posting_is_not_given_twice_at_a_time():
    posting = a_posting("leader", STREET, ends_on=today() + DAY)

    with pytest.raises(Refused, match="holds this posting already"):
        a_posting("leader", STREET, member=posting.member)


def test_a_posting_that_has_ended_can_be_given_again():
    posting = a_posting("leader", STREET, ends_on=today())

    assert a_posting("leader", STREET, member=posting.member).ends_on is None


@pytest.mark.parametrize("other", ["administrator", "auditor"])
def test_the_three_roles_of_trust_are_never_one_person(other):
    officer = an_officer()

    with pytest.raises(Refused, match="never one person"):
        a_posting(other, DISTRICT, member=officer)
    assert a_posting("leader", DISTRICT, member=officer).role == "leader"


def on(day):
    return today() + day * DAY


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((0, None), (30, 60), True),
        ((10, 20), (19, None), True),
        ((10, 20), (0, 11), True),
        ((10, 20), (20, None), False),
        ((10, 20), (0, 10), False),
        ((10, 10), (0, None), False),
    ],
)
def test_roles_of_trust_do_not_meet_on_any_day_to_come(first, second, is_refused):
    member = a_member()
    (begins, ends), (later, last) = first, second
    a_posting("auditor", DISTRICT, member=member, begins_on=on(begins), ends_on=None if ends is None else on(ends))
    given = {"member": member, "begins_on": on(later), "ends_on": None if last is None else on(last)}

    if is_refused:
        with pytest.raises(Refused, match="never one person"):
            a_posting("administrator", DISTRICT, **given)
        with pytest.raises(IntegrityError, match="roles_apart_never_meet"), atomic():
            Posting.objects.create(role="administrator", code=DISTRICT, **given)
    else:
        assert a_posting("administrator", DISTRICT, **given).pk


def test_moving_the_end_of_a_posting_does_not_make_roles_of_trust_meet():
    member = a_member()
    first = a_posting("auditor", DISTRICT, member=member, ends_on=on(10))
    a_posting("administrator", DISTRICT, member=member, begins_on=on(10))

    with pytest.raises(Refused, match="never one person"):
        actions.end_posting(first, ends_on=on(11), by=None)
    assert actions.end_posting(first, ends_on=on(9), by=None).ends_on == on(9)


def test_a_posting_ends_today_and_with_it_what_it_gave():
    posting = a_posting("leader", STREET)
    ended = actions.end_posting(posting, by=an_officer())

    assert ended.ends_on == today()
    assert load_member(posting.member_id).posts == ()
    assert told()[-1] == ("people.posting_ended", STREET)


def test_a_posting_can_be_given_its_last_day_ahead():
    posting = a_posting("leader", STREET)
    actions.end_posting(posting, ends_on=today() + DAY, by=None)

    assert len(load_member(posting.member_id).posts) == 1
    assert actions.end_posting(posting, by=None).ends_on == today()


def test_a_posting_that_has_not_begun_ends_without_having_held():
    posting = a_posting("leader", STREET, begins_on=today() + DAY)

    assert actions.end_posting(posting, by=None).ends_on == today() + DAY


def test_a_posting_ends_once():
    posting = a_posting("leader", STREET, ends_on=today())

    with pytest.raises(Refused, match="has ended already"):
        actions.end_posting(posting, by=None)


def test_a_posting_is_not_ended_from_elsewhere():
    posting = a_posting("leader", STREET)

    with pytest.raises(NotPermitted):
        actions.end_posting(posting, by=an_officer(OTHER_DISTRICT))
    assert Posting.objects.get(pk=posting.pk).ends_on is None
