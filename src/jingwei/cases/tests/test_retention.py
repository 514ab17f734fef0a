"""What is kept of a case, and for how long: after that nothing about a person, and every count as before."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.cases import actions, retention
from jingwei.cases.actions.photos import make_thumbnail, thumbnail_name
from jingwei.cases.models import Case, PendingReport, Photo, Rating, Report, Stage, Step, Words
from jingwei.cases.personal import CONTACTS, WORDS
from jingwei.cases.retention import forget_contacts, forget_words, with_contacts, with_words
from jingwei.cases.testing import MONDAY, a_case, a_pending_report, make
from jingwei.cases.tests.pages import a_jpeg
from jingwei.kernel.public import clock, declared
from jingwei.people.public import Member
from jingwei.people.testing import the_cast

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
DAY = timedelta(days=1)
LATER = MONDAY + timedelta(days=5)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_told_case(status, cast, at=MONDAY):
    """A case with everything that a reporter may leave behind."""
    case = a_case(
        status, cast=cast, at=at, name="Wang", phone=PHONE, place="Building 5, room 302", longitude=114.1, latitude=30.5
    )
    if status == "closed":
        actions.rate_case(case, grade=2, words="Slow", by=cast.resident, now=case.closed_at + DAY)
    return case


def personal_values(case, kept):
    """Every value of a column whose retention is `kept`, in every row that belongs to the case."""
    for (model, column), entry in declared().items():
        if kept not in entry.retention or model in {PendingReport, Member}:
            continue
        rows = model.objects.filter(pk=case.pk) if model is Case else model.objects.filter(case=case)
        if model in {Step, Stage}:
            rows = rows.exclude(**{f"{column}__kind": Member.Kind.STAFF})
        yield from (value for value in rows.values_list(column, flat=True) if value not in {None, "", b""})


def counts():
    """What statistics are made of."""
    return {
        "cases": list(
            Case.objects.values(
                "number",
                "code",
                "category_code",
                "status",
                "outcome",
                "reported_at",
                "due_at",
                "handled_at",
                "closed_at",
            ).order_by("number")
        ),
        "ratings": list(Rating.objects.values_list("case__number", "grade").order_by("case__number")),
        "steps": list(Step.objects.values_list("case__number", "verb", "occurred_at").order_by("pk")),
        "stages": list(Stage.objects.values_list("case__number", "name", "ended_at").order_by("pk")),
        "channels": list(Case.objects.values_list("channel").annotate(n=Count("pk")).order_by("channel")),
    }


def forget(now):
    return sum(forget_contacts(now)), sum(forget_words(now))


def test_names_and_numbers_go_a_year_after_the_end(cast):
    case = a_told_case("closed", cast)
    before = counts()

    assert forget(case.closed_at + CONTACTS.period - DAY) == (0, 0)
    assert Report.objects.get().phone == PHONE
    assert forget(case.closed_at + CONTACTS.period) == (1, 0)

    assert (Report.objects.get().name, Report.objects.get().phone) == ("", "")
    assert list(personal_values(case, WORDS)) != []
    assert counts() == before


def test_words_and_photos_go_after_three_years_with_their_files(cast):
    case = a_told_case("in_hand", cast)
    photo = actions.add_photo(case, a_jpeg(), by=cast.department_handler)
    make_thumbnail(str(photo.pk))
    with clock.frozen(LATER):
        case = make("check", make("handle", case, cast), cast)
    files = [photo.file, thumbnail_name(photo)]
    assert all(default_storage.exists(name) for name in files)

    forget(case.closed_at + WORDS.period)

    assert not any(default_storage.exists(name) for name in files)
    assert not Photo.objects.exists()
    assert not Words.objects.exists()
    assert list(personal_values(case, WORDS)) == []


@pytest.mark.parametrize("status", ["reported", "filed", "in_hand", "handled"])
def test_nothing_goes_of_a_case_that_is_open(cast, status):
    case = a_told_case(status, cast)

    assert forget(case.reported_at + 10 * WORDS.period) == (0, 0)
    assert Report.objects.get().phone == PHONE


def test_a_case_that_was_opened_again_is_counted_from_its_new_end(cast):
    case = a_told_case("closed", cast)
    first_end = case.closed_at
    case = actions.reopen_case(
        case, words="Still dark", level="street", by=cast.resident, now=first_end + timedelta(hours=30)
    )

    assert forget(first_end + WORDS.period) == (0, 0)


def test_what_was_broken_off_goes_on_and_twice_is_once(cast, monkeypatch):
    cases = [a_told_case("closed", cast, at=MONDAY + DAY * number) for number in range(3)]
    now = cases[-1].closed_at + WORDS.period
    monkeypatch.setattr(retention, "CASES_AT_ONCE", 1)
    next(forget_words(now))  # and then the process is killed
    assert with_words(now).count() == 2

    assert sum(forget_words(now)) == 2
    assert forget(now) == (0, 0)


def test_files_that_are_gone_already_are_no_obstacle(cast):
    case = a_told_case("in_hand", cast)
    photo = actions.add_photo(case, a_jpeg(), by=cast.department_handler)
    with clock.frozen(LATER):
        case = make("check", make("handle", case, cast), cast)
    default_storage.delete(photo.file)

    assert forget(case.closed_at + WORDS.period)[1] == 1
    assert not Photo.objects.exists()


def test_a_report_that_was_never_sent_goes_after_a_day(cast):
    with clock.frozen(MONDAY):
        a_pending_report(cast.resident)

    assert sum(retention._forget_pending(MONDAY + DAY / 2)) == 0
    assert sum(retention._forget_pending(MONDAY + DAY)) == 1
    assert not PendingReport.objects.exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lived=st.lists(
        st.tuples(st.sampled_from(["reported", "in_hand", "closed"]), st.integers(0, 5 * 365)), min_size=1, max_size=4
    )
)
def test_after_the_night_nothing_personal_is_left_of_expired_cases_and_counts_are_as_before(lived):
    cast = the_cast()
    now = MONDAY + timedelta(days=5 * 365)
    cases = [a_told_case(status, cast, at=MONDAY + DAY * after) for status, after in lived]
    before = counts()

    assert with_contacts(now).count() >= sum(forget_contacts(now))
    sum(forget_words(now))

    for case in cases:
        case.refresh_from_db()
        is_over = case.closed_at is not None
        if is_over and case.closed_at <= now - WORDS.period:
            assert list(personal_values(case, WORDS)) == []
        if is_over and case.closed_at <= now - CONTACTS.period:
            assert list(personal_values(case, CONTACTS)) == []
        else:
            assert PHONE in set(personal_values(case, CONTACTS))
    assert counts() == before
    assert with_words(now).count() == with_contacts(now).count() == 0
