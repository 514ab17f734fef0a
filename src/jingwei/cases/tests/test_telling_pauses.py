"""Who is told that a case is suspended, that it goes on, and that it is reviewed today."""

from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.jobs import remind_of_todays_reviews
from jingwei.cases.telling_pauses import remind_of_reviews
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import clock
from jingwei.kernel.testing import settle
from jingwei.notices.public import Notice
from jingwei.people.testing import a_holder, the_cast
from jingwei.places.public import Level, ancestor

pytestmark = [pytest.mark.django_db, pytest.mark.role("jw_worker")]
NOW = MONDAY + timedelta(hours=1)
UNTIL = MONDAY + timedelta(days=14, hours=9)


def told(member):
    return [one.text for one in Notice.objects.of(member).order_by("pk")]


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def leader(cast):
    return a_holder("leader", ancestor(cast.street, Level.DISTRICT))


def settled(cast, *moves):
    """A case in hand after these moves, each with who makes it, and all that its facts lead to."""
    case = a_case("in_hand", cast=cast)
    with clock.frozen(NOW):
        settle()
        Notice.objects.all().delete()
        for action, by, fields in moves:
            case = action(case, by=by, **fields)
        settle()
    return case


ASKED = {"reason": "material", "until": UNTIL, "words": "Made to order"}


def test_a_leader_above_is_told_that_somebody_asks(cast, leader):
    settled(cast, (actions.ask_suspension_case, cast.department_handler, ASKED))
    assert told(leader) == ["cases.suspension_asked"]
    assert told(cast.resident) == []


def test_reporter_and_party_are_told_that_it_stands_and_that_it_goes_on(cast, leader):
    settled(
        cast,
        (actions.ask_suspension_case, cast.department_handler, ASKED),
        (actions.suspend_case, leader, ASKED),
        (actions.resume_case, cast.dispatcher, {}),
    )
    assert told(cast.resident) == ["cases.suspended", "cases.resumed"]
    assert told(cast.department_handler) == ["cases.stands", "cases.runs"]


def test_the_party_is_told_that_it_is_not_granted_and_the_reporter_nothing(cast, leader):
    settled(
        cast,
        (actions.ask_suspension_case, cast.department_handler, ASKED),
        (actions.deny_suspension_case, leader, {"words": "No"}),
    )
    assert told(cast.department_handler) == ["cases.runs"]
    assert told(cast.resident) == []


def test_whoever_granted_it_is_reminded_once_on_the_morning_of_the_review(cast, leader):
    settled(cast, (actions.ask_suspension_case, cast.department_handler, ASKED), (actions.suspend_case, leader, ASKED))
    before = len(told(leader))
    morning = clock.local(UNTIL).replace(hour=8, minute=0)
    with clock.frozen(morning):
        assert remind_of_reviews(morning - timedelta(days=1)) == 0
        for _twice in range(2):
            remind_of_todays_reviews(int(morning.timestamp()))
    assert told(leader)[before:] == ["cases.review_today"]
