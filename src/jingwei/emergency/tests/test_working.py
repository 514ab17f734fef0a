"""In an incident: the plan worked through, notes, standing down; who may, and what the pages show."""

from datetime import timedelta

import pytest

from jingwei.cases.public import report_in_case, return_case
from jingwei.cases.testing import MONDAY, a_case, verbs_of
from jingwei.emergency.actions import add_note, answer_incident, answer_step, stand_down
from jingwei.emergency.models import LogEntry
from jingwei.emergency.testing import alarmed, an_incident, cast_and_areas, on_duty
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.public import load_member
from jingwei.people.testing import let_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast():
    return cast_and_areas()


@pytest.fixture
def officer(cast):
    return on_duty(cast.street)


@pytest.fixture
def incident(cast, officer):
    return answer_incident(an_incident(cast), by=officer, now=MONDAY + MINUTE)


def answer_all(incident, by):
    for step in incident.steps.all():
        answer_step(incident, step.number, answer="done", by=by, now=MONDAY + 2 * MINUTE)


def test_it_is_stood_down_by_whoever_leads_and_only_when_every_step_is_answered(cast, officer, incident):
    answer_step(incident, 1, answer="done", by=cast.dispatcher, now=MONDAY + 2 * MINUTE)
    with pytest.raises(Refused, match="Steps of the plan are still open"):
        stand_down(incident, outcome="handled", words="Put out", by=officer)
    with pytest.raises(Refused, match="why this step is not needed"):
        answer_step(incident, 2, answer="not_needed", by=officer)
    answer_all(incident, officer)
    with pytest.raises(NotPermitted):
        stand_down(incident, outcome="handled", words="Put out", by=cast.dispatcher)
    stand_down(incident, outcome="handled", words="Put out", by=officer, now=MONDAY + 9 * MINUTE)

    case = incident.case
    case.refresh_from_db()
    assert (case.status, case.alarm_at, case.handled_at) == ("handled", None, MONDAY + 9 * MINUTE)
    assert case.assignments.get(status="done").handler_id == officer.pk
    with pytest.raises(Refused, match="has been stood down"):
        add_note(incident, words="Late", by=officer)


def test_without_danger_it_goes_on_as_an_ordinary_case(cast, officer, incident):
    answer_all(incident, officer)
    stand_down(incident, outcome="filed", words="Burnt milk; the alarm device wants mending", by=officer)

    case = incident.case
    case.refresh_from_db()
    assert (case.status, case.alarm_at) == ("filed", None)
    assert not case.assignments.filter(status__in=["sent", "accepted"]).exists()
    assert verbs_of(case)[-1] == "call_off"


def test_while_the_alarm_is_on_the_usual_course_waits(cast, officer, incident):
    for move in (return_case, report_in_case):
        with pytest.raises((Refused, NotPermitted)):
            move(incident.case, words="Not ours", by=officer)


def test_the_log_tells_who_did_what_in_order(cast, officer, incident):
    answer_step(incident, 1, answer="not_needed", words="They are here already", by=officer, now=MONDAY + 2 * MINUTE)
    add_note(incident, words="Stairs full of smoke", by=cast.dispatcher, now=MONDAY + 3 * MINUTE)

    told = list(LogEntry.objects.order_by("pk").values_list("kind", "member_id", "called_id", "answer", "words"))
    assert told == [
        ("raised", cast.dispatcher.pk, None, "", ""),
        ("called", None, officer.pk, "", ""),
        ("answered", officer.pk, None, "", ""),
        ("step", officer.pk, None, "not_needed", "They are here already"),
        ("note", cast.dispatcher.pk, None, "", "Stairs full of smoke"),
    ]


def test_one_tap_on_the_page_of_the_message_answers(client, cast, officer):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    incident = an_incident(cast, at=clock.now())
    let_in(client, load_member(officer.pk))
    address = f"/desk/emergencies/{incident.case.number}/"
    page = client.get(address).content.decode()
    assert f'action="{address}answer/"' in page
    assert "is being called" in page
    assert client.post(f"{address}answer/").status_code == 302
    page = client.get(address).content.decode()
    assert f"{officer.name} leads" in page
    assert f'action="{address}answer/"' not in page


def test_the_pages_ask_as_much_for_ten_incidents_as_for_two(client, cast, officer, django_assert_max_num_queries):
    let_in(client, load_member(officer.pk))
    for _ in range(10):
        an_incident(cast)
    with django_assert_max_num_queries(20):
        page = client.get("/desk/emergencies/")
    assert page.content.decode().count("sos-row") >= 10


def test_the_sheet_of_a_case_leads_to_its_alarm_for_those_who_answer_here(client, cast, officer):
    case = a_case(cast=cast)
    let_in(client, load_member(officer.pk))
    assert f"/desk/cases/{case.number}/alarm/" in client.get(f"/desk/cases/{case.number}/").content.decode()
    alarmed(case, by=cast.dispatcher)
    assert f"/desk/emergencies/{case.number}/" in client.get(f"/desk/cases/{case.number}/").content.decode()
    let_in(client, cast.grid_worker)
    assert "/emergencies/" not in client.get(f"/desk/cases/{case.number}/").content.decode()
