"""The field: what a worker has to do today, a case in hand, and the moves on the spot."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.attachments.public import read_upload
from jingwei.attachments.testing import an_upload
from jingwei.cases import actions
from jingwei.cases.models import Case, Photo
from jingwei.cases.testing import MONDAY, PLAIN, a_case, a_condition, make, verbs_of
from jingwei.cases.tests.pages import INSIDE, a_file, a_jpeg, a_street, browser
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Read, load_member
from jingwei.people.testing import a_holder, a_posting, let_in
from jingwei.places.public import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LATER = MONDAY + timedelta(hours=4)
HOME = "/field/"


@pytest.fixture
def cast():
    return a_street().cast


@pytest.fixture(autouse=True)
def later():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def worker(client, cast):
    return browser(client, cast.grid_worker)


def address(name, case, *more):
    return reverse(f"field:{name}", args=[case.number, *more])


def text(answer):
    return answer.content.decode()


def test_today_lists_what_is_to_file_and_to_check_the_most_pressing_first(worker, cast):
    a_case("handled", cast=cast)
    late = a_case(cast=cast, category_code=PLAIN[0])
    page = text(worker.get(HOME))

    assert page.index(late.number) < page.index("Lamp is out")
    assert "1 overdue" in page
    assert ("Overdue" in page, "Tomorrow" in page) == (True, True)
    assert address("move", late, "file") in page


def test_today_shows_nothing_of_words_and_reporters(worker, cast):
    a_case(cast=cast, words="Mrs Li on the third floor says", phone="13912345678")
    page = text(worker.get(HOME))

    assert "Mrs Li" not in page
    assert "13912345678" not in page


def test_today_leaves_out_what_others_have_in_hand(worker, cast):
    case = a_case("in_hand", cast=cast)

    assert case.number not in text(worker.get(HOME))


def test_what_was_sent_to_oneself_is_to_be_taken_on_and_handled(worker, cast):
    case = a_case("filed", cast=cast)
    actions.dispatch_case(case, member=cast.grid_worker, by=cast.dispatcher)
    assert address("move", case, "report_in") in text(worker.get(HOME))

    actions.report_in_case(case, by=cast.grid_worker)
    assert address("move", case, "handle") in text(worker.get(HOME))


def test_nobody_is_asked_to_check_their_own_work(worker, cast):
    case = a_case("filed", cast=cast)
    actions.dispatch_case(case, member=cast.grid_worker, by=cast.dispatcher)
    actions.report_in_case(case, by=cast.grid_worker)
    actions.handle_case(case, words="Mended", by=cast.grid_worker)

    assert case.number not in text(worker.get(HOME))


def test_a_professional_sees_the_categories_of_their_posting_only(client, cast):
    a_case("handled", cast=cast)
    lamps = a_holder("professional", cast.street, department=cast.department, categories=["02"])
    drains = a_holder("professional", cast.street, department=cast.department, categories=["01"])

    assert "Lamp is out" in text(browser(client, lamps).get(HOME))  # theirs to check
    assert "Lamp is out" not in text(browser(client, drains).get(HOME))
    case = a_case("dispatched", cast=cast)
    assert case.number in text(browser(client, lamps).get(HOME))
    assert case.number not in text(browser(client, drains).get(HOME))


def test_a_property_manager_has_what_was_sent_to_them(client, cast):
    manager = a_holder("property_manager", cast.grid)
    case = a_case("filed", cast=cast)
    a_case(cast=cast)
    actions.dispatch_case(case, member=manager, by=cast.dispatcher)
    page = text(browser(client, manager).get(HOME))

    assert page.count('<li class="due-row"') == 1
    assert browser(client, manager).get(address("case", case)).status_code == 200


def test_nothing_to_do_says_what_will_come(worker):
    page = text(worker.get(HOME))

    assert "Nothing waits for you" in page
    assert reverse("field:report") in page


def test_the_portal_is_for_those_who_work_in_the_field(client, cast):
    case = a_case(cast=cast)
    addresses = [HOME, "/field/me/", address("case", case), address("news", case), address("move", case, "file")]
    guest = browser(client)
    assert {guest.get(one).url.split("?")[0] for one in addresses} == {reverse("people:sign-in")}
    for member in (cast.resident, cast.community_officer, cast.dispatcher, cast.department_handler, cast.leader):
        other = browser(client, member)
        assert {other.get(one).status_code for one in addresses} == {404}, member


def test_the_case_of_another_grid_is_not_there(client, cast):
    case = a_case(cast=cast)
    neighbour = browser(client, a_holder("grid_worker", codes.child(cast.community, 2)))
    addresses = [address("case", case), address("news", case), address("move", case, "file")]

    assert {neighbour.get(one).status_code for one in addresses} == {404}
    assert neighbour.post(address("move", case, "reject"), {"seen": 1}).status_code == 404
    assert verbs_of(case) == ["report"]


def test_a_case_shows_place_words_and_moves(worker, cast):
    case = a_case(cast=cast, longitude=INSIDE[0], latitude=INSIDE[1], phone="13912345678", place="Hetang Road 18")
    page = text(worker.get(address("case", case)))

    assert "The lamp is out" in page
    assert "13912345678" not in page
    assert address("phone", case) in page
    assert "locator-pin" in page
    assert "geo:30.555000,114.305000" in page
    assert [verb for verb in ("file", "solve", "reject", "check") if address("move", case, verb) in page] == [
        "file",
        "solve",
        "reject",
    ]
    assert "Why not the others?" in page


def test_who_may_not_read_the_words_reads_none(client, cast):
    case = a_case("dispatched", cast=cast, words="Mrs Li on the third floor says", phone="13912345678")
    manager = a_holder("property_manager", cast.grid)
    actions.recall_case(case, words="wrong", by=cast.dispatcher)
    actions.dispatch_case(case, member=manager, by=cast.dispatcher)
    assert "Mrs Li" in text(browser(client, manager).get(address("case", case)))
    actions.recall_case(case, words="wrong", by=cast.dispatcher)

    page = text(browser(client, manager).get(address("case", case)))
    assert "Mrs Li" not in page
    assert "13912345678" not in page


def test_a_report_is_filed_with_category_condition_and_title(worker, cast):
    case = a_case(cast=cast)
    a_condition()
    look = text(worker.post(address("move", case, "file"), {"again": "1", "category": PLAIN[0], "title": "Lamp"}))
    assert "working days" in look
    assert 'value="Lamp"' in look
    sent = {
        "seen": case.version,
        "category": PLAIN[0],
        "condition": "-".join(PLAIN),
        "title": "Lamp at the gate is out",
        "area": case.code,
        "words": "",
    }
    answer = worker.post(address("move", case, "file") + "?next=/field/", sent)

    assert answer.url == HOME
    case.refresh_from_db()
    assert (case.status, case.title) == ("filed", "Lamp at the gate is out")


def test_words_and_photos_stand_over_the_decision_and_reading_them_is_noted(worker, cast):
    case = a_case(cast=cast)
    actions.add_photo(case, a_jpeg(), by=cast.resident)
    page = text(worker.get(address("move", case, "file")))

    assert "The lamp is out" in page
    assert "/small/" in page
    assert Read.objects.get().reader_id == cast.grid_worker.pk
    worker.get(address("move", case, "reject"))
    assert Read.objects.count() == 1


def test_the_conditions_follow_the_category(worker, cast):
    case = a_case(cast=cast)
    part = text(worker.get(address("choice", case, "file"), {"category": PLAIN[0]}))

    assert "<html" not in part
    assert 'type="radio"' in part
    assert worker.get(address("choice", case, "reject")).status_code == 404


STICKERS = {"category": "2109", "condition": "2109-01", "title": "Stickers on the wall", "words": "Scraped off"}
"""Of a class that ends in the grid, with a photo of the result."""


def test_solved_on_the_spot_with_a_photo_of_the_result(worker, cast):
    case = a_case(cast=cast)
    sent = {"seen": case.version, **STICKERS}
    missing = worker.post(address("move", case, "solve"), sent)
    assert "needs a photo of the result" in text(missing)
    assert "Scraped off" in text(missing)
    answer = worker.post(address("move", case, "solve"), {**sent, "photos": [a_file(a_jpeg())]})

    assert answer.url == address("case", case)
    case.refresh_from_db()
    assert case.status == "closed"
    assert Photo.objects.get().moment == "after"


def test_photo_that_came_in_pieces_counts_as_one_of_the_form_and_is_used_up(worker, cast):
    case = a_case(cast=cast)
    key = an_upload(a_jpeg(), cast.grid_worker)
    answer = worker.post(address("move", case, "solve"), {"seen": case.version, **STICKERS, "photos-upload": [key]})

    assert answer.url == address("case", case)
    assert Photo.objects.get().moment == "after"
    with pytest.raises(Refused):
        read_upload(key, by=cast.grid_worker)


def _comes_back(client, path, sent, by):
    """What the form says of its photos when it comes back: one came in pieces, one with the form."""
    back = client.post(path, {**sent, "photos": [a_file(a_jpeg())], "photos-upload": [an_upload(a_jpeg("teal"), by)]})
    return re.findall(r'name="photos-upload"\s+value="([^"]+)"\s+checked', text(back))


def test_photos_of_a_form_that_comes_back_are_sent_along_with_the_next(worker, cast):
    case = a_case(cast=cast)
    path, sent = address("move", case, "solve"), {"seen": case.version, **STICKERS}
    kept = _comes_back(worker, path, {**sent, "words": ""}, cast.grid_worker)

    assert len(kept) == 2
    shown = worker.get(reverse("attachments:small", args=[kept[1]]))
    assert (shown["Content-Type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    again = worker.post(path, {**sent, "photos-upload": kept[1:]})
    assert (again.status_code, Photo.objects.count()) == (302, 1)


def test_photos_stay_when_a_form_is_looked_at_again(worker, cast):
    path = address("move", a_case(cast=cast), "solve")
    kept = _comes_back(worker, path, {**STICKERS, "again": "1"}, cast.grid_worker)
    assert len(kept) == 2


def test_at_the_desk_too(client, cast):
    case, handler = a_case("in_hand", cast=cast), cast.department_handler
    path, sent = reverse("desk:move", args=[case.number, "handle"]), {"seen": case.version}
    kept = _comes_back(let_in(client, handler), path, {**sent, "words": ""}, handler)

    assert len(kept) == 2
    again = client.post(path, {**sent, "words": "Mended", "photos-upload": kept})
    assert (again.status_code, Photo.objects.count()) == (302, 2)


def test_photo_that_came_in_pieces_from_somebody_else_is_not_there(worker, cast):
    case = a_case(cast=cast)
    key = an_upload(a_jpeg(), cast.resident)
    answer = worker.post(address("move", case, "solve"), {"seen": case.version, **STICKERS, "photos-upload": [key]})

    assert answer.status_code == 409
    assert not Photo.objects.exists()


def test_what_another_level_ends_is_not_solved_on_the_spot(worker, cast):
    case = a_case(cast=cast)
    sent = {"seen": case.version, **STICKERS, "category": PLAIN[0], "condition": "-".join(PLAIN)}

    assert "not yours to end" in text(worker.post(address("move", case, "solve"), sent))
    assert verbs_of(case) == ["report"]


def test_work_is_taken_on_handled_and_returned_on_the_phone(client, cast):
    manager = a_holder("property_manager", cast.grid)
    case = a_case("filed", cast=cast)
    actions.dispatch_case(case, member=manager, by=cast.dispatcher)
    phone = browser(client, manager)
    case.refresh_from_db()
    phone.post(address("move", case, "report_in"), {"seen": case.version, "words": ""})
    case.refresh_from_db()
    assert case.status == "in_hand"
    sent = {"seen": case.version, "words": "Mended", "photos": [a_file(a_jpeg())]}
    phone.post(address("move", case, "handle"), sent)

    case.refresh_from_db()
    assert case.status == "handled"
    assert Photo.objects.get().moment == "after"


@pytest.mark.parametrize(
    ("result", "words", "status"), [("solved", "", "closed"), ("failed", "It flickers", "dispatched")]
)
def test_a_result_is_checked(worker, cast, result, words, status):
    case = a_case("handled", cast=cast)
    worker.post(address("move", case, "check"), {"seen": case.version, "result": result, "words": words})

    case.refresh_from_db()
    assert case.status == status


def test_a_failed_check_says_what_is_wrong(worker, cast):
    case = a_case("handled", cast=cast)
    answer = worker.post(address("move", case, "check"), {"seen": case.version, "result": "failed", "words": ""})

    assert answer.status_code == 422
    assert "what is still wrong" in text(answer)


def test_a_stale_form_is_refused_with_what_has_changed_and_keeps_the_words(worker, cast):
    case = a_case("handled", cast=cast)
    seen = case.version
    actions.rework_case(case, words="It flickers", by=cast.inspector)
    make("report_in", case, cast)
    with clock.frozen(LATER + timedelta(minutes=1)):
        make("handle", case, cast)
    answer = worker.post(address("move", case, "check"), {"seen": seen, "result": "solved", "words": "All bright"})

    page = text(answer)
    assert answer.status_code == 409
    assert "Somebody else has changed this case" in page
    assert "Since you opened it" in page
    assert cast.inspector.name in page
    assert "All bright" in page
    case.refresh_from_db()
    assert f'name="seen" value="{case.version}"' in page
    assert case.status == "handled"


def test_the_same_form_twice_is_one_move(worker, cast):
    case = a_case("handled", cast=cast)
    sent = {"seen": case.version, "result": "solved", "words": ""}
    answers = [worker.post(address("move", case, "check"), sent) for _press in range(2)]

    assert [one.status_code for one in answers] == [302, 409]
    assert "Nothing was done twice" in text(answers[1])
    assert verbs_of(case).count("check") == 1


def test_a_bad_photo_keeps_the_words_and_makes_no_move(client, cast):
    manager = a_holder("property_manager", cast.grid)
    case = a_case("filed", cast=cast)
    actions.dispatch_case(case, member=manager, by=cast.dispatcher)
    actions.report_in_case(case, by=manager)
    case.refresh_from_db()
    sent = {"seen": case.version, "words": "Mended", "photos": [a_file(b"%PDF-1.7", "x.jpg")]}
    answer = browser(client, manager).post(address("move", case, "handle"), sent)

    assert "not a photo that we can read" in text(answer)
    assert "Mended" in text(answer)
    assert Case.objects.get().status == "in_hand"


@pytest.mark.parametrize("verb", ["dispatch", "recall", "send_down", "rate", "nonsense"])
def test_moves_of_other_places_are_not_here(worker, cast, verb):
    case = a_case("filed", cast=cast)

    assert worker.get(address("move", case, verb)).status_code == 404


def test_a_move_that_is_not_possible_now_is_refused(worker, cast):
    case = a_case("filed", cast=cast)

    assert worker.get(address("move", case, "check")).status_code == 409


def test_a_move_that_is_not_one_s_own_is_not_permitted(worker, cast):
    case = a_case("dispatched", cast=cast)

    assert worker.get(address("move", case, "report_in")).status_code == 403
    assert worker.post(address("move", case, "report_in"), {"seen": case.version}).status_code == 403
    assert verbs_of(case)[-1] == "dispatch"


def test_whoever_has_a_desk_too_finds_the_field_s_moves_only(client, cast):
    both = a_holder("grid_worker", cast.grid)
    a_posting("dispatcher", cast.street, member=both)
    case = a_case("filed", cast=cast)
    page = text(browser(client, load_member(both.pk)).get(address("case", case)))

    assert "/moves/dispatch/" not in page
    assert "/moves/escalate/" in page


def test_the_way_back_stays_on_this_site(worker, cast):
    case = a_case("handled", cast=cast)
    sent = {"seen": case.version, "result": "solved", "words": "", "next": "https://elsewhere.example/"}

    assert worker.post(address("move", case, "check"), sent).url == address("case", case)


def test_news_come_only_when_there_are_some(worker, cast):
    case = a_case(cast=cast)
    assert worker.get(address("news", case), {"seen": case.version}).status_code == 204
    make("file", case, cast)

    assert "Something has happened" in text(worker.get(address("news", case), {"seen": case.version}))


def test_today_costs_six_queries_however_much_there_is(worker, cast, django_assert_num_queries):
    for number in range(4):
        a_case("handled", cast=cast, at=MONDAY + timedelta(minutes=number))
        a_case(cast=cast, at=MONDAY + timedelta(minutes=number))
    worker.get(HOME)  # the category table is kept from now on
    with django_assert_num_queries(6):
        assert text(worker.get(HOME)).count('<li class="due-row"') == 8


@pytest.mark.parametrize("status", ["reported", "in_hand", "closed"])
def test_a_case_costs_the_same_queries_whatever_has_happened(worker, cast, django_assert_max_num_queries, status):
    case = a_case(status, cast=cast, longitude=INSIDE[0], latitude=INSIDE[1])
    worker.get(address("case", case))
    with django_assert_max_num_queries(18):
        worker.get(address("case", case))


@pytest.mark.parametrize(("language", "words"), [("en", "To do"), ("zh-hans", "要做的事")])
def test_both_languages(client, cast, language, words):
    assert words in text(browser(client, cast.grid_worker, language).get(HOME))
