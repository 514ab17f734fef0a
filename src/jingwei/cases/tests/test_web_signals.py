"""The pages of signals: rules and quiet hours for the administrator, and what the desk shows of a late case."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from jingwei.calendars.public import quiet_hours
from jingwei.cases.actions import sweep_signals
from jingwei.cases.models import SignalRule
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, let_in, the_cast

pytestmark = pytest.mark.django_db
RULE = {"seen": "0", "signal": "half", "tell": ["holder"], "makes_urgent": "no", "raises": "no", "number": "1"}


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture(autouse=True)
def _in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def administrator(client, cast):
    a_condition()
    let_in(client, a_holder("administrator", cast.street // 10**12 * 10**12))
    return client


def test_the_page_lists_every_rule_with_what_it_does(administrator):
    page = administrator.get(reverse("desk:signals")).content.decode()
    assert "Half of the time has gone" in page
    assert "raises it by a level" in page


def test_a_new_rule_stands_where_it_was_put(administrator):
    answer = administrator.post(reverse("desk:signal-new"), {**RULE, "category": "0201"})
    assert answer.status_code == 302
    assert (SignalRule.objects.count(), SignalRule.objects.get(number=1).category_code) == (12, "0201")


def test_a_rule_that_does_nothing_is_refused_with_the_mend(administrator):
    answer = administrator.post(reverse("desk:signal-new"), {**RULE, "tell": []})
    assert answer.status_code == 422
    assert "The rule does nothing" in answer.content.decode()
    assert not SignalRule.objects.exists()


def test_a_rule_that_another_hides_is_refused(administrator):
    answer = administrator.post(reverse("desk:signal-new"), {**RULE, "category": "0201", "number": "12"})
    assert answer.status_code == 422
    assert "Rule 2 comes first" in answer.content.decode()


def test_rules_that_somebody_else_changed_are_not_overwritten(administrator):
    first = administrator.post(reverse("desk:signal-remove", args=[11]), {"seen": "0"})
    second = administrator.post(reverse("desk:signal", args=[1]), {**RULE, "category": "0201"})
    assert (first.status_code, second.status_code) == (302, 422)
    assert SignalRule.objects.count() == 10


def test_quiet_hours_are_set(administrator):
    administrator.post(reverse("desk:signal-quiet"), {"begins": "22:00", "ends": "06:30"})
    assert (quiet_hours().begins, quiet_hours().ends) == (time(22), time(6, 30))


def test_quiet_hours_that_are_no_times_are_refused(administrator):
    assert administrator.post(reverse("desk:signal-quiet"), {"begins": "late", "ends": "06:30"}).status_code == 422


def test_the_desk_shows_what_was_warned_and_raised_and_the_reporter_nothing_of_it(client, cast):
    case = a_case("in_hand", cast=cast)
    later = MONDAY + timedelta(days=30)
    sweep_signals(later)
    with clock.frozen(later):
        let_in(client, cast.leader)
        sheet = client.get(reverse("desk:case", args=[case.number])).content.decode()
        dates = client.get(reverse("desk:dates", args=[case.number])).content.decode()
        rows = client.get(f"/desk/a{cast.street}/all/").content.decode()
        let_in(client, cast.resident)
        matter = client.get(reverse("resident:case", args=[case.number])).content.decode()
    assert "Raised by 1 level" in " ".join(sheet.split())
    assert "By rule 7. Now answers: District." in sheet
    assert "Rule 4: urgency is now" in dates
    assert "Raised" in rows
    assert "Raise" not in matter
    assert "Signal" not in matter
    assert "Half of the time" not in matter
