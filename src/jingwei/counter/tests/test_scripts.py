"""Scripts: which one holds for a class, in editions, and how a clerk works with it."""

import pytest
from django.urls import reverse

from jingwei.cases.testing import a_condition
from jingwei.counter import actions
from jingwei.counter.models import Call, Script
from jingwei.counter.scripts import script_for
from jingwei.counter.testing import a_call
from jingwei.counter.web.scripts import read_answers
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people.testing import a_holder, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db

HOURS = {"title": "Opening hours", "text": "From nine to five"}


@pytest.fixture(autouse=True)
def table():
    a_condition()


@pytest.fixture
def administrator(cast):
    return a_holder("administrator", codes.ancestor(cast.street, codes.Level.DISTRICT))


def a_script(code="", **said):
    return actions.publish_script(code, **{"opening": "Good morning", "reason": "First", "by": None} | said)


def test_the_script_of_the_class_goes_first():
    everywhere, major, own = a_script(), a_script("02"), a_script("0201")

    assert [script_for(code) for code in ("0201", "0202", "0102", "")] == [own, major, everywhere, everywhere]


def test_the_newest_edition_holds_and_an_empty_one_ends_it():
    first = a_script("0201")
    second = a_script("0201", opening="Good evening")

    assert script_for("0201") == second
    assert Script.objects.get(pk=first.pk).opening == "Good morning"
    a_script("0201", opening="")
    assert script_for("0201") is None


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        ({"code": "99"}, "no category 99"),
        ({"reason": " "}, "why it changes"),
        ({"opening": "x" * 1001}, "1000 characters"),
        ({"questions": ["x" * 121]}, "120 characters"),
        ({"questions": [str(one) for one in range(13)]}, "12 questions"),
        ({"answers": [HOURS] * 13}, "12 answers"),
        ({"answers": [{"title": "Hours", "text": ""}]}, "An answer has a title"),
    ],
)
def test_what_is_wrong_with_a_script_is_said(wrong, mend):
    with pytest.raises(Refused, match=mend):
        a_script(wrong.pop("code", ""), **wrong)


def test_only_who_sets_things_up_publishes(clerk):
    with pytest.raises(NotPermitted):
        a_script(by=clerk)


def test_answers_are_read_as_they_are_typed():
    typed = "Opening hours\r\nFrom nine\r\nto five\r\n\r\n\r\nWhere\r\nGate 3\r\n"

    assert read_answers(typed) == [
        {"title": "Opening hours", "text": "From nine\nto five"},
        {"title": "Where", "text": "Gate 3"},
    ]


def test_a_clerk_reads_ticks_and_answers_by_it(client, clerk):
    client.cookies["django_language"] = "en"
    desk, call = let_in(client, clerk), a_call(clerk)
    script = a_script(questions=["Since when?", "Which floor?"], answers=[HOURS])
    address = reverse("counter:call", args=[call.pk])

    page = desk.get(address).text
    assert "Good morning" in page
    assert "Which floor?" in page
    desk.post(address, {"words": "When?", "checked": ["Since when?"]}, headers={"HX-Request": "true"})
    desk.post(reverse("counter:answer", args=[call.pk]), {"checked": ["Since when?"], "ready": HOURS["text"]})

    call = Call.objects.get(pk=call.pk)
    assert (call.outcome, call.answer, call.checked, call.script_id) == (
        "answered",
        "From nine to five",
        ["Since when?"],
        script.pk,
    )


def test_an_administrator_publishes_looks_back_and_ends(client, administrator):
    client.cookies["django_language"] = "en"
    desk = let_in(client, administrator)
    typed = {"kind": "0201", "opening": "Hello", "questions": "Since when?\n\nWhere?", "answers": "", "reason": "New"}

    assert desk.post(reverse("counter:script-new"), typed).status_code == 302
    assert desk.post(reverse("counter:script", args=["0201"]), typed | {"opening": "Hi"}).status_code == 302

    assert script_for("0201").opening == "Hi"
    assert script_for("0201").questions == ["Since when?", "Where?"]
    assert "Hello" in desk.get(reverse("counter:script-editions", args=["0201"])).text
    assert "Hello" in desk.get(reverse("counter:script", args=["0201"]) + "?edition=1").text
    desk.post(reverse("counter:script-end", args=["0201"]))
    assert script_for("0201") is None
    assert "No script holds yet" in desk.get(reverse("counter:scripts")).text


@pytest.mark.parametrize("edition", ["7", "x", "٣", "999999999999"])
def test_an_edition_that_is_not_there_is_not_found(client, administrator, edition):
    a_script("0201")

    response = let_in(client, administrator).get(reverse("counter:script", args=["0201"]), {"edition": edition})

    assert response.status_code == 404


def test_a_kind_without_a_script_is_not_found(client, administrator):
    assert let_in(client, administrator).get(reverse("counter:script-editions", args=["0202"])).status_code == 404


def test_a_script_without_a_reason_is_shown_again(client, administrator):
    client.cookies["django_language"] = "en"
    typed = {"kind": "all", "opening": "Hello", "questions": "", "answers": "", "reason": ""}

    response = let_in(client, administrator).post(reverse("counter:script-new"), typed)

    assert response.status_code == 422
    assert "Hello" in response.text
