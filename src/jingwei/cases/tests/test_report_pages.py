"""Reporting in the browser: signed out and in, without scripts, with all that goes wrong on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from jingwei.cases.models import Case, PendingReport, Photo, Report, Words
from jingwei.cases.tests.pages import INSIDE, OUTSIDE, a_file, a_jpeg, a_street, browser
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import a_holder
from jingwei.places.public import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
PHONE = "13912345678"


@pytest.fixture
def street():
    return a_street()


@pytest.fixture
def guest(client):
    return browser(client)


def begin(client, words="The cover rattles", portal="resident", **fields):
    """The first step; gives the report's key."""
    key = uuid4()
    sent = {"words": words, "category": "", "listed": "", **fields}
    answer = client.post(reverse(f"{portal}:report-what", args=[key]), sent)
    assert (answer.status_code, answer.url) == (302, reverse(f"{portal}:report-where", args=[key]))
    return key


def choose(client, key, street, portal="resident", **fields):
    """The second step: the building of the street."""
    at = {"at": f"b{street.building.pk}", **fields}
    answer = client.post(reverse(f"{portal}:report-where", args=[key]), at)
    assert (answer.status_code, answer.url) == (302, reverse(f"{portal}:report-send", args=[key]))


def send(client, key, portal="resident", **fields):
    return client.post(reverse(f"{portal}:report-send", args=[key]), {"category": "", "send": "1", **fields})


def text(answer):
    return answer.content.decode()


def test_a_guest_reports_with_the_code_at_the_end(guest, street, codes_sent):
    key = begin(guest, photos=[a_file(a_jpeg())])
    choose(guest, key, street, detail="by the gate")
    page = text(guest.get(reverse("resident:report-send", args=[key])))
    assert "The cover rattles" in page
    assert street.cast.grid_worker.name in page

    asked = guest.post(reverse("resident:report-send", args=[key]), {"phone": PHONE, "code": "", "send_code": "1"})
    assert "is on its way" in text(asked)
    answer = send(guest, key, phone=PHONE, code=codes_sent())
    assert answer.url == reverse("resident:report-done", args=[key])

    case = Case.objects.get()
    assert (case.code, case.place) == (street.cast.grid, "荷塘小区 5 栋, 荷塘路 18 号 by the gate")
    assert Report.objects.get().pk == key
    assert Report.objects.get().member == Member.objects.with_phone(PHONE).get()
    assert Photo.objects.get().case == case
    done = text(guest.get(answer.url))
    assert case.number in done
    assert "looks at it" in done


def test_the_report_s_page_begins_where_one_left_off(guest, street):
    key = begin(guest)
    assert guest.get(reverse("resident:report")).url == reverse("resident:report-what", args=[key])
    assert "The cover rattles" in text(guest.get(reverse("resident:report-what", args=[key])))

    answer = guest.post(reverse("resident:report-anew", args=[key]))
    assert str(key) not in answer.url
    assert not PendingReport.objects.exists()


def test_a_double_press_makes_one_report(client, street):
    resident = browser(client, street.cast.resident)
    key = begin(resident)
    choose(resident, key, street)
    first, second = send(resident, key), send(resident, key)

    assert first.url == second.url == reverse("resident:report-done", args=[key])
    assert Case.objects.count() == 1
    for step in ("what", "where", "send"):  # going back leads to what it became
        assert resident.get(reverse(f"resident:report-{step}", args=[key])).url == first.url


def test_nothing_said_is_asked_for(guest):
    answer = guest.post(reverse("resident:report-what", args=[uuid4()]), {"words": " "})

    assert answer.status_code == 422
    assert "add a photo" in text(answer)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 not a photo", "not a photo that we can read"),
        (a_jpeg()[:400], "damaged"),
        (b"\xff\xd8\xff" + b"0" * (20 * 2**20), "larger than 20 MB"),
    ],
    ids=["another kind", "torn", "huge"],
)
def test_a_photo_that_cannot_be_taken_is_named_and_the_rest_is_kept(guest, data, says):
    key = uuid4()
    files = [a_file(a_jpeg(), "good.jpg"), a_file(data, "bad.jpg")]
    answer = guest.post(reverse("resident:report-what", args=[key]), {"words": "See the photo", "photos": files})

    assert answer.status_code == 422
    assert "bad.jpg: " in text(answer)
    assert says in text(answer)
    row = PendingReport.objects.get(pk=key)
    assert (row.words, row.photos.count()) == ("See the photo", 1)


