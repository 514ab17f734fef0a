"""Whoever reviews stays hidden from whom they review."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import may
from jingwei.people.testing import a_holder, the_cast

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
SAID = "They came when I was out and left a mess"
REPORTER = "Whoever wrote this"


@pytest.fixture
def cast():
    return the_cast()


def page_of(client, case, member, portal="desk"):
    return browser(client, member).get(reverse(f"{portal}:case", args=[case.number])).content.decode()


def rated(case, cast):
    return actions.rate_case(case, grade=1, reasons=["unkind"], words=SAID, by=cast.resident, now=LATER)


def test_an_office_reads_grade_and_reasons_of_its_work_and_neither_name_nor_words(client, cast):
    case = rated(a_case("closed", cast=cast, name=REPORTER), cast)
    shown = page_of(client, case, cast.department_handler)
    assert "1 of 5" in shown
    assert "Unfriendly" in shown
    for hidden in (SAID, REPORTER, cast.resident.name):
        assert hidden not in shown


def test_an_officer_reads_all_of_it(client, cast):
    case = rated(a_case("closed", cast=cast, name=REPORTER), cast)
    shown = page_of(client, case, cast.community_officer)
    assert SAID in shown
    assert REPORTER in shown


def test_a_worker_who_solved_it_no_longer_sees_who_reported_it(client, cast):
    case = actions.solve_case(
        a_case(cast=cast, name=REPORTER),
        condition=a_condition("0602", "03"),
        title="Moved",
        words="Moved it",
        by=cast.grid_worker,
        now=MONDAY,
    )
    assert not may(cast.grid_worker, "cases.contact", case)
    case = rated(case, cast)
    for portal in ("desk", "field"):
        shown = page_of(client, case, cast.grid_worker, portal)
        for hidden in (SAID, REPORTER, cast.resident.name):
            assert hidden not in shown
    assert may(cast.community_officer, "cases.contact", case)


def test_who_works_on_it_again_sees_the_reporter_and_nothing_of_the_rating(client, cast):
    case = rated(a_case("closed", cast=cast, name=REPORTER), cast)
    case = actions.reopen_case(case, words="Out again", by=cast.resident, now=LATER)
    case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher, now=LATER)
    shown = page_of(client, case, cast.department_handler)
    assert REPORTER in shown
    for hidden in (SAID, "1 of 5", "Unfriendly"):
        assert hidden not in shown


def test_a_colleague_in_the_office_is_as_far_from_it(cast):
    case = rated(a_case("closed", cast=cast), cast)
    colleague = a_holder("department_lead", cast.department)
    assert not may(colleague, "cases.rating", case)
    assert not may(colleague, "cases.contact", case)
