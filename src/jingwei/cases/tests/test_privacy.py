"""A reporter's own: taken away whole, and erased so that nothing says who it was."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from jingwei.cases import actions
from jingwei.cases.models import Case, Photo, Report, Step, Words
from jingwei.cases.testing import MONDAY, a_case, a_condition, a_draft, a_pending_report
from jingwei.cases.tests.pages import a_jpeg
from jingwei.kernel.public import Refused, entered
from jingwei.people.public import erase_member, export_own, reach_of
from jingwei.people.testing import a_resident, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_export_holds_ones_matters_and_photos_and_nobody_elses(cast):
    case = a_case(cast=cast, words="My lamp", place="Building 5")
    photo = actions.add_photo(case, a_jpeg(), by=cast.resident)
    neighbour = a_resident()
    a_case(cast=cast, words="Their lamp", member_id=neighbour.pk)

    file = ZipFile(BytesIO(export_own(cast.resident)))
    (matter,) = json.loads(file.read("data.json"))["cases"]

    assert (matter["Number"], matter["Your words"], matter["Place"]) == (case.number, "My lamp", "Building 5")
    assert file.read(f"photos/{photo.pk}.jpg")[:2] == b"\xff\xd8"
    assert "Their lamp" not in file.read("data.html").decode()


def test_the_export_holds_what_somebody_wrote_down_for_them_and_nothing_that_staff_said(cast):
    told = a_draft(cast.grid, words="My lamp, by telephone", member_id=cast.resident.pk)
    case = Case.objects.get(number=actions.report_case(told, by=cast.grid_worker).number)
    actions.file_case(case, condition=a_condition(), title="Lamp is out", words="Look by noon", by=cast.grid_worker)
    actions.report_case(a_draft(cast.grid, words="What I saw myself"), by=cast.grid_worker)

    with entered(reach_of(cast.resident)):
        file = ZipFile(BytesIO(export_own(cast.resident)))
    (matter,) = json.loads(file.read("data.json"))["cases"]
    assert matter["Your words"] == "My lamp, by telephone"


def test_whoever_has_an_open_case_is_told_which(cast):
    case = a_case("filed", cast=cast)

    with pytest.raises(Refused, match=case.number):
        erase_member(cast.resident, by=cast.resident)


def test_erasing_leaves_the_case_and_nothing_about_its_reporter(cast):
    case = a_case("closed", cast=cast, words="My lamp", place="Building 5", longitude=114.1, latitude=30.5)
    actions.rate_case(case, grade=2, words="Slow", by=cast.resident, now=case.closed_at)
    photo = Photo.objects.create(
        case=case, member=cast.resident, code=case.code, moment="before", digest=b"1", width=1, height=1,
        file=default_storage.save("photos/a.jpg", BytesIO(b"picture")), recorded_at=MONDAY,
    )  # fmt: skip
    a_pending_report(cast.resident, words="Another lamp")

    erase_member(cast.resident, by=cast.resident)

    case.refresh_from_db()
    assert (case.place, case.longitude, case.latitude, case.outcome) == ("", None, None, "solved")
    report = Report.objects.get()
    assert (report.member_id, report.sender_id, report.name, report.phone) == (None, None, "", "")
    assert not Step.objects.filter(actor=cast.resident).exists()
    assert not {"My lamp", "Slow"} & set(Words.objects.values_list("text", flat=True))
    assert Words.objects.exists()  # what staff wrote stays its three years
    assert not default_storage.exists(photo.file)
    assert Case.objects.count() == 1
    assert case.ratings.get().grade == 2