def test_a_photo_is_taken_out_again_and_the_words_stay(guest):
    key = begin(guest, photos=[a_file(a_jpeg())])
    photo = PendingReport.objects.get().photos.get()
    answer = guest.post(
        reverse("resident:report-what", args=[key]), {"words": "Without the photo", "remove": str(photo.pk)}
    )

    assert answer.status_code == 200
    row = PendingReport.objects.get()
    assert (row.words, row.photos.count()) == ("Without the photo", 0)


def test_what_somebody_else_writes_is_not_there(guest, street):
    key = begin(guest, photos=[a_file(a_jpeg())])
    photo = PendingReport.objects.get().photos.get()
    addresses = [reverse(f"resident:report-{step}", args=[key]) for step in ("what", "where", "send", "done")]
    addresses.append(reverse("resident:report-photo", args=[key, photo.pk]))
    assert guest.get(addresses[-1]).status_code == 200

    guest.cookies["report"] = "another browser's"
    assert {guest.get(address).status_code for address in addresses[1:]} == {404}
    first = guest.get(addresses[0])  # an id that is not one's own is like one that nobody has begun
    assert (first.status_code, first.context["row"], first.context["photos"]) == (200, None, [])
    assert guest.post(addresses[0], {"words": "Mine now"}).status_code == 422
    assert guest.post(reverse("resident:report-anew", args=[key])).status_code == 404
    assert PendingReport.objects.exists()


def test_words_suggest_categories(guest, street):
    page = text(guest.post(reverse("resident:report-guess"), {"words": "井盖缺了一块"}))

    assert page.count("radio") == 4
    assert "I do not know" in page
    assert "radio" not in text(guest.post(reverse("resident:report-guess"), {"words": "xyz"}))


def test_a_category_may_be_named_at_the_end(client, street):
    resident = browser(client, street.cast.resident)
    key = begin(resident, words="路灯不亮")
    choose(resident, key, street)
    assert "It looks like" in text(resident.get(reverse("resident:report-send", args=[key])))
    send(resident, key, category="0201")

    assert Case.objects.get().category_code == "0201"


def test_a_category_of_the_list_counts_more_than_a_guess(client, street):
    begin(client, category="0201", listed="0101")

    assert PendingReport.objects.get().category_code == "0101"


def test_the_place_of_the_photo_is_offered_first(guest, street):
    key = begin(guest, photos=[a_file(a_jpeg(at=INSIDE))])
    page = text(guest.get(reverse("resident:report-where", args=[key])))
    assert "Where the photo was taken" in page
    assert "荷塘路 18 号" in page

    guest.post(reverse("resident:report-where", args=[key]), {"at": "photo"})
    row = PendingReport.objects.get()
    assert (row.code, row.longitude, row.latitude) == (street.cast.grid, *INSIDE)


def test_the_device_s_place_is_chosen_when_it_comes(guest, street):
    key = begin(guest)
    answer = guest.post(
        reverse("resident:report-where", args=[key]),
        {"look": "1", "longitude": INSIDE[0], "latitude": INSIDE[1]},
        headers={"HX-Request": "true"},
    )
    assert "<html" not in text(answer)
    assert "Where you are" in text(answer)
    assert "checked" in text(answer)


def test_a_place_outside_says_so(guest, street):
    key = begin(guest)
    place = {"look": "1", "longitude": OUTSIDE[0], "latitude": OUTSIDE[1]}

    assert "outside our area" in text(guest.post(reverse("resident:report-where", args=[key]), place))


@pytest.mark.parametrize("words", ["荷塘小区 5", "荷塘路 18"])
def test_a_building_is_found_by_name_and_address(guest, street, words):
    key = begin(guest)
    page = text(guest.post(reverse("resident:report-where", args=[key]), {"find": "1", "q": words}))

    assert f"b{street.building.pk}" in page
    assert "checked" in page  # the only one found is chosen


