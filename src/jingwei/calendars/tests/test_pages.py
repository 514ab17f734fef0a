"""The pages of calendars, as the administrator of a district uses them."""

from datetime import UTC, date, datetime
from html import unescape

import pytest

from jingwei.calendars.actions import set_days
from jingwei.calendars.current import calendars
from jingwei.calendars.models import AnnouncedYear, Edition, OwnDays
from jingwei.calendars.testing import NOTICE_2027
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, let_in, the_cast
from jingwei.places.public import Level, ancestor
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
WEEK = {f"first_{day}": "9:00-12:00, 13:30-17：00" for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture(autouse=True)
def november():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def district(cast):
    code = ancestor(cast.grid, Level.DISTRICT)
    an_area(cast.street)
    return code


@pytest.fixture
def browser(client, district):
    client.cookies["django_language"] = "en"
    return let_in(client, a_holder("administrator", district))


def page(response):
    return " ".join(unescape(response.content.decode()).split())


def test_the_first_page_is_the_districts_year(browser, district):
    response = browser.get("/desk/calendars/", follow=True)

    assert response.redirect_chain == [(f"/desk/calendars/a{district}/", 302)]
    assert "248 working days in the year." in page(response)
    assert page(response).count('data-kind="make_up"') == 1 + 6  # the legend, and the year
    assert "Mon–Fri 08:00–12:00 14:00–18:00" in page(response)


def test_a_year_to_come_is_provisional(browser, district):
    said = page(browser.get(f"/desk/calendars/a{district}/?year=2027"))

    assert "not announced yet" in said
    assert "data-provisional" in said


@pytest.mark.parametrize("year", ["", "no", "99999", "0001", "２０２７"])
def test_no_year_breaks_the_page(browser, district, year):
    assert browser.get(f"/desk/calendars/a{district}/", {"year": year}).status_code == 200


def test_a_notice_is_read_shown_and_adopted(browser):
    preview = browser.post("/desk/calendars/announce/", {"text": NOTICE_2027})
    assert "2027-02-05 to 2027-02-11" in page(preview)
    assert "Adopt 2027" in page(preview)
    assert not AnnouncedYear.objects.exists()

    browser.post("/desk/calendars/announce/", {"text": NOTICE_2027, "confirm": "yes"})
    assert AnnouncedYear.objects.get().year == 2027


def test_a_notice_with_a_fault_cannot_be_adopted(browser):
    text = NOTICE_2027.replace("共7天", "共8天")
    preview = browser.post("/desk/calendars/announce/", {"text": text})
    sent = browser.post("/desk/calendars/announce/", {"text": text, "confirm": "yes"})

    assert "the text says 8 days, but names 7" in page(preview)
    assert "Adopt 2027" not in page(preview)
    assert sent.status_code == 422
    assert not AnnouncedYear.objects.exists()


def test_nothing_sent_is_told_so(browser):
    assert "Paste the text, or choose a file." in page(browser.post("/desk/calendars/announce/", {"text": ""}))


def test_hours_are_set_by_the_week(browser, district, cast):
    form = browser.get(f"/desk/calendars/a{district}/hours/")
    assert 'value="08:00–12:00 14:00–18:00"' in page(form)

    browser.post(f"/desk/calendars/a{district}/hours/", {"kind": "week", "begins_on": "2026-11-23", **WEEK})
    day = calendars().place(cast.grid).day(MONDAY)
    assert [(one.begin, one.end) for one in day.hours] == [(540, 720), (810, 1020)]


def test_two_seasons_are_set_together(browser, district, cast):
    summer = {f"second_{day}": "7:30-12:00" for day in ("mon", "tue", "wed", "thu", "fri")}
    sent = {"kind": "week", "begins_on": "2026-11-23", "season_begins": "06-01", **WEEK, **summer}
    browser.post(f"/desk/calendars/a{district}/hours/", sent)

    assert calendars().place(cast.grid).day(date(2027, 6, 1)).minutes == 270
    assert calendars().place(cast.grid).day(date(2027, 5, 31)).minutes == 390


@pytest.mark.parametrize(("kind", "first"), [("two", (0, 480)), ("three", (0, 480)), ("four", (120, 480))])
def test_a_crew_works_round_the_clock(browser, district, cast, kind, first):
    key = f"d{cast.department.pk}"
    sent = {"kind": kind, "begins_on": "2026-11-23", "shift_begins": "08:00"}
    browser.post(f"/desk/calendars/{key}/hours/", sent)
    day = calendars().department(cast.department.pk, cast.grid).day(date(2027, 1, 1))

    assert day.minutes == 24 * 60
    assert (day.hours[0].begin, day.hours[0].end) in {first, (0, 120), (0, 480)}
    assert "holidays too" in page(browser.get(f"/desk/calendars/{key}/"))


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"first_mon": "early"}, "Write hours as"),
        ({"first_mon": "25:00-26:00"}, "Write hours as"),
        ({"first_mon": "9:00-12:00 11:00-13:00"}, "do not overlap"),
        ({}, "somebody works at all"),
        ({**WEEK, "begins_on": "2026-11-01"}, "today or later"),
        ({**WEEK, "season_begins": "13-01"}, "valid value"),
        ({**WEEK, "season_begins": "02-30"}, "do not overlap"),
    ],
)
def test_hours_that_cannot_be_are_told_why(browser, district, sent, why):
    response = browser.post(f"/desk/calendars/a{district}/hours/", {"kind": "week", "begins_on": "2026-11-23", **sent})

    assert response.status_code == 422
    assert why in page(response)
    assert not Edition.objects.exists()


