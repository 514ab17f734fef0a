"""Both faces of every permit of cases: may she, and which ones may she."""

import pytest

from jingwei.cases import actions, desk
from jingwei.cases.models import Case, Category
from jingwei.cases.policy import may_solve
from jingwei.cases.testing import a_case, a_condition
from jingwei.cases.workflow import LEVELS
from jingwei.kernel.public import may, permits_for_tests
from jingwei.people.public import Post, load_member
from jingwei.people.testing import a_department, a_holder, a_member, check_both_faces, the_cast
from jingwei.places.public import codes

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
        actions.dispatch_case(case, department=part, assistants=[street.department], by=street.dispatcher)
        case = a_case("filed", cast=street)
        case = actions.dispatch_case(case, department=street.department, assistants=[part], by=street.dispatcher)
        clerk = a_holder("department_handler", part)
        actions.join_case(case, by=clerk)
        private = a_case(cast=street)
        actions.file_case(private, condition=a_condition(*REPORTER_CHECKS), title="x", by=street.community_officer)
        rejected = a_case(cast=street)
        rejected = actions.reject_case(rejected, reason="not_here", words="Next street", by=street.community_officer)
        actions.appeal_case(rejected, about="rejection", words="It is here", by=street.resident)
        members += [value for value in vars(street).values() if hasattr(value, "posts")]
        members.append(clerk)
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


@pytest.mark.parametrize(("code", "is_theirs"), [("0101", True), ("0201", False)])
def test_a_professional_has_to_do_with_their_categories_only(code, is_theirs):
    cast = the_cast()
    case = actions.file_case(a_case(cast=cast), condition=a_condition(code, "01"), title="x", by=cast.community_officer)
    case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    for permit in ("cases.see", "cases.contact", "cases.report_in", "cases.return"):
        assert may(cast.professional, permit, case) == is_theirs, permit
    assert desk.holders_of(cast.professional) == []
    assert not desk.may_open(cast.professional, desk.Holder("d", cast.department.pk))


def test_a_professional_checks_within_their_categories_only():
    cast = the_cast()
    case = a_case("handled", cast=cast)
    assert case.category_code == "0201"
    assert not may(cast.professional, "cases.check", case)
    assert may(a_holder("professional", cast.grid, department=cast.department, categories=["02"]), "cases.check", case)


def test_a_party_with_an_area_acts_in_it_and_nowhere_else():
    cast = the_cast()
    case = a_case("dispatched", cast=cast)
    for code, is_near in ((cast.grid, True), (codes.child(cast.community, 2), False)):
        member = a_holder("professional", code, department=cast.department)
        assert may(member, "cases.handle", case) == is_near


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        ("unit", {"grid", "community"}),
        ("grid", {"grid", "community"}),
        ("community", {"grid", "community"}),
        ("street", {"grid", "community", "street"}),
        ("district", {"grid", "community", "street", "district"}),
        ("city", {"grid", "community", "street", "district"}),
    ],
)
def test_what_a_level_may_end_on_the_spot(level, ends):
    cast = the_cast()
    case = a_case(cast=cast)
    place = codes.child(cast.grid, 1) if level == "unit" else codes.ancestor(cast.grid, codes.Level(level))
    case.code = codes.child(cast.grid, 1)
    member = a_member()
    member.posts = (Post("software", frozenset({"cases.solve"}), *codes.span(place), codes.level_of(place)),)
    assert {one for one in LEVELS if may_solve(member, case, Category(code="0101", level=one))} == ends


def test_photos_are_added_by_who_has_to_show_something_and_while_it_matters():
    cast = the_cast()
    may_add = {
        status: {
            name
            for name in ("resident", "grid_worker", "department_handler", "inspector", "leader")
            if may(getattr(cast, name), "cases.add_photo", a_case(status, cast=cast))
        }
        for status in ("reported", "in_hand", "handled", "closed")
    }
    assert may_add == {
        "reported": {"resident", "grid_worker"},
        "in_hand": {"grid_worker", "department_handler"},
        "handled": {"grid_worker", "inspector"},
        "closed": set(),
    }