def test_a_grid_is_chosen_from_the_list(guest, street):
    key = begin(guest)
    area = f"a{codes.write(street.cast.grid)}"
    answer = guest.post(reverse("resident:report-where", args=[key]), {"area": area})

    assert answer.url == reverse("resident:report-send", args=[key])
    assert PendingReport.objects.get().code == street.cast.grid


@pytest.mark.parametrize("given", [{}, {"at": "b-nonsense"}, {"q": "nowhere"}, {"at": "a990101999999000000"}])
def test_without_a_place_it_does_not_go_on(guest, street, given):
    key = begin(guest)
    answer = guest.post(reverse("resident:report-where", args=[key]), given)

    assert answer.status_code == 422
    assert "Choose a place" in text(answer)


def test_a_step_too_far_leads_back(guest):
    key = begin(guest)

    assert guest.get(reverse("resident:report-send", args=[key])).url == reverse("resident:report-where", args=[key])


@pytest.mark.parametrize(("phone", "says"), [("12345", "number"), ("", "required")])
def test_a_code_goes_to_a_mobile_number_only(guest, street, codes_sent, phone, says):
    key = begin(guest)
    choose(guest, key, street)
    answer = guest.post(reverse("resident:report-send", args=[key]), {"phone": phone, "send_code": "1"})

    assert answer.status_code == 422
    assert says in text(answer).lower()


@pytest.mark.parametrize("code", ["000000", "12", ""])
def test_a_wrong_code_sends_nothing_and_loses_nothing(guest, street, codes_sent, code):
    key = begin(guest)
    choose(guest, key, street)
    guest.post(reverse("resident:report-send", args=[key]), {"phone": PHONE, "send_code": "1"})
    code = "111111" if code == codes_sent() else code
    answer = send(guest, key, phone=PHONE, code=code)

    assert answer.status_code == 422
    assert PHONE in text(answer)
    assert not Case.objects.exists()


def test_an_expired_code_sends_nothing(guest, street, codes_sent):
    key = begin(guest)
    choose(guest, key, street)
    guest.post(reverse("resident:report-send", args=[key]), {"phone": PHONE, "send_code": "1"})
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        answer = send(guest, key, phone=PHONE, code=codes_sent())

    assert "not right, or no longer" in text(answer)
    assert not Case.objects.exists()


def test_a_worker_reports_from_their_grid_and_goes_on_to_solve(client, street):
    worker = browser(client, street.cast.grid_worker)
    key = begin(worker, portal="field")
    page = text(worker.get(reverse("field:report-where", args=[key])))
    assert "第七网格" in page
    answer = worker.post(reverse("field:report-where", args=[key]), {"at": f"a{codes.write(street.cast.grid)}"})
    assert answer.url == reverse("field:report-send", args=[key])
    assert "Solved on the spot" in text(worker.get(answer.url))
    answer = send(worker, key, portal="field", solve="1")

    case = Case.objects.get()
    assert case.channel == "field"
    assert answer.url == reverse("field:move", args=[case.number, "solve"])


def test_a_unit_head_reports_and_may_not_solve(client, street):
    unit = codes.child(street.cast.grid, 1)
    head = browser(client, a_holder("unit_head", unit))
    key = begin(head, portal="field")
    choose(head, key, street, portal="field")
    assert "Solved on the spot" not in text(head.get(reverse("field:report-send", args=[key])))

    answer = send(head, key, portal="field")
    assert answer.url == reverse("field:case", args=[Case.objects.get().number])


def test_the_field_is_for_those_who_work_there(client, street):
    key = uuid4()
    address = reverse("field:report-what", args=[key])
    assert browser(client).get(address).url.startswith(reverse("people:sign-in"))
    for member in (street.cast.resident, street.cast.dispatcher):
        assert browser(client, member).get(address).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "What happened?"), ("zh-hans", "发生了什么")])
def test_both_languages(client, language, words):
    assert words in text(browser(client, language=language).get(reverse("resident:report"), follow=True))


def test_words_of_a_report_stand_in_their_own_table(client, street):
    resident = browser(client, street.cast.resident)
    key = begin(resident, words="Line one\nline two")
    choose(resident, key, street)
    send(resident, key)

    assert Words.objects.get().text.splitlines() == ["Line one", "line two"]
    assert PendingReport.objects.get().words == ""
