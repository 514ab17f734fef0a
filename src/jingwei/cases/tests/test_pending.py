"""Reports while they are being written: kept, nobody else's, sent once, forgotten in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from jingwei.cases.actions import (
    MOST_PENDING_PHOTOS,
    add_pending_photo,
    discard_pending,
    drop_pending_photo,
    forget_pending,
    place_pending,
    send_pending,
    write_pending,
)
from jingwei.cases.actions.pending import BEGUN, PENDING_LIVES, REPORTS
from jingwei.cases.models import Case, PendingPhoto, PendingReport, Photo, Report
from jingwei.cases.spots import Spot
from jingwei.cases.testing import MONDAY
from jingwei.cases.tests.pages import a_jpeg
from jingwei.kernel.public import Refused, facts_after
from jingwei.kernel.testing import settle
from jingwei.people.testing import a_resident, the_cast
from jingwei.places.testing import an_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
BROWSER = "b" * 64


def a_pending(words="The lamp is out", *, by=None, key=None, **fields):
    return write_pending(key or uuid4(), browser=BROWSER, words=words, category_code="", by=by, **fields)


def placed(row, code):
    an_area(code)
    place_pending(row, Spot("a", code, "Hetang Road 18"), detail="by the gate")
    return row


def test_what_was_written_is_kept_and_changed():
    row = a_pending("The lamp")
    write_pending(row.pk, browser=BROWSER, words="The lamp is out", category_code="0101", by=None)

    kept = PendingReport.objects.get()
    assert (kept.words, kept.category_code) == ("The lamp is out", "0101")


def test_another_browser_may_not_write_on():
    row = a_pending()

    with pytest.raises(Refused, match="begun elsewhere"):
        write_pending(row.pk, browser="c" * 64, words="mine now", category_code="", by=None)


def test_another_member_at_the_same_browser_may_not_write_on():
    row = a_pending(by=a_resident())

    with pytest.raises(Refused, match="begun elsewhere"):
        a_pending("mine now", key=row.pk, by=a_resident())
    assert not PendingReport.objects.of(BROWSER, a_resident()).exists()


def test_what_a_guest_began_is_theirs_once_they_have_signed_in():
    row = a_pending()

    assert PendingReport.objects.of(BROWSER, a_resident()).get() == row


def test_a_photo_is_kept_once_with_its_place():
    row = a_pending()
    add_pending_photo(row, a_jpeg(at=(114.0, 30.0)))
    add_pending_photo(row, a_jpeg(at=(114.0, 30.0)))

    photo = row.photos.get()
    assert (photo.longitude, photo.latitude) == (114.0, 30.0)
    assert default_storage.exists(photo.file)


@pytest.mark.parametrize(("data", "says"), [(b"%PDF-1.7", "not a photo"), (b"\0" * (20 * 2**20 + 1), "larger than")])
def test_what_is_no_photo_is_refused_and_the_words_stay(data, says):
    row = a_pending()

    with pytest.raises(Refused, match=says):
        add_pending_photo(row, data)
    assert PendingReport.objects.get().words == "The lamp is out"


def test_a_report_takes_six_photos():
    row = a_pending()
    for number in range(MOST_PENDING_PHOTOS):
        add_pending_photo(row, a_jpeg((40 * number, 0, 0)))

    with pytest.raises(Refused, match="6 photos"):
        add_pending_photo(row, a_jpeg("red"))


def test_a_photo_taken_out_is_gone_with_its_file(django_capture_on_commit_callbacks):
    row = a_pending()
    photo = add_pending_photo(row, a_jpeg())
    with django_capture_on_commit_callbacks(execute=True):
        drop_pending_photo(row, photo.pk)
        drop_pending_photo(row, photo.pk)

    assert not row.photos.exists()
    assert not default_storage.exists(photo.file)


def test_sending_reports_with_photos_place_and_reporter():
    cast = the_cast()
    row = placed(a_pending(), cast.grid)
    photo = add_pending_photo(row, a_jpeg())
    case = send_pending(row, channel="resident", by=cast.resident)

    report = Report.objects.get()
    assert (report.pk, report.member_id, report.phone) == (row.pk, cast.resident.pk, cast.resident.phone)
    assert (case.place, case.channel, case.code) == ("Hetang Road 18 by the gate", "resident", cast.grid)
    kept = Photo.objects.get()
    assert (kept.case_id, kept.file, kept.moment) == (case.pk, photo.file, "before")
    assert not PendingPhoto.objects.exists()
    settle()
    assert [fact.kind for fact in facts_after(0, 99)][-2:] == ["case.moved", "case.photo_added"]


def test_sending_twice_is_reporting_once():
    cast = the_cast()
    row = placed(a_pending(), cast.grid)
    first = send_pending(row, channel="resident", by=cast.resident)

    assert send_pending(row, channel="resident", by=cast.resident) == first
    assert Case.objects.count() == 1


def test_what_was_sent_keeps_no_words_and_cannot_be_changed():
    cast = the_cast()
    row = placed(a_pending(), cast.grid)
    send_pending(row, channel="resident", by=cast.resident)

    assert PendingReport.objects.get().words == ""
    with pytest.raises(Refused, match="sent already"):
        a_pending("again", key=row.pk, by=cast.resident)


def test_a_report_that_is_refused_leaves_everything_as_it_was():
    cast = the_cast()
    row = a_pending("")  # neither words nor photo
    placed(row, cast.grid)

    with pytest.raises(Refused, match="few words"):
        send_pending(row, channel="resident", by=cast.resident)
    assert not Case.objects.exists()
    assert PendingReport.objects.get().case_id is None


def test_a_resident_reports_twenty_times_an_hour_and_a_worker_as_they_find():
    cast = the_cast()
    for _number in range(REPORTS.limit):
        REPORTS.require(str(cast.resident.pk))

    with pytest.raises(Refused, match="Too many"):
        send_pending(placed(a_pending(), cast.grid), channel="resident", by=cast.resident)
    assert send_pending(a_pending_at(cast.grid), channel="field", by=cast.grid_worker).number


def a_pending_at(code):
    row = a_pending()
    place_pending(row, Spot("a", code, "here"))
    return row


def test_one_address_cannot_begin_reports_without_end():
    for _number in range(BEGUN.limit):
        BEGUN.require("192.0.2.1")

    with pytest.raises(Refused, match="Too many"):
        a_pending(address="192.0.2.1")


def test_what_nobody_touches_for_a_day_is_forgotten_with_its_photos(django_capture_on_commit_callbacks):
    old = a_pending(now=MONDAY)
    file = add_pending_photo(old, a_jpeg(), now=MONDAY).file
    fresh = a_pending(now=MONDAY + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_pending(MONDAY + PENDING_LIVES) == 1

    assert PendingReport.objects.get() == fresh
    assert not default_storage.exists(file)


def test_forgetting_what_was_sent_leaves_the_case_and_its_photo(django_capture_on_commit_callbacks):
    cast = the_cast()
    row = placed(a_pending(now=MONDAY), cast.grid)
    file = add_pending_photo(row, a_jpeg(), now=MONDAY).file
    send_pending(row, channel="resident", by=cast.resident, now=MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        discard_pending(PendingReport.objects.get())

    assert Case.objects.exists()
    assert default_storage.exists(file)
