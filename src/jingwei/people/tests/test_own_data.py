"""What is held of a member: shown, taken away, corrected, erased."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from jingwei.kernel.public import Refused
from jingwei.people.actions import note_read
from jingwei.people.models import Member
from jingwei.people.own_data import EXPORTS, export_own
from jingwei.people.testing import a_member, a_resident, let_in

pytestmark = pytest.mark.django_db
PHONE = "13912345172"


@pytest.fixture(autouse=True)
def home(surroundings, tmp_path):
    surroundings(HOME=str(tmp_path))


def unpacked(packed):
    file = ZipFile(BytesIO(packed))
    return json.loads(file.read("data.json")), file.read("data.html").decode()


def test_the_page_shows_what_is_held_with_the_number_hidden(visitor):
    let_in(visitor, a_resident("Li Hua", phone=PHONE))

    page = visitor.get("/me/data/").content.decode()

    assert "Li Hua" in page
    assert "139 **** 5172" in page
    assert PHONE not in page


def test_the_export_holds_all_of_ones_own_for_people_and_programs(visitor):
    resident = a_resident("Li Hua", phone=PHONE)
    note_read("people.log", subject_id=resident.pk, reason="audit", by=a_member("Wu Fang"))
    let_in(visitor, resident)

    answer = visitor.post("/me/data/export/")
    data, page = unpacked(answer.content)

    assert answer["Content-Type"] == "application/zip"
    assert data["account"][0]["Mobile number"] == PHONE
    assert data["reads"][0]["Who looked"] == "Wu Fang"
    assert {"account", "postings", "sessions", "reads", "cases"} <= data.keys()
    assert PHONE in page
    assert "Wu Fang" in page


def test_exports_are_not_made_without_end():
    resident = a_resident()
    for _number in range(EXPORTS.limit):
        export_own(resident)

    with pytest.raises(Refused, match="Too many"):
        export_own(resident)


def test_a_name_is_corrected_on_the_page(visitor):
    resident = a_resident("Li Huo")
    let_in(visitor, resident)

    assert visitor.post("/me/data/name/", {"name": " "}).status_code == 422
    assert visitor.post("/me/data/name/", {"name": "Li Hua"}).url == "/me/data/"
    assert Member.objects.get(pk=resident.pk).name == "Li Hua"


def test_an_account_is_erased_after_a_question_and_nobody_is_signed_in_then(visitor):
    resident = a_resident("Li Hua")
    let_in(visitor, resident)

    assert visitor.post("/me/data/erase/", {}).status_code == 422
    assert Member.objects.get(pk=resident.pk).name == "Li Hua"
    assert visitor.post("/me/data/erase/", {"is_meant": "on"}).url == "/"

    assert Member.objects.get(pk=resident.pk).erased_at is not None
    assert visitor.get("/me/data/").status_code == 302


def test_staff_take_their_data_away_and_do_not_erase_it(visitor):
    worker = a_member("Wu Fang")
    let_in(visitor, worker)

    assert "Erase my account" not in visitor.get("/me/data/").content.decode()
    assert visitor.post("/me/data/export/").status_code == 200
    assert visitor.post("/me/data/erase/", {"is_meant": "on"}).status_code == 422
    assert Member.objects.get(pk=worker.pk).name == "Wu Fang"
