import pytest
from django.test import Client


@pytest.fixture
def browser(settings):
    settings.ROOT_URLCONF = "jingwei.ui.tests.urls"
    settings.MIDDLEWARE = []
    return Client()


@pytest.mark.parametrize(("choice", "value"), [("theme", "dark"), ("theme", "auto"), ("care", "on"), ("care", "off")])
def test_a_choice_is_remembered_and_leads_back(browser, choice, value):
    answer = browser.post("/display/", {choice: value, "next": "/cases/7/?tab=2"})

    assert answer.url == "/cases/7/?tab=2"
    assert answer.cookies[choice].value == value


def test_what_is_not_a_choice_is_not_remembered(browser):
    assert not browser.post("/display/", {"theme": "<pink>", "next": "/"}).cookies


def test_it_never_leads_away_from_the_site(browser):
    assert browser.post("/display/", {"theme": "dark", "next": "//elsewhere.example/"}).url == "/"


def test_looking_changes_nothing(browser):
    assert browser.get("/display/?theme=dark").status_code == 405
