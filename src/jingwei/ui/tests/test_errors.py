"""None of these may touch the database: an error page is also shown when it is the database that is down."""

import re

import pytest
from django.test import Client
from structlog.testing import capture_logs

HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(settings):
    settings.ROOT_URLCONF = "jingwei.ui.tests.urls"
    settings.CSRF_FAILURE_VIEW = "jingwei.ui.errors.csrf_failure"
    settings.DEBUG = False
    settings.MIDDLEWARE = [
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "jingwei.ui.middleware.ErrorMiddleware",
    ]
    return Client(raise_request_exception=False, enforce_csrf_checks=True, headers={"Accept-Language": "en"})


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/refused/", 409, "That is not possible now"),
        ("/not-permitted/", 403, "You may not do this"),
        ("/nowhere/", 404, "There is nothing here"),
        ("/too-large/", 413, "That is too large"),
        ("/broken/", 500, "Something broke here"),
    ],
)
def test_an_error_is_a_page_with_a_title_and_a_way_back(browser, address, status, title):
    answer = browser.get(address)

    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert '<a class="btn btn-primary" href="/">' in page


def test_an_error_page_stands_under_a_wrong_host_name_too(browser):
    answer = browser.get("/nowhere/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 404
    assert 'href="/">' in answer.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/refused/", 409), ("/not-permitted/", 403), ("/broken/", 500)])
def test_to_htmx_an_error_is_a_toast_with_the_same_status(browser, address, status):
    answer = browser.get(address, headers=HTMX)

    assert answer.status_code == status
    assert answer.content.decode().strip().startswith('<div class="toast"')


def test_a_refusal_says_its_reason(browser):
    assert "This case is closed." in browser.get("/refused/").content.decode()
    assert "This case is closed." in browser.get("/refused/", headers=HTMX).content.decode()


def test_our_fault_gives_the_person_a_reference_and_the_log_the_exception(browser):
    with capture_logs() as logs:
        page = browser.get("/broken/").content.decode()

    reference = re.search(r'<b class="num">([2-9A-Z]{4}-[2-9A-Z]{4})</b>', page).group(1)
    logged = [entry for entry in logs if entry["event"] == "request_failed"]
    assert [entry["reference"] for entry in logged] == [reference]
    assert logged[0]["exc_info"][0] is RuntimeError
    assert "secret of the machine" not in page


def test_the_page_speaks_the_language_of_the_browser(browser):
    assert "这里什么也没有" in browser.get("/nowhere/", headers={"Accept-Language": "zh-CN"}).content.decode()


def test_a_forged_form_is_refused_with_the_mend(browser):
    answer = browser.post("/form/", {"a": "b"})

    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/desk/", "http://testserver/desk/"),
        ("http://testserver/refused/", "/"),
        ("http://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_back_leads_to_our_own_pages_only(browser, came_from, back):
    page = browser.get("/refused/", headers={"Referer": came_from}).content.decode()

    assert f'<a class="btn btn-primary" href="{back}">' in page
