"""The pages: what waits for officers, who decides what, and what the person concerned reads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases.testing import a_case
from jingwei.kernel.public import clock
from jingwei.notices.public import Notice
from jingwei.people.testing import let_in
from jingwei.repeats import actions
from jingwei.repeats.models import Flag, Limit
from jingwei.repeats.reading import rules_in_force

pytestmark = pytest.mark.django_db
RUDE = "You asshole, mend the lamp"
REASON = "The same five times in a day"
APPEAL = "It is another lamp each time"


@pytest.fixture
def browser(client):
    client.cookies["django_language"] = "en"
    return client


def a_flag(cast):
    case = a_case(cast=cast, words=RUDE)
    actions.examine(case.pk, now=clock.now())
    return Flag.objects.get(case=case, kind="words")


def a_limit(cast, **given):
    said = {"measure": "look", "reason": REASON, "days": 14, "by": cast.community_officer} | given
    return actions.limit_sender(a_flag(cast), **said)


def page(name, thing=None):
    return reverse(f"repeats:{name}", args=[thing.pk] if thing else [])


def test_officers_see_why_a_report_waits_and_nothing_of_whose_it_is(browser, cast):
    flag = a_flag(cast)

    text = let_in(browser, cast.community_officer).get(page("home")).text

    assert flag.case.number in text
    assert "Insulting words" in text
    assert cast.resident.name not in text
    assert RUDE not in text


def test_nothing_special_is_one_click_and_the_list_is_empty(browser, cast):
    flag = a_flag(cast)

    text = let_in(browser, cast.community_officer).post(page("go-on", flag), follow=True).text

    assert "No report waits for a look" in text
    flag.refresh_from_db()
    assert flag.decision == "go_on"


def test_a_limit_needs_a_reason_and_an_end(browser, cast):
    flag = a_flag(cast)
    let_in(browser, cast.community_officer)

    for said in ({"measure": "look", "days": "14", "reason": ""}, {"measure": "look", "days": "91", "reason": "x"}):
        assert browser.post(page("limit", flag), said).status_code == 422
    assert not Limit.objects.exists()
    text = browser.post(page("limit", flag), {"measure": "look", "days": "14", "reason": REASON}, follow=True).text

    assert "the person concerned is told" in text
    assert REASON in text
    assert Limit.objects.get().ends_at - Limit.objects.get().begins_at == timedelta(days=14)


@pytest.mark.parametrize(
    ("measure", "title"),
    [("look", "A person looks at your new reports first"), ("letter", "Your new reports are answered by letter")],
)
def test_the_letter_says_what_holds_until_when_and_how_to_object(browser, cast, measure, title):
    row = a_limit(cast, measure=measure)
    notice = Notice.objects.get(member=cast.resident, text__startswith="repeats.limited")
    let_in(browser, cast.resident)

    inbox, own = browser.get(reverse("notices:inbox")).text, browser.get(page("own")).text

    assert notice.text == f"repeats.limited_{measure}"
    assert title in inbox
    assert "If it is wrong, say so there: another person decides." in inbox
    assert notice.values["ends"] == row.ends_at.isoformat()
    assert REASON in own
    assert row.case.number in own
    assert cast.community_officer.name not in own


def test_whoever_it_concerns_objects_once_on_their_page(browser, cast):
    row = a_limit(cast)
    let_in(browser, cast.resident)

    assert browser.post(page("appeal", row), {"words": " "}).status_code == 409
    text = browser.post(page("appeal", row), {"words": APPEAL}, follow=True).text

    assert "Another person decides, and you are told." in text
    assert APPEAL in text
    assert page("appeal", row) not in text
    assert let_in(browser, cast.grid_worker).post(page("appeal", row), {"words": "x"}).status_code == 404


def test_another_person_answers_and_the_answer_is_read_though_the_limit_is_lifted(browser, cast):
    row = a_limit(cast)
    actions.appeal_limit(row, words=APPEAL, by=cast.resident)
    let_in(browser, cast.leader)

    assert APPEAL in browser.get(page("answer", row)).text
    browser.post(page("answer", row), {"is_lifted": "yes", "words": "You are right, sorry"})

    own = let_in(browser, cast.resident).get(page("own")).text
    assert "You are right, sorry" in own
    assert "holds no longer" in own
    assert "Nothing: your reports are dealt with like all others" in own


def test_an_officer_lifts_what_is_not_needed_any_longer(browser, cast):
    row = a_limit(cast)

    text = let_in(browser, cast.community_officer).post(page("lift", row), follow=True).text

    row.refresh_from_db()
    assert row.ends_at <= clock.now()
    assert REASON not in text


def test_the_administrator_sets_rules_that_hold_at_once(browser, admin):
    let_in(browser, admin)

    said = {"most": "3", "hours": "12", "twin_hours": "24", "words": "idiot\n\nidiot\nblockhead"}
    text = browser.post(page("rules"), said, follow=True).text

    assert "The rules hold for reports from now on." in text
    assert rules_in_force().words == ("idiot", "blockhead")
    assert browser.post(page("rules"), said | {"words": "x"}).status_code == 422
    assert rules_in_force().most == 3
