"""The number of whoever reported is hidden, and shown for a reason that they can read."""

import pytest
from django.urls import reverse

from jingwei.cases.actions.reading import reveal_phone
from jingwei.cases.testing import a_case
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people.public import Read
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def cast():
    return the_cast()


def reveals():
    return list(Read.objects.filter(kind="cases.phone").values_list("reason", "words"))


def test_the_number_is_shown_for_a_reason_and_that_is_noted(cast):
    case = a_case(cast=cast, phone=PHONE)

    assert reveal_phone(case, reason="other", words="To bring the key back", by=cast.dispatcher) == PHONE

    read = Read.objects.get()
    assert (read.reader_id, read.subject_id, read.thing) == (cast.dispatcher.pk, cast.resident.pk, str(case.pk))
    assert reveals() == [("other", "To bring the key back")]


def test_without_a_number_in_the_report_it_is_that_of_the_account(cast):
    assert reveal_phone(a_case(cast=cast), reason="call_back", by=cast.dispatcher) == cast.resident.phone


def test_a_report_without_any_number_says_so(cast):
    with pytest.raises(Refused, match="No number"):
        reveal_phone(a_case(cast=cast, member_id=None), reason="call_back", by=cast.dispatcher)
    assert not reveals()


def test_who_may_not_know_the_reporter_is_told_no_number(cast):
    with pytest.raises(NotPermitted):
        reveal_phone(a_case(cast=cast, phone=PHONE), reason="call_back", by=cast.leader)
    assert not reveals()


@pytest.mark.parametrize(("portal", "role"), [("desk", "dispatcher"), ("field", "grid_worker")])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "dialog"])
def test_the_page_asks_what_for_before_it_shows_the_number(client, cast, portal, role, headers):
    case = a_case(cast=cast, phone=PHONE)
    visitor = browser(client, getattr(cast, role))
    address = reverse(f"{portal}:phone", args=[case.number])

    asked = visitor.get(address, headers=headers)
    refused = visitor.post(address, {"reason": "other"}, headers=headers)
    shown = visitor.post(address, {"reason": "call_back"}, headers=headers)

    assert PHONE not in asked.text + refused.text
    assert (refused.status_code, "Say in a few words" in refused.text) == (422, True)
    assert f"tel:{PHONE}" in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert reveals() == [("call_back", "")]


def test_opening_the_question_notes_nothing(client, cast):
    case = a_case(cast=cast, phone=PHONE)

    browser(client, cast.dispatcher).get(reverse("desk:phone", args=[case.number]))

    assert not Read.objects.exists()
