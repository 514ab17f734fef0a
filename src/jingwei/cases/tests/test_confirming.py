"""A result that the department confirms: the clock runs until it does."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.models import Case, Category, DocketEntry, Errand, Stage
from jingwei.cases.offers import offers
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import NotPermitted, Refused, clock, may
from jingwei.kernel.testing import settle
from jingwei.notices.public import Notice
from jingwei.people.testing import a_holder, the_cast

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def cast():
    return the_cast()


def in_hand(cast):
    """Of a class whose results the department confirms."""
    case = a_case("in_hand", cast=cast)
    Category.objects.filter(pk=case.category_id).update(needs_confirmation=True)
    return Case.objects.select_related("category", "condition").get(pk=case.pk)


def submitted(cast):
    return actions.submit_case(in_hand(cast), words="A new lamp", by=cast.department_handler)


def why_not(case, member):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member)}


def test_a_handler_submits_and_cannot_end_it_alone(cast):
    case = in_hand(cast)
    assert "are confirmed first: submit yours" in why_not(case, cast.department_handler)["handle"]
    with pytest.raises(NotPermitted):
        actions.handle_case(case, words="A new lamp", by=cast.department_handler)
    case = actions.submit_case(case, words="A new lamp", by=cast.department_handler)
    assert (case.status, case.handled_at) == ("in_hand", None)
    assert Stage.objects.get(case=case, ended_at=None).name == "handle"
    waiting = DocketEntry.objects.filter(case=case, tray="confirm")
    assert {(entry.holder, entry.holder_id) for entry in waiting} == {("d", cast.department.pk)}
    with pytest.raises(Refused, match="submitted already"):
        actions.submit_case(case, words="Again", by=cast.department_handler)


def test_the_clock_stops_when_it_is_confirmed(cast):
    case = submitted(cast)
    case = actions.handle_case(case, words="A new lamp", by=cast.department_lead, now=NOW + HOUR)
    assert (case.status, case.handled_at) == ("handled", NOW + HOUR)
    assert Errand.objects.get(case=case, kind="confirm").verdict == "granted"
    part = case.assignments.get()
    assert (part.handler_id, part.confirmed_by_id) == (cast.department_handler.pk, cast.department_lead.pk)


def test_neither_who_handled_it_nor_who_confirmed_it_checks_it(cast):
    case = submitted(cast)
    lead = a_holder("department_lead", cast.department)
    checks = a_holder("inspector", cast.street)
    case = actions.handle_case(case, words="A new lamp", by=lead)
    case.assignments.update(confirmed_by=checks)
    case = Case.objects.get(pk=case.pk)
    assert not may(checks, "cases.check", case)
    assert may(cast.grid_worker, "cases.check", case)


def test_what_is_not_confirmed_goes_back_to_the_handler(cast):
    case = submitted(cast)
    with pytest.raises(NotPermitted):
        actions.improve_case(case, words="Clean up", by=cast.department_handler)
    case = actions.improve_case(case, words="Clean up", by=cast.department_lead)
    assert Errand.objects.get(case=case).verdict == "refused"
    assert why_not(case, cast.department_lead)["improve"] == "No result waits to be confirmed."
    assert why_not(case, cast.department_handler)["submit"] == ""


def test_nobody_confirms_where_the_class_does_not_ask_for_it_or_a_person_has_it(cast):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(Refused, match="Nobody has to confirm"):
        actions.submit_case(case, words="A new lamp", by=cast.department_handler)
    assert why_not(case, cast.department_handler)["handle"] == ""
    Category.objects.filter(pk=case.category_id).update(needs_confirmation=True)
    case = a_case("filed", cast=cast)
    case = actions.dispatch_case(case, member=cast.grid_worker, by=cast.dispatcher)
    case = actions.report_in_case(case, by=cast.grid_worker)
    assert actions.handle_case(case, words="Moved", by=cast.grid_worker).status == "handled"


def test_what_leaves_the_hand_lets_the_submission_lapse(cast):
    case = actions.return_case(submitted(cast), words="Not ours", by=cast.department_handler)
    assert Errand.objects.get(case=case).verdict == "lapsed"


@pytest.mark.role("jw_worker")
def test_whoever_confirms_is_told_and_the_handler_of_what_is_missing(cast):
    case = in_hand(cast)
    settle()
    Notice.objects.all().delete()
    case = actions.submit_case(case, words="A new lamp", by=cast.department_handler)
    settle()
    assert [one.text for one in Notice.objects.of(cast.department_lead)] == ["cases.submitted"]
    actions.improve_case(case, words="Clean up", by=cast.department_lead)
    settle()
    assert [one.text for one in Notice.objects.of(cast.department_handler)] == ["cases.improve"]
