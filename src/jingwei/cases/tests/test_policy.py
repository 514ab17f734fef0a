"""Both faces of every permit of cases: may she, and which ones may she."""

import pytest

from jingwei.cases import actions
from jingwei.cases.models import Case
from jingwei.cases.testing import a_case, a_condition
from jingwei.kernel.public import may, permits_for_tests
from jingwei.people.public import load_member
from jingwei.people.testing import a_department, a_holder, check_both_faces, the_cast

pytestmark = pytest.mark.django_db
OURS = [permit.name for permit in permits_for_tests() if permit.name.startswith("cases.")]


@pytest.fixture
def everyone():
    """Two streets with a case in every state each, and all who work there."""
    members = []
    for street in (the_cast(), the_cast(the_cast().street + 10**9)):
        for status in ("reported", "filed", "dispatched", "in_hand", "handled", "closed"):
            a_case(status, cast=street)
        case = a_case("filed", cast=street)
        case = actions.send_down_case(case, level="community", words="Yours", by=street.dispatcher)
        case = actions.dispatch_case(case, member=street.grid_worker, by=street.community_officer)
        case = actions.report_in_case(case, by=street.grid_worker)
        actions.handle_case(case, words="Done", by=street.grid_worker)
        part = a_department(parent=street.department, code=street.street)
        case = a_case("filed", cast=street)
        actions.dispatch_case(case, department=part, by=street.dispatcher)
        private = a_case(cast=street)
        actions.file_case(private, condition=a_condition(*REPORTER_CHECKS), title="x", by=street.community_officer)
        members += [value for value in vars(street).values() if hasattr(value, "posts")]
        members.append(a_holder("department_handler", part))
    return [load_member(member.pk) for member in members]


REPORTER_CHECKS = ("0202", "01")


def test_both_faces_of_every_permit_agree(everyone):
    """One street of cases serves all permits: building it takes longer than asking."""
    for name in OURS:
        held, refused = check_both_faces(name, Case, everyone)
        assert held > 0, name
        assert refused > 0, name


def test_the_checker_may_be_the_reporter_only_where_the_class_says_so():
    cast = the_cast()
    public = a_case("handled", cast=cast)
    assert not may(cast.resident, "cases.check", public)


def test_a_department_above_acts_for_its_parts_but_not_the_other_way_round():
    cast = the_cast()
    part = a_department(parent=cast.department)
    clerk = a_holder("department_handler", part)
    ours = a_case("dispatched", cast=cast)
    assert may(cast.department_lead, "cases.handle", ours)
    assert not may(clerk, "cases.handle", ours)


def test_who_handled_a_case_goes_on_seeing_it():
    cast = the_cast()
    case = a_case("closed", cast=cast)
    assert may(cast.department_handler, "cases.see", case)
    assert not may(cast.department_handler, "cases.contact", case)
