"""Filing and solving over HTTP: finding the class, and what its conditions promise."""

import re

import pytest
from django.urls import reverse

from jingwei.cases.models import Case, Photo
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.cases.tests.desk_pages import fields_of, move, send
from jingwei.cases.tests.pages import a_file, a_jpeg, browser
from jingwei.kernel.public import clock
from jingwei.people.public import Read
from jingwei.people.testing import the_cast
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "dialog"}
TITLE = "Lamp is out at Pear Lane 8"
COMMUNITY_CLASSES = [(f"{major:02}{minor:02}", "01") for major in range(9, 20) for minor in (1, 2)]


@pytest.fixture
def cast():
    a_condition()
    return the_cast()


def test_a_category_shows_its_conditions_with_what_they_would_promise(client, cast):
    case = a_case(cast=cast)
    browser(client, cast.community_officer)
    choice = reverse("desk:choice", args=[case.number, "file"], query={"category": "0101"})
    with clock.frozen(MONDAY):
        text = client.get(choice, headers={"HX-Request": "true", "HX-Target": "choice"}).text

    assert "<html" not in text
    assert len(re.findall(r'value="0101-\d\d"', text)) == len(a_condition("0101", "01").category.conditions.all())
    assert re.search(r"by 11:00 today.*?2 hours, day and night", text, re.DOTALL)


def suggested(text):
    return re.search(r'<div class="chips".*?</div>', text, re.DOTALL).group()


def test_everyday_words_find_a_category(client, cast):
    a_condition()
    case = a_case(cast=cast, words="路灯不亮了")
    browser(client, cast.community_officer)
    choice = reverse("desk:choice", args=[case.number, "file"])

    assert 'value="0101"' in suggested(client.get(choice, {"look": "manhole"}).text)
    assert "No category is called that" in client.get(choice, {"look": "zzz"}).text
    assert 'value="0201"' in suggested(client.get(move(case, "file")).text)


def test_without_scripts_a_suggestion_is_a_button_that_keeps_what_was_typed(client, cast):
    case = a_case(cast=cast)
    browser(client, cast.community_officer)
    typed = fields_of(client.get(move(case, "file")).text) | {"title": TITLE, "words": "Seen", "pick": "0101"}

    looked = client.post(move(case, "file"), typed)

    assert looked.status_code == 200
    assert fields_of(looked.text)["category"] == "0101"
    for kept in (TITLE, "Seen", 'value="0101-02"'):
        assert kept in looked.text
    assert Case.objects.get(pk=case.pk).status == "reported"


def test_a_condition_of_another_category_is_not_taken_for_one_of_this(client, cast):
    case = a_case(cast=cast)
    browser(client, cast.community_officer)

    response = send(client, case, "file", category="0101", condition="0201-01", title=TITLE)

    assert response.status_code == 422
    assert Case.objects.get(pk=case.pk).status == "reported"


def test_filing_can_move_a_case_to_the_grid_next_door(client, cast):
    case = a_case(cast=cast)
    next_door = an_area(cast.grid + 1000, name="Next door")
    an_area(cast.community + 10**6 + 1000, name="Another community")
    browser(client, cast.community_officer)
    typed = {"category": "0201", "condition": "0201-01", "title": TITLE}

    assert "Another community" not in client.get(move(case, "file")).text
    assert send(client, case, "file", **typed, area=next_door.code).status_code == 302

    assert Case.objects.get(pk=case.pk).code == next_door.code


def test_what_is_missing_is_said_and_what_was_typed_stays(client, cast):
    case = a_case(cast=cast)
    browser(client, cast.community_officer)

    page = send(client, case, "file", category="0201", title=TITLE, words="Seen on the spot")
    dialog = send(client, case, "file", category="0201", title=TITLE, words="Seen on the spot", headers=HTMX)

    for response in (page, dialog):
        assert response.status_code == 422
        assert "This field is required" in response.text
        for typed in (TITLE, "Seen on the spot", 'value="0201" selected', 'value="0201-01"'):
            assert typed in response.text
    assert dialog.headers["HX-Retarget"] == "#dialog"
    assert Case.objects.get(pk=case.pk).status == "reported"


def test_the_words_over_a_form_are_opened_on_record(client, cast):
    case = a_case(cast=cast, words="The lamp at number 8")
    browser(client, cast.community_officer)

    assert "The lamp at number 8" in client.get(move(case, "file")).text
    assert "The lamp at number 8" not in client.get(move(case, "reject")).text

    assert Read.objects.count() == 1


def test_a_worker_solves_on_the_spot_with_a_photo(client, cast, media):
    a_condition()
    case = a_case(cast=cast)
    browser(client, cast.community_officer)
    community = next(one for one in COMMUNITY_CLASSES if a_condition(*one).category.level in {"grid", "community"})
    typed = {"category": community[0], "condition": "-".join(community), "title": TITLE, "words": "Swept it"}

    response = send(client, case, "solve", **typed, photos=[a_file(a_jpeg())])

    assert response.status_code == 302, response.text
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("closed", "solved")
    assert Photo.objects.get(case=case).moment == "after"
