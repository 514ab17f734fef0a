"""The page that says how dates came about, and the table of limits."""

from datetime import date, timedelta
from html import unescape

import pytest

from jingwei.calendars.public import announce_year, calendars, set_days, set_hours
from jingwei.calendars.testing import CREW, a_year, days_from
from jingwei.cases.actions.rescheduling import reschedule_cases
from jingwei.cases.models import Case, Stage
from jingwei.cases.progress import read_record
from jingwei.cases.reckoning import reckonings
from jingwei.cases.testing import MONDAY, a_case, make
from jingwei.cases.tests.test_rescheduling import YEAR_END
from jingwei.kernel.public import Schedule, clock
from jingwei.people.testing import a_holder, let_in, the_cast
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 17)


@pytest.fixture
def cast():
    return the_cast()


def explained(case, at=MONDAY):
    case = Case.objects.select_related("condition", "category").get(pk=case.pk)
    return reckonings(read_record(case, at), calendars(), "Grid 1")


def ends(found):
    return [(one.due_at, one.explanation and one.explanation.due_at) for one in found]


@pytest.mark.parametrize("status", ["filed", "dispatched", "in_hand", "handled", "closed"])
def test_every_explanation_ends_at_the_date_of_the_case(cast, status):
    found = explained(a_case(status, cast=cast))

    assert all(due == end for due, end in ends(found) if end is not None)
    assert [one.title for one in found if one.explanation is None] == (
        ["Handling"] if status in {"in_hand", "handled", "closed"} else []
    )
    assert len(found) == 1 + Stage.objects.count()


def test_a_date_that_was_moved_is_explained_by_what_is_known_since(cast):
    case = a_case("in_hand", cast=cast, at=YEAR_END)
    with clock.frozen(YEAR_END):
        announce_year(a_year(2027, *days_from(date(2027, 1, 2), 9)), by=None)
    reschedule_cases(now=YEAR_END)
    promise, *stages = explained(case, YEAR_END)

    assert promise.due_at == promise.explanation.due_at
    assert [move.said.splitlines()[0] for move in promise.moved] == [
        "Promised by 2027-01-12 09:00, before that by 2027-01-04 09:00."
    ]
    assert any("Spring Festival" in line.what for line in promise.explanation.lines)
    assert all(due == end for due, end in ends(stages) if end is not None)


def test_changed_hours_do_not_change_what_was_explained(cast):
    case = a_case("dispatched", cast=cast)
    before = ends(explained(case))
    with clock.frozen(MONDAY):
        district = ancestor(cast.grid, Level.DISTRICT)
        set_hours(
            ("a", district),
            Schedule.weekdays((clock.local(MONDAY).time(), clock.local(MONDAY + timedelta(hours=1)).time())),
            begins_on=MONDAY.date(),
            by=None,
        )
        set_hours(("d", cast.department.pk), CREW, begins_on=MONDAY.date(), by=None)

    assert ends(explained(case)) == before


def test_the_acceptance_is_counted_on_the_calendar_of_the_department(cast):
    with clock.frozen(MONDAY):
        set_hours(("d", cast.department.pk), CREW, begins_on=MONDAY.date(), by=None)
    case = a_case("filed", cast=cast, at=MONDAY)
    with clock.frozen(MONDAY + timedelta(hours=14)):
        make("dispatch", case, cast)
    accept = explained(case)[1]

    assert accept.whose == cast.department.name
    assert "夜班" in accept.explanation.lines[-1].what or "中班" in accept.explanation.lines[-1].what


def test_the_page_is_for_those_who_may_open_the_case(client, cast):
    case = a_case("in_hand", cast=cast)
    with clock.frozen(MONDAY):
        set_days(("a", cast.street), TUESDAY, TUESDAY, reason="Typhoon", by=None)
    reschedule_cases(now=MONDAY)
    address = f"/desk/cases/{case.number}/dates/"
    client.cookies["django_language"] = "en"

    said = unescape(let_in(client, cast.dispatcher).get(address).content.decode())
    assert "Promise to whoever reported it: <time" in said
    assert "Closed: Typhoon" in said
    assert let_in(client, cast.resident).get(address).status_code == 404


def test_the_case_leads_to_it(client, cast):
    case = a_case("in_hand", cast=cast)

    assert (
        f"/desk/cases/{case.number}/dates/"
        in let_in(client, cast.dispatcher).get(f"/desk/cases/{case.number}/").content.decode()
    )


def test_the_table_of_limits_says_when_each_would_run_out(client, cast, settled_calendars, django_assert_num_queries):
    a_case("filed", cast=cast)
    client.cookies["django_language"] = "en"
    let_in(client, a_holder("administrator", ancestor(cast.grid, Level.DISTRICT)))
    with clock.frozen(MONDAY):
        said = unescape(client.get("/desk/limits/").content.decode())
        with django_assert_num_queries(1):
            other = client.get("/desk/limits/", {"major": "event-01"})

    assert "4 working hours" in said
    assert "by 14:00 today" in said or "by 15:00 today" in said
    assert other.status_code == 200
    assert client.get("/desk/limits/", {"major": "nothing"}).status_code == 200
