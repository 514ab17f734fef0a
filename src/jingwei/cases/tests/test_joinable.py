"""Twins lead into a merge or a group by one tap, with forms that work without JavaScript."""

import re

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.joinable import joinable
from jingwei.cases.models import Case
from jingwei.cases.sheet import Sheet
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.cases.tests.pages import browser
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db
HERE = {"longitude": 114.3, "latitude": 30.5}
WORDS = "The lamp at the gate is out"


@pytest.fixture
def cast():
    return the_cast()


def a_lamp(cast, status="reported"):
    return a_case(status, cast=cast, words=WORDS, **HERE)


def fields_of(page, form):
    """What the form with this id sends, and where."""
    found = re.search(rf'<form id="{form}"[^>]*action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    assert found, form
    return found[1], dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[2]))


def tapped(client, page, form):
    """As a browser that runs no scripts sends it."""
    assert f'form="{form}"' in page
    action, given = fields_of(page, form)
    return client.post(action, given)


def found(case, member):
    return [(one.merges, one.groups) for one in joinable(Sheet(Case.objects.get(pk=case.pk), member, MONDAY))]


@pytest.mark.parametrize("page", ["case", "queue", "file"])
def test_one_tap_merges_a_case_into_its_twin(client, cast, page):
    twin, case = a_lamp(cast, "in_hand"), a_lamp(cast)
    browser(client, cast.community_officer if page == "file" else cast.dispatcher)
    address = {
        "case": reverse("desk:case", args=[case.number]),
        "queue": reverse("desk:queue", args=[f"a{cast.street}", "all"], query={"case": case.number}),
        "file": reverse("desk:move", args=[case.number, "file"]),
    }[page]
    answer = tapped(client, client.get(address).text, f"merge-{twin.number}")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.status, case.follows_id) == ("merged", twin.pk)


def test_one_tap_groups_a_case_under_its_twin_and_leads_back(client, cast):
    twin, case = a_lamp(cast, "filed"), a_lamp(cast, "in_hand")
    browser(client, cast.dispatcher)
    page = reverse("desk:case", args=[case.number])
    shown = client.get(page).text
    assert f'form="merge-{twin.number}"' not in shown
    answer = tapped(client, shown, f"group-{twin.number}")
    assert answer["Location"] == page
    case.refresh_from_db()
    assert (case.status, case.follows_id) == ("filed", twin.pk)


def test_a_tap_on_a_page_that_has_grown_old_changes_nothing_and_says_so(client, cast):
    twin, case = a_lamp(cast), a_lamp(cast)
    browser(client, cast.dispatcher)
    shown = client.get(reverse("desk:case", args=[case.number])).text
    make("file", case, cast)
    answer = tapped(client, shown, f"merge-{twin.number}")
    assert answer.status_code == 409
    assert "Somebody else has changed this case" in answer.text
    assert Case.objects.get(pk=case.pk).follows_id is None


def test_what_is_offered_goes_by_both_cases_and_by_the_person(cast):
    twin, case = a_lamp(cast, "filed"), a_lamp(cast, "filed")
    assert found(case, cast.dispatcher) == [(True, True)]
    assert found(case, cast.grid_worker) == [(False, False)]
    twin = actions.supervise_case(twin, limit="1d", words="Why", by=cast.leader)
    assert found(case, cast.dispatcher) == [(True, False)]
    assert found(twin, cast.dispatcher) == [(False, False)]


def test_what_leads_a_group_or_follows_is_joined_with_nothing_more(cast):
    leader, case, third = a_lamp(cast, "filed"), a_lamp(cast, "filed"), a_lamp(cast, "filed")
    actions.group_cases(leader, children=[third], by=cast.dispatcher)
    assert found(leader, cast.dispatcher) == [(False, False)] * 2
    assert sorted(found(case, cast.dispatcher)) == [(False, False), (True, True)]
    assert found(third, cast.dispatcher) == [(False, False)] * 2
