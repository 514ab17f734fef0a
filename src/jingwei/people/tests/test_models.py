from datetime import date

import pytest
from django.db import IntegrityError

from jingwei.people.models import ApiKey, Department, Member, Posting
from jingwei.people.testing import STREET, a_department, a_member, a_software

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    "fields", [{"kind": "staff"}, {"kind": "resident", "username": "li"}, {"kind": "software", "phone": "13900000000"}]
)
def test_a_member_without_a_way_in_that_fits_the_kind_is_refused(fields):
    with pytest.raises(IntegrityError, match="member_has_way_in"):
        Member.objects.create(name="Li", **fields)


@pytest.mark.parametrize(
    ("role", "has_area", "has_department"),
    [
        ("leader", False, True),
        ("leader", True, True),
        ("department_lead", True, False),
        ("department_lead", True, True),
        ("professional", True, False),
        ("professional", False, True),
        ("gardener", True, False),
    ],
)
def test_a_posting_whose_seat_does_not_fit_the_role_is_refused(role, has_area, has_department):
    with pytest.raises(IntegrityError, match="posting_seat_fits_role"):
        Posting.objects.create(
            member=a_member(),
            role=role,
            code=STREET if has_area else None,
            department=a_department() if has_department else None,
            begins_on=FIRST,
        )


def test_a_posting_that_ends_before_it_begins_is_refused():
    with pytest.raises(IntegrityError, match="posting_ends_after_it_begins"):
        Posting.objects.create(member=a_member(), role="leader", code=STREET, begins_on=SECOND, ends_on=FIRST)


def test_a_posting_is_open_once():
    member = a_member()
    Posting.objects.create(member=member, role="leader", code=STREET, begins_on=FIRST, ends_on=SECOND)
    Posting.objects.create(member=member, role="leader", code=STREET, begins_on=SECOND)

    with pytest.raises(IntegrityError, match="posting_is_held_once"):
        Posting.objects.create(member=member, role="leader", code=STREET, begins_on=FIRST)


def test_a_posting_knows_its_title_and_its_place():
    department = a_department()
    at_area = Posting(role="leader", code=STREET + 0)
    in_department = Posting(role="department_lead", department=department)

    assert (str(at_area.title), at_area.place) == ("Leader", STREET)
    assert (str(in_department.title), in_department.place) == ("Department lead", department.code)


def test_a_department_is_not_a_part_of_itself():
    department = a_department()

    with pytest.raises(IntegrityError, match="department_is_not_its_own_part"):
        Department.objects.filter(pk=department.pk).update(parent=department)


def test_two_departments_of_one_name_at_one_place_are_refused():
    Department.objects.create(name="Roads", code=STREET)

    with pytest.raises(IntegrityError, match="department_name_is_unique"):
        Department.objects.create(name="Roads", code=STREET)


@pytest.mark.parametrize("fields", [{"duties": [], "codes": [STREET]}, {"duties": ["cases.see"], "codes": []}])
def test_a_key_that_gives_nothing_is_refused(fields):
    with pytest.raises(IntegrityError, match="api_key_gives_something"):
        ApiKey.objects.create(member=a_software(), name="key", prefix="0", digest="0", code=STREET, **fields)


def test_departments_that_serve_a_place_include_those_of_the_whole():
    street, district = a_department(code=STREET), a_department(code=STREET - STREET % 10**12)
    a_department(code=STREET + 10**9)

    assert set(Department.objects.serving(STREET + 10**6)) == {street, district}


def test_members_and_departments_are_called_by_their_names():
    assert (str(Member(name="Li")), str(Department(name="Roads"))) == ("Li", "Roads")
