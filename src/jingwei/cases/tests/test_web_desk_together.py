"""Several cases of a list at once: one form, each case its own result."""

import re

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.models import Words
from jingwei.cases.testing import a_case, a_condition, verbs_of
from jingwei.cases.tests.desk_pages import queue, street
from jingwei.cases.tests.pages import browser
from jingwei.people.testing import a_holder, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    a_condition()
    return the_cast()


@pytest.fixture
def dispatcher(client, cast):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser(client, cast.dispatcher)


def address(verb, cases):
    return reverse("desk:together-move", args=[verb], query={"case": [case.number for case in cases]})


def sent(cases, **typed):
    return {"case": [case.number for case in cases], **{f"seen-{one.number}": one.version for one in cases}, **typed}


def reasons(response):
    """What stands below each number that was left as it is."""
    found = re.findall(r"<li>(.*?)</li>", response.text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", part.partition('<p class="why">')[2]).strip() for part in found]


def test_a_list_sends_what_is_ticked_to_the_moves_that_are_open(dispatcher, cast):
    cases = [a_case(status, cast=cast) for status in ("filed", "filed", "dispatched")]
    page = dispatcher.get(queue(street(cast))).text
    assert set(re.findall(r'name="case"\s+value="([^"]+)"', page)) == {case.number for case in cases}

    offered = dispatcher.get(reverse("desk:together", query={"case": [case.number for case in cases]})).text
    counts = re.findall(r'formaction="[^"]*together/(\w+)/"[^>]*>\s*[^<]+<span class="count">(\d+)', offered)
    assert {"dispatch": "2", "recall": "1"}.items() <= dict(counts).items()
    assert "report_in" not in dict(counts)


def test_many_are_dispatched_by_one_form(dispatcher, cast):
    cases = [a_case("filed", cast=cast) for _ in range(3)]
    assert "for 3 cases" in dispatcher.get(address("dispatch", cases)).text
    done = dispatcher.post(address("dispatch", []), sent(cases, party=f"d{cast.department.pk}", words="Please mend"))

    assert "Done for 3 of 3." in done.text
    assert done.text.count('data-state="dispatched"') == 3
    assert [verbs_of(case)[-1] for case in cases] == ["dispatch"] * 3
    assert Words.objects.filter(text="Please mend").count() == 3


def test_what_cannot_be_moved_is_named_with_the_reason_and_keeps_no_other(dispatcher, cast):
    good, gone, stale = (a_case("filed", cast=cast) for _ in range(3))
    given = sent([good, gone, stale], words="Too large")
    actions.dispatch_case(gone, department=cast.department, by=cast.dispatcher)
    actions.send_down_case(stale, level="community", words="Yours", by=cast.dispatcher)
    done = dispatcher.post(address("escalate", []), given)

    assert "Done for 1 of 3." in done.text
    why = reasons(done)
    assert why[0] == ""
    assert all("meantime" in one or "may not" in one or "escalate" in one.lower() for one in why[1:])
    assert all(why[1:])
    assert verbs_of(good)[-1] == "escalate"
    assert "escalate" not in verbs_of(gone) + verbs_of(stale)


def test_what_is_not_filled_in_comes_back_for_all(dispatcher, cast):
    cases = [a_case("filed", cast=cast) for _ in range(2)]
    back = dispatcher.post(address("escalate", []), sent(cases, words=" "))

    assert back.status_code == 422
    assert "This field is required" in back.text
    assert [verbs_of(case)[-1] for case in cases] == ["file", "file"]
    assert back.text.count('name="case"') == 2


def test_sent_twice_it_is_made_once(dispatcher, cast):
    cases = [a_case("filed", cast=cast)]
    given = sent(cases, words="Too large")
    dispatcher.post(address("escalate", []), given)
    again = dispatcher.post(address("escalate", []), given)

    assert verbs_of(cases[0]).count("escalate") == 1
    assert again.status_code in {200, 403}


def test_the_queries_grow_by_a_case_and_not_with_those_beside(dispatcher, cast, django_assert_max_num_queries):
    cases = [a_case("filed", cast=cast) for _ in range(4)]
    for _ in range(10):
        a_case("filed", cast=cast)
    with django_assert_max_num_queries(16):
        dispatcher.get(reverse("desk:together", query={"case": [case.number for case in cases]}))


def test_cases_of_others_are_not_there(client, cast):
    case = a_case("filed", cast=cast)
    browser(client, a_holder("dispatcher", cast.street + 10**9))
    assert client.get(address("escalate", [case])).status_code == 404
    assert client.get(reverse("desk:together", query={"case": [case.number]})).status_code == 404
    assert client.get(reverse("desk:together")).status_code == 404


def test_who_sees_a_case_and_may_not_move_it_is_told(client, cast):
    browser(client, cast.inspector)
    assert client.get(address("escalate", [a_case("filed", cast=cast)])).status_code == 403
    assert client.get(address("handle", [a_case("filed", cast=cast)])).status_code == 404
