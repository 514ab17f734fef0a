import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from jingwei.people.testing import STREET, a_holder, a_member
from jingwei.people.web.guards import duty_required, member_required

pytestmark = pytest.mark.django_db


@member_required
def for_members(request, number):
    return HttpResponse(f"{request.member} {number}")


@duty_required("cases.dispatch")
def for_dispatchers(request):
    return HttpResponse("dispatch")


def asked(method="GET", path="/desk/?queue=mine", member=None, **headers):
    request = RequestFactory().generic(method, path, headers=headers)
    request.member = member
    request.htmx = HtmxDetails(request)
    return request


def test_a_member_is_let_in():
    member = a_member("Li")

    assert for_members(asked(member=member), number=7).content == b"Li 7"


def test_a_guest_signs_in_and_comes_back():
    answered = for_members(asked(), number=7)

    assert (answered.status_code, answered.url) == (302, "/sign-in/?next=%2Fdesk%2F%3Fqueue%3Dmine")


def test_what_a_guest_posted_is_not_repeated():
    assert for_members(asked("POST"), number=7).url == "/sign-in/"


def test_a_fragment_takes_its_page_to_the_entrance():
    shown = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/cases/7/"}
    answered = for_members(asked("POST", **shown), number=7)

    assert answered["HX-Redirect"] == "/sign-in/?next=%2Fdesk%2Fcases%2F7%2F"


def test_a_fragment_of_another_site_takes_nobody_back_there():
    shown = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.test/"}

    assert for_members(asked(**shown), number=7)["HX-Redirect"] == "/sign-in/"


def test_a_duty_opens_its_pages():
    assert for_dispatchers(asked(member=a_holder("dispatcher", STREET))).content == b"dispatch"


def test_without_the_duty_there_is_no_such_page():
    with pytest.raises(Http404):
        for_dispatchers(asked(member=a_holder("leader", STREET)))


def test_a_guest_is_asked_to_sign_in_before_any_duty():
    assert for_dispatchers(asked()).url.startswith("/sign-in/")