def test_days_are_looked_at_before_they_are_entered(browser, district):
    address = f"/desk/calendars/a{district}/days/"
    sent = {"first_on": "2026-11-23", "last_on": "", "reason": "Typhoon", "hours": ""}
    assert "0 promises move to a later date." in page(browser.post(address, sent))
    assert not OwnDays.objects.exists()

    browser.post(address, {**sent, "confirm": "yes"})
    row = OwnDays.objects.get()
    assert (row.first_on, row.last_on, row.hours) == (MONDAY, MONDAY, [])
    assert "Typhoon" in page(browser.get(f"/desk/calendars/a{district}/"))
    browser.post(f"/desk/calendars/a{district}/days/{row.pk}/")
    assert OwnDays.objects.get().until_id


def test_days_that_make_no_sense_are_told_why(browser, district):
    sent = {"first_on": "2020-01-01", "reason": "Typhoon"}

    assert "too long ago" in page(browser.post(f"/desk/calendars/a{district}/days/", sent))


def test_days_of_another_office_are_not_there(browser, district, cast):
    row = set_days(("d", cast.department.pk), MONDAY, MONDAY, reason="Fair", by=None)

    assert browser.post(f"/desk/calendars/a{district}/days/{row.pk}/").status_code == 404
    assert browser.post(f"/desk/calendars/d{cast.department.pk}/days/{row.pk}/").status_code == 302


def test_a_limit_is_reckoned_line_by_line(browser, district):
    said = page(
        browser.get(
            "/desk/calendars/calculator/",
            {"amount": 4, "kind": "working_hours", "start": "2026-11-20T16:00", "office": f"a{district}"},
        )
    )

    assert "Runs out at" in said
    assert "2026-11-23 10:00" in said


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"kind": "years"}, {"start": "1066-01-01T00:00"}, {"office": "a1"}])
def test_what_cannot_be_reckoned_is_told(browser, district, wrong):
    asked = {"amount": 4, "kind": "working_hours", "start": "2026-11-20T16:00", "office": f"a{district}", **wrong}

    assert browser.get("/desk/calendars/calculator/", asked).status_code == 422


def test_a_year_costs_the_same_queries_whatever_the_office(
    browser, district, cast, settled_calendars, django_assert_num_queries
):
    browser.get(f"/desk/calendars/a{district}/")
    with django_assert_num_queries(6):
        browser.get(f"/desk/calendars/d{cast.department.pk}/")
