"""The screen of the counter: what is typed is kept, and each button does what it says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.cases.testing import a_case, a_condition
from jingwei.counter.models import Call
from jingwei.counter.testing import a_call
from jingwei.people.public import Read
from jingwei.people.testing import a_resident, let_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
PHONE = "13900001111"


@pytest.fixture
def desk(client, clerk):
    """The clerk's browser, in English."""
    client.cookies["django_language"] = "en"
    return let_in(client, clerk)


def page(name, call=None):
    return reverse(f"counter:{name}", args=[call.pk] if call else [])


def spot(cast):
    return f"a{cast.grid}"


def test_a_call_is_begun_and_lies_in_the_rail(desk):
    response = desk.post(page("begin"), {"way": "phone"}, follow=True)

    call = Call.objects.get()
    assert response.redirect_chain == [(page("call", call), 302)]
    assert f'href="{page("call", call)}"' in response.text
    assert "No call is open" not in response.text


def test_there_is_no_other_way(desk):
    assert desk.post(page("begin"), {"way": "ticket"}).status_code == 404


def test_what_is_typed_is_there_after_a_reload(desk, clerk, cast):
    call = a_call(clerk)
    typed = {"phone": "139 0000-1111", "name": "Chen", "words": "The lamp is out", "q": "", "at": spot(cast)}

    assert desk.post(page("call", call), typed, headers=HTMX).status_code == 200
    reloaded = desk.get(page("call", call)).text

    call.refresh_from_db()
    assert (call.phone, call.name, call.place_code) == (PHONE, "Chen", cast.grid)
    assert "The lamp is out" in reloaded
    assert f'value="{PHONE}"' in reloaded


def test_a_wrong_number_keeps_all_the_rest(desk, clerk):
    call = a_call(clerk, phone=PHONE)

    response = desk.post(page("call", call), {"phone": "12", "name": "Chen", "words": "Dark"})

    call.refresh_from_db()
    assert response.status_code == 422
    assert "no telephone number" in response.text
    assert (call.phone, call.name, call.words) == (PHONE, "Chen", "Dark")


def test_several_calls_wait_as_they_were_left(desk, clerk):
    first, second = a_call(clerk, name="Chen", words="Dark"), a_call(clerk, name="Wang", words="Noise")

    assert desk.post(page("park", first), {"words": "Dark, and wet"}).headers["Location"] == page("home")
    home = desk.get(page("home")).text

    assert "Chen" in home
    assert "Wang" in home
    assert Call.objects.get(pk=first.pk).parked_at is not None
    assert desk.post(page("park", first)).headers["Location"] == page("call", first)
    assert Call.objects.get(pk=second.pk).words == "Noise"


def test_parking_keeps_what_was_typed_last(desk, clerk):
    call = a_call(clerk, words="Dark")

    desk.post(page("park", call), {"words": "Dark, and wet"})

    assert Call.objects.get(pk=call.pk).words == "Dark, and wet"


def test_the_class_follows_whichever_was_changed(desk, clerk):
    a_condition()
    call = a_call(clerk)

    def send(**said):
        desk.post(page("call", call), said, headers=HTMX)
        call.refresh_from_db()
        return call.category_code

    assert send(listed="", category="0201") == "0201"
    assert send(listed="0202", category="0201") == "0202"
    assert send(listed="0202", category="") == ""
    assert send(listed="9999", category="") == ""


def test_looking_up_shows_cases_without_words_and_is_noted(desk, clerk, cast):
    resident = a_resident("Chen Jing", phone=PHONE)
    case = a_case("filed", cast=cast, member_id=resident.pk, words="My private words")
    call = a_call(clerk)

    response = desk.post(page("look-up", call), {"phone": PHONE}, headers=HTMX)

    assert case.number in response.text
    assert "139 **** 1111" in response.text
    assert "My private words" not in response.text
    assert "Chen Jing" not in response.text
    assert Read.objects.get(kind="counter.caller").subject_id == resident.pk


def test_looking_up_a_wrong_number_says_so(desk, clerk):
    response = desk.post(page("look-up", a_call(clerk)), {"phone": "12"}, headers=HTMX)

    assert "no telephone number" in response.text


def test_a_report_goes_on_to_the_wrap_up_and_then_home(desk, clerk, cast):
    call = a_call(clerk)
    said = {"phone": PHONE, "words": "The lamp is out", "at": spot(cast)}

    wrap_up = desk.post(page("report", call), said, follow=True).text
    number = Case.objects.get().number
    home = desk.post(page("wrap", call), {"note": "Tell Wang", "helped": "on_behalf"}, follow=True)

    assert f"Tell the caller the number: {number}" in wrap_up
    assert home.redirect_chain == [(page("home"), 302)]
    assert number in home.text
    assert "Tell Wang" in desk.get(page("call", call)).text


def test_whoever_names_somebody_else_speaks_for_them(desk, clerk):
    call = a_call(clerk)

    desk.post(page("call", call), {"name": "Old Li", "for_name": "Old Wang"})

    call.refresh_from_db()
    assert call.is_on_behalf


def test_what_is_missing_stands_over_the_form(desk, clerk):
    call = a_call(clerk)

    response = desk.post(page("report", call), {"words": "The lamp is out"})

    assert response.status_code == 422
    assert "Choose where it is" in response.text
    assert "The lamp is out" in response.text


def test_an_answer_ends_the_call(desk, clerk):
    call = a_call(clerk)

    text = desk.post(page("answer", call), {"words": "When do you open?", "answer": "At nine"}, follow=True).text

    assert "At nine" in text
    assert Call.objects.get(pk=call.pk).outcome == "answered"


def test_a_known_case_near_by_is_offered_and_followed(desk, clerk, cast):
    case = a_case("filed", cast=cast, words="The lamp is out", longitude=114.3, latitude=30.5)
    call = a_call(clerk, words="The lamp is out", longitude=114.3, latitude=30.5, place_code=cast.grid)
    Case.objects.filter(pk=case.pk).update(reported_at=call.started_at)

    assert case.number in desk.get(page("call", call)).text
    text = desk.post(page("follow", call), {"case": case.number, "phone": PHONE, "wants_news": "on"}, follow=True).text

    assert "told when it has been handled" in text
    assert Call.objects.get(pk=call.pk).case_id == case.pk


def test_a_case_that_is_not_there_cannot_be_followed(desk, clerk):
    assert desk.post(page("follow", a_call(clerk)), {"case": "20200101-000001"}).status_code == 404


def test_a_call_broken_off_is_counted(desk, clerk):
    call = a_call(clerk)

    desk.post(page("drop", call), {"phone": PHONE})

    assert Call.objects.get(pk=call.pk).outcome == "dropped"
    assert "Broken off" in desk.get(page("call", call)).text


def test_the_day_costs_the_same_however_many_calls(desk, clerk):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert desk.get(page("home")).status_code == 200
        return len(seen)

    a_call(clerk)
    few = queries()
    for _at in range(5):
        a_call(clerk)

    assert queries() == few
