"""Appeals: against what, by whom, until when, before whom; what an upheld one changes, and what it does not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.appealing import grounds
from jingwei.cases.desk import QUEUES, Holder, page
from jingwei.cases.models import Case, Rating, Stage, Step
from jingwei.cases.offers import offers
from jingwei.cases.publicly import public_facts
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import NotPermitted, Refused, clock, may
from jingwei.people.public import load_member
from jingwei.people.testing import a_holder, a_posting, a_resident, the_cast
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def leader(cast):
    return a_holder("leader", cast.street)


@pytest.fixture
def district(cast):
    return a_holder("inspector", ancestor(cast.street, Level.DISTRICT))


def why_not(case, member, verb, now):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member, now)}[verb]


def a_rejection(cast):
    case = a_case(cast=cast)
    return actions.reject_case(case, reason="not_here", words="Next street", by=cast.community_officer, now=MONDAY)


def a_late_acceptance(cast):
    """Reported in a day late by the department."""
    case = a_case("dispatched", cast=cast)
    return actions.report_in_case(case, by=cast.department_handler, now=MONDAY + DAY)


def a_poor_rating(cast, grade=1):
    case = a_case("closed", cast=cast)
    return actions.rate_case(case, grade=grade, by=cast.resident, now=MONDAY + DAY)


def appealed(case, about, by, now=MONDAY + 2 * DAY):
    return actions.appeal_case(case, about=about, words="It was not so", by=by, now=now)


def decided(case, verdict, by, now=MONDAY + 3 * DAY):
    return actions.decide_case(case, verdict=verdict, words="Looked at it", by=by, now=now)


def test_a_report_that_was_not_filed_is_looked_at_again_where_the_appeal_is_upheld(cast, leader):
    case = appealed(a_rejection(cast), "rejection", cast.resident)
    assert case.status == "rejected"
    case = decided(case, "upheld", leader)
    assert (case.status, case.closed_at, case.promise_from) == ("reported", None, MONDAY + 3 * DAY)
    stage = Stage.objects.get(case_id=case.pk, ended_at=None)
    assert (stage.name, stage.started_at) == ("file", MONDAY + 3 * DAY)
    with pytest.raises(Refused, match="decided on appeal"):
        actions.reject_case(case, reason="not_here", words="Still not", by=cast.community_officer)
    assert "decided on appeal" in why_not(case, cast.community_officer, "reject", MONDAY + 3 * DAY)
    assert make("file", case, cast).status == "filed"


def test_a_second_instance_decides_above_the_first_and_then_no_other(cast, leader, district):
    case = appealed(a_rejection(cast), "rejection", cast.resident)
    with pytest.raises(Refused, match="looked at already"):
        appealed(case, "rejection", cast.resident)
    assert not may(district, "cases.decide", case)
    case = decided(case, "dismissed", leader)
    case = appealed(case, "rejection", cast.resident, MONDAY + 4 * DAY)
    assert [(one.instance, one.level) for one in case.errands.order_by("number")] == [(1, "street"), (2, "district")]
    assert not may(leader, "cases.decide", case)
    case = decided(case, "dismissed", district, MONDAY + 5 * DAY)
    with pytest.raises(Refused, match="final"):
        appealed(case, "rejection", cast.resident, MONDAY + 6 * DAY)


def test_only_whoever_reported_it_appeals_against_a_rejection_and_in_time(cast):
    case = a_rejection(cast)
    for member in (a_resident(), a_holder("department_handler", cast.department), cast.grid_worker):
        with pytest.raises(NotPermitted):
            appealed(case, "rejection", member)
    assert "Nothing here speaks against you" in why_not(case, cast.grid_worker, "appeal", MONDAY + DAY)
    assert why_not(case, cast.resident, "appeal", MONDAY + 15 * DAY) == ""
    assert "time for an appeal ended" in why_not(case, cast.resident, "appeal", MONDAY + 15 * DAY + HOUR)
    with pytest.raises(Refused, match="time for an appeal ended"):
        appealed(case, "rejection", cast.resident, MONDAY + 16 * DAY)


def test_a_limit_that_was_not_kept_stays_on_record_and_counts_no_more(cast, district):
    case = appealed(a_late_acceptance(cast), "clock", cast.department_handler)
    case = decided(case, "upheld", district)
    stage = Stage.objects.get(case_id=case.pk, name="accept")
    assert (stage.is_met, stage.is_excluded) == (False, True)
    assert not case.is_excluded
    assert grounds(case, cast.department_handler, MONDAY + 4 * DAY) == []


def test_with_the_clock_of_the_handling_the_promise_counts_in_no_public_figure(cast, district):
    case = a_case("in_hand", cast=cast)
    case = actions.handle_case(case, words="Mended", by=cast.department_handler, now=MONDAY + 20 * DAY)
    case = appealed(case, "clock", cast.department_handler, MONDAY + 21 * DAY)
    case = decided(case, "upheld", district, MONDAY + 22 * DAY)
    assert (case.is_excluded, case.was_on_time) == (True, False)
    assert [one.is_excluded for one in public_facts([case.pk])] == [True]
    case = actions.check_case(case, outcome="solved", by=cast.grid_worker, now=MONDAY + 22 * DAY)
    case = actions.reopen_case(case, words="Again", by=cast.resident, now=MONDAY + 23 * DAY)
    assert not case.is_excluded


def test_a_rating_is_appealed_against_by_whose_work_it_is_about(cast, district):
    case = a_poor_rating(cast)
    assert [one.about for one in grounds(case, cast.department_handler, MONDAY + DAY)] == ["rating"]
    assert [one.about for one in grounds(case, cast.resident, MONDAY + DAY)] == []
    case = decided(appealed(case, "rating", cast.department_handler), "upheld", district)
    rating = Rating.objects.get(case_id=case.pk)
    assert (rating.grade, rating.is_excluded) == (1, True)


def test_praise_speaks_against_nobody(cast):
    assert grounds(a_poor_rating(cast, grade=4), cast.department_handler, MONDAY + DAY) == []


def test_nobody_decides_on_what_they_had_a_part_in(cast):
    posting = a_posting("leader", cast.street)
    a_posting("dispatcher", cast.street, member=posting.member)
    both = load_member(posting.member_id)
    case = actions.reject_case(a_case(cast=cast), reason="not_here", words="Next street", by=both, now=MONDAY)
    case = appealed(case, "rejection", cast.resident)
    assert "had a part" in why_not(case, both, "decide", MONDAY + 3 * DAY)
    with pytest.raises(Refused, match="had a part"):
        decided(case, "upheld", both)
    assert decided(case, "upheld", a_holder("inspector", cast.street)).status == "reported"


def test_an_appeal_is_a_queue_of_those_who_decide_and_due_in_five_working_days(cast, leader):
    case = appealed(a_rejection(cast), "rejection", cast.resident, MONDAY)
    found = page(Holder("a", cast.street), QUEUES["a"]["appeals"], now=MONDAY).entries
    assert [entry.case_id for entry in found] == [case.pk]
    assert found[0].due_at == MONDAY + 7 * DAY
    decided(case, "dismissed", leader)
    assert not page(Holder("a", cast.street), QUEUES["a"]["appeals"], now=MONDAY).entries


def test_a_reporter_appeals_on_the_page_of_their_own_report_and_reads_the_grounds(client, cast, leader):
    case = a_rejection(cast)
    with clock.frozen(MONDAY + DAY):
        browser(client, cast.resident)
        at = reverse("resident:appeal", args=[case.number])
        assert at in client.get(reverse("resident:case", args=[case.number])).content.decode()
        assert client.post(at, {"seen": case.version, "words": ""}).status_code == 422
        assert client.post(at, {"seen": case.version, "words": "It is here"}).status_code == 302
        case.refresh_from_db()
        shown = client.get(reverse("resident:case", args=[case.number])).content.decode()
        assert "You have appealed" in shown
        browser(client, leader)
        desk = client.get(reverse("desk:case", args=[case.number])).content.decode()
        assert "It is here" in desk  # whoever decides reads the words
        typed = {"seen": case.version, "record": "rejection-1", "verdict": "dismissed", "words": "It is the next one"}
        client.post(reverse("desk:move", args=[case.number, "decide"]), typed)
        browser(client, cast.resident)
        shown = client.get(reverse("resident:case", args=[case.number])).content.decode()
        assert "It is the next one" in shown
        assert "You can appeal until" in shown


def test_what_offices_argue_about_a_limit_is_not_the_reporter_s_matter(client, cast):
    case = appealed(a_late_acceptance(cast), "clock", cast.department_handler)
    with clock.frozen(MONDAY + 3 * DAY):
        shown = browser(client, cast.resident).get(reverse("resident:case", args=[case.number])).content.decode()
    assert "It was not so" not in shown
    assert "Appeal" not in shown


def test_the_steps_hold_no_words(cast):
    case = appealed(a_rejection(cast), "rejection", cast.resident)
    detail = Step.objects.get(case_id=case.pk, verb="appeal").detail
    assert {key: detail[key] for key in ("about", "nth", "level")} == {
        "about": "rejection",
        "nth": 1,
        "level": "street",
    }
    assert Case.objects.get(pk=case.pk).status == "rejected"
