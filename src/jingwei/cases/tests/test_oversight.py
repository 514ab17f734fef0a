"""Urging and supervising: who may, how often, who answers, what waits until then, and where it is seen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.desk import QUEUES, Holder, counts, page
from jingwei.cases.models import Case, Errand
from jingwei.cases.offers import offers
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.testing import a_holder, a_resident, the_cast
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)
DAY = timedelta(days=1)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def leader(cast):
    return a_holder("leader", cast.street)


def why_not(case, member, now):
    return {offer.verb: str(offer.why_not) for offer in offers(case, member, now)}


def test_whoever_reported_urges_once_a_day(cast):
    case = a_case("in_hand", cast=cast)
    case = actions.urge_case(case, words="It is dark", by=cast.resident, now=LATER)
    assert case.status == "in_hand"
    assert "today already" in why_not(case, cast.resident, LATER)["urge"]
    with pytest.raises(Refused, match="today already"):
        actions.urge_case(case, by=cast.resident, now=LATER + timedelta(hours=1))
    assert why_not(case, cast.resident, LATER + DAY)["urge"] == ""
    actions.urge_case(case, by=cast.resident, now=LATER + DAY)


def test_nobody_urges_whom_it_does_not_concern(cast):
    case = a_case("in_hand", cast=cast)
    for member in (a_resident(), cast.dispatcher, cast.department_handler):
        with pytest.raises(NotPermitted):
            actions.urge_case(case, by=member, now=LATER)


def test_a_leader_of_the_place_supervises_and_no_other(cast, leader):
    case = a_case("in_hand", cast=cast)
    elsewhere = a_holder("leader", cast.street + Level.STREET.step)
    for member in (elsewhere, cast.dispatcher, cast.resident):
        with pytest.raises(NotPermitted):
            actions.supervise_case(case, limit="1d", words="Why so long?", by=member, now=LATER)
    case = actions.supervise_case(case, limit="1d", words="Why so long?", by=leader, now=LATER)
    assert case.is_supervised
    with pytest.raises(Refused, match="supervised already"):
        actions.supervise_case(case, limit="1d", words="And?", by=leader, now=LATER)


def test_an_answer_is_due_by_the_calendar(cast, leader):
    case = actions.supervise_case(a_case("in_hand", cast=cast), limit="4h", words="?", by=leader, now=LATER)
    assert case.errands.get().due_at == MONDAY + timedelta(hours=8)  # 11:00, lunch from 12 to 14, until 17:00


def test_a_supervised_case_is_ended_by_nobody_before_the_answer(cast, leader):
    case = actions.supervise_case(a_case("in_hand", cast=cast), limit="1d", words="?", by=leader, now=LATER)
    assert "Answer in writing first" in why_not(case, cast.department_handler, LATER)["handle"]
    with pytest.raises(Refused, match="Answer in writing first"):
        actions.handle_case(case, words="Mended", by=cast.department_handler, now=LATER)
    case = actions.reply_case(case, words="Parts come today", by=cast.department_handler, now=LATER)
    assert not case.is_supervised
    assert case.errands.get().is_met
    actions.handle_case(case, words="Mended", by=cast.department_handler, now=LATER)


def test_who_answers_is_who_has_it_now(cast, leader):
    filed = actions.supervise_case(a_case("filed", cast=cast), limit="1d", words="?", by=leader, now=LATER)
    assert why_not(filed, cast.dispatcher, LATER)["reply"] == ""
    with pytest.raises(NotPermitted):
        actions.reply_case(filed, words="Soon", by=cast.department_handler, now=LATER)
    with clock.frozen(LATER):
        sent = make("dispatch", filed, cast)
    assert why_not(sent, cast.department_handler, LATER)["reply"] == ""
    with pytest.raises(NotPermitted):
        actions.reply_case(sent, words="Soon", by=cast.dispatcher, now=LATER)
    handled = a_case("handled", cast=cast)
    assert "Nobody waits" in why_not(handled, cast.dispatcher, LATER)["reply"]


def test_open_supervisions_are_a_queue_of_the_desk_and_counted_there_alone(cast, leader):
    case = a_case("in_hand", cast=cast)
    for holder in (Holder("a", cast.street), Holder("d", cast.department.pk)):
        queue = QUEUES[holder.kind]["supervised"]
        before = counts(holder, LATER)
        assert before.of(queue) == 0
        actions.supervise_case(case, limit="1d", words="?", by=leader, now=LATER)
        after = counts(holder, LATER)
        assert after.of(queue) == 1
        assert after.total == before.total
        assert after.late == before.late
        assert [entry.case_id for entry in page(holder, queue, now=LATER).entries] == [case.pk]
        assert [entry.case_id for entry in page(holder, QUEUES[holder.kind]["all"], now=LATER).entries] == [case.pk]
        actions.reply_case(case, words="Today", by=cast.department_handler, now=LATER)
        assert counts(holder, LATER).of(queue) == 0


def test_what_is_withdrawn_waits_for_no_answer(cast, leader):
    case = actions.supervise_case(a_case("filed", cast=cast), limit="1d", words="?", by=leader, now=LATER)
    actions.withdraw_case(case, by=cast.resident, now=LATER)
    assert not case.docket.exists()
    assert Errand.objects.get(case_id=case.pk).is_open


def test_the_sheet_shows_what_is_asked_and_the_answer(client, cast, leader):
    case = a_case("in_hand", cast=cast)
    actions.supervise_case(case, limit="1d", words="Why so long?", by=leader, now=LATER)
    browser(client, leader)
    shown = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "Why so long?" in shown
    assert "Supervised: a written answer" in shown
    actions.reply_case(case, words="Parts come today", by=cast.department_handler, now=LATER)
    assert "Parts come today" in client.get(reverse("desk:case", args=[case.number])).content.decode()


def test_a_row_says_that_it_is_supervised_and_urged(client, cast, leader):
    case = a_case("in_hand", cast=cast)
    actions.urge_case(case, by=cast.resident, now=LATER)
    actions.supervise_case(case, limit="1d", words="?", by=leader, now=LATER)
    browser(client, leader)
    shown = client.get(reverse("desk:queue", args=[Holder("a", ancestor(cast.grid, Level.STREET)), "supervised"]))
    body = shown.content.decode()
    assert "Urged by whoever reported it" in body
    assert 'aria-label="Supervised"' in body


def test_a_reporter_urges_on_their_page(client, cast):
    case = a_case("in_hand", cast=cast)
    browser(client, cast.resident)
    assert (
        reverse("resident:urge", args=[case.number])
        in client.get(reverse("resident:case", args=[case.number])).content.decode()
    )
    seen = Case.objects.get(pk=case.pk).version
    client.post(reverse("resident:urge", args=[case.number]), {"seen": seen, "words": "It is dark"})
    shown = client.get(reverse("resident:case", args=[case.number])).content.decode()
    assert "It is dark" in shown
    assert reverse("resident:urge", args=[case.number]) not in shown


def test_the_reporter_does_not_read_what_leader_and_office_wrote(client, cast, leader):
    case = a_case("in_hand", cast=cast)
    actions.supervise_case(case, limit="1d", words="Why so long?", by=leader, now=LATER)
    actions.reply_case(case, words="Parts come today", by=cast.department_handler, now=LATER)
    browser(client, cast.resident)
    shown = client.get(reverse("resident:case", args=[case.number])).content.decode()
    assert "Why so long?" not in shown
    assert "Parts come today" not in shown
