"""The pages of the rules, as an administrator uses them, without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.cases.routing.actions import draft
from jingwei.cases.routing.book import rules_in_force, rules_of
from jingwei.cases.routing.models import Rule
from jingwei.cases.routing.testing import a_rule, rules_hold
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.kernel.public import clock
from jingwei.people.testing import a_department, a_holder, let_in
from jingwei.places.public import ancestor, codes

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Lamps at night",
    "categories": ["0201"],
    "conditions": "0202-01",
    "hours": "closed",
    "weekdays": ["6", "7"],
    "words": "lamp\nstreet light",
    "party": "office:lighting",
    "urgency": "urgent",
    "season_from": "11-15",
    "season_until": "03-15",
    "last_on": "2099-12-31",
}


@pytest.fixture
def client(cast):
    a_department("Lamps", key="lighting", code=cast.street)
    a_department("Works", key="works", code=cast.street)
    administrator = a_holder("administrator", ancestor(cast.street, codes.Level.DISTRICT))
    return let_in(Client(headers={"accept-language": "en"}), administrator)


def url(name, *args, **query):
    return reverse(f"routing:{name}", args=args, query=query)


def drafted():
    return [rule.name for rule in rules_of(draft())]


def test_a_rule_is_written_and_stands_in_the_form_as_it_was_typed(client):
    sent = client.post(url("new"), TYPED)

    assert sent.status_code == 302, sent.text
    rule = Rule.objects.get()
    assert (rule.categories, rule.weekdays, rule.words) == (["0201", "0202-01"], [6, 7], ["lamp", "street light"])
    assert (rule.office, rule.hours, rule.urgency, str(rule.ends_on)) == ("lighting", "closed", "urgent", "2100-01-01")
    page = client.get(url("home")).text
    assert "Lamps at night" in page
    assert "Draft of edition 1, not in force" in page
    form = client.get(url("rule", rule.key)).text
    assert 'value="0202-01"' in form
    assert "street light</textarea>" in form
    assert client.post(url("rule", rule.key), TYPED | {"name": "Lamps"}).status_code == 302
    assert drafted() == ["Lamps"]


def test_a_broken_rule_is_told_over_the_form(client):
    sent = client.post(url("new"), TYPED | {"conditions": "0201-99"})

    assert sent.status_code == 422
    assert "Category 0201 has no condition 99." in sent.text
    assert draft() is None


def test_rules_are_moved_switched_off_and_taken_out(client):
    rules_hold(a_rule(key="a", name="A"), a_rule(key="b", name="B"))

    client.post(url("change", "b", "up"))
    assert drafted() == ["B", "A"]
    client.post(url("change", "b", "off"))
    assert "switched off" in client.get(url("home")).text
    client.post(url("change", "a", "remove"))
    assert drafted() == ["B"]
    assert client.post(url("change", "b", "fly")).status_code == 404
    assert [rule.name for rule in rules_in_force()[1]] == ["A", "B"]

    client.post(url("discard"))
    assert draft() is None


def test_a_try_says_which_rule_wins_and_why_not_the_others(client, cast):
    rules_hold(
        a_rule(name="Weekends", weekdays=[6, 7], level="district"),
        a_rule(name="Lamps", categories=["02"], office="lighting"),
    )
    asked = {"category": "0201", "area": codes.write(cast.grid), "at": "2026-11-16T09:00", "channel": "resident"}

    page = client.get(url("try", **asked)).text

    assert "It is another weekday." in page
    assert "By rule 2, “Lamps”" in page
    assert "By the category table" in page
    assert "Decides: Lead" in page
    assert client.get(url("try", **(asked | {"area": "here"}))).status_code == 422


def test_a_day_is_replayed_before_the_draft_is_published(client, cast):
    with clock.frozen(MONDAY):
        case = make("file", a_case(cast=cast), cast)
        a_case("dispatched", cast=cast)
    client.post(url("new"), {"name": "Lamps", "categories": ["0201"], "party": "office:works"})

    page = client.get(url("replay", day="2026-11-16")).text

    assert "of 2 cases that were reported and filed, 2 would be decided about otherwise" in page
    assert case.number in page
    assert "By rule 1, “Lamps”" in page
    assert cast.department.name in page  # where the other one really went
    assert "of 0 cases" in client.get(url("replay", day="2026-11-15")).text


def test_publication_asks_for_a_reason_and_editions_can_be_restored(client):
    client.post(url("new"), TYPED)
    assert client.post(url("publish"), {"reason": ""}).status_code == 422
    assert "Yesterday under these rules" in client.get(url("publish")).text
    client.post(url("publish"), {"reason": "Nights are dark"})
    assert "in force since" in client.get(url("home")).text
    assert client.get(url("publish")).status_code == 302
    assert "Nights are dark" in client.get(url("editions")).text
    assert "Lamps at night" in client.get(url("edition", 1)).text

    client.post(url("restore", 1))

    assert drafted() == ["Lamps at night"]


def test_the_list_costs_the_same_however_many_rules_there_are(client, django_assert_num_queries, cast):
    def queries(number):
        rules_hold(*(a_rule(areas=[cast.grid], weekdays=[1 + n % 7]) for n in range(number)))
        client.get(url("home"))
        with django_assert_num_queries(expected):
            client.get(url("home"))

    expected = 8
    queries(2)
    queries(12)


@pytest.mark.parametrize("name", ["home", "new", "try", "replay", "editions"])
def test_every_page_stands_in_chinese(client, name):
    assert 'lang="zh-hans"' in client.get(url(name), headers={"accept-language": "zh-hans"}).text
