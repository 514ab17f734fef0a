"""Moves over HTTP: each form as it stands in the page, sent as a browser without scripts sends it; and as htmx does."""

import re
from datetime import timedelta

import pytest

from jingwei.cases import actions
from jingwei.cases.models import Assignment, Case, Photo, Step, Words
from jingwei.cases.testing import MONDAY, a_case, a_condition, make, verbs_of
from jingwei.cases.tests.desk_pages import fields_of, move, page_of, send
from jingwei.cases.tests.pages import a_file, a_jpeg, browser
from jingwei.kernel.public import clock
from jingwei.people.testing import a_department, a_holder, the_cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "dialog"}
TITLE = "Lamp is out at Pear Lane 8"


@pytest.fixture
def cast():
    a_condition()
    return the_cast()


WAYS = [
    ("reported", "file", "community_officer", {"category": "0201", "condition": "0201-01", "title": TITLE}, "filed"),
    ("reported", "reject", "community_officer", {"reason": "not_here", "words": "Next street"}, "rejected"),
    ("filed", "dispatch", "dispatcher", {"words": "Please mend it"}, "dispatched"),
    ("filed", "escalate", "dispatcher", {"words": "Too large for us"}, "filed"),
    ("filed", "send_down", "dispatcher", {"level": "community", "words": "Yours"}, "filed"),
    ("dispatched", "recall", "dispatcher", {"words": "The wrong office"}, "filed"),
    ("dispatched", "report_in", "department_handler", {"words": "On our way"}, "in_hand"),
    ("dispatched", "return", "department_handler", {"words": "Not ours"}, "filed"),
    ("in_hand", "handle", "department_handler", {"words": "A new lamp"}, "handled"),
    ("handled", "check", "grid_worker", {"result": "solved", "words": "It shines"}, "closed"),
    ("handled", "check", "grid_worker", {"result": "failed", "words": "Still dark"}, "dispatched"),
    ("closed", "reopen", "grid_worker", {"level": "street", "words": "Dark again"}, "filed"),
]


@pytest.mark.parametrize(("status", "verb", "role", "typed", "after"), WAYS, ids=[f"{way[1]}-{way[4]}" for way in WAYS])
def test_a_move_is_made_with_a_plain_form(client, cast, status, verb, role, typed, after):
    case = a_case(status, cast=cast)
    if verb == "dispatch":
        typed = typed | {"party": f"d{cast.department.pk}"}
    browser(client, getattr(cast, role))

    response = send(client, case, verb, **typed)

    assert response.status_code == 302, response.text
    assert response.url == page_of(case)
    case.refresh_from_db()
    assert case.status == after
    step = Step.objects.filter(case=case).order_by("pk").last()
    assert step.actor_id == getattr(cast, role).pk
    assert typed.get("words", "") in Words.objects.filter(step=step).values_list("text", flat=True) or verb == "file"
    assert case.number in client.get(response.url).text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("status", "verb", "role"), [way[:3] for way in WAYS])
def test_every_form_stands_in_a_page_and_in_a_dialog_in_both_languages(client, cast, language, status, verb, role):
    case = a_case(status, cast=cast)
    browser(client, getattr(cast, role), language)

    page, dialog = client.get(move(case, verb)), client.get(move(case, verb), headers=HTMX)

    assert "<h1>" in page.text
    assert "hx-post" not in page.text
    assert 'id="dialog-title"' in dialog.text
    assert f'hx-post="{move(case, verb)}"' in dialog.text
    assert "<html" not in dialog.text


def test_what_htmx_sends_goes_back_to_where_it_was_begun(client, cast):
    case = a_case("filed", cast=cast)
    browser(client, cast.dispatcher)
    back = f"/desk/a{cast.street}/dispatch/?case={case.number}"
    opened = client.get(move(case, "escalate", next=back), headers=HTMX)

    response = client.post(move(case, "escalate"), fields_of(opened.text) | {"words": "Too large"}, headers=HTMX)

    assert response.headers["HX-Redirect"] == back
    assert f"{case.number} is with the level above." in client.get(back).text


@pytest.mark.parametrize("outside", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_move_never_leads_off_the_site(client, cast, outside):
    case = a_case("filed", cast=cast)
    browser(client, cast.dispatcher)

    response = send(client, case, "escalate", words="Too large", next=outside)

    assert response.url == page_of(case)


def test_a_stale_form_is_refused_shows_what_is_new_and_can_be_sent_again(client, cast):
    case = a_case("filed", cast=cast)
    browser(client, cast.dispatcher)
    typed = fields_of(client.get(move(case, "escalate")).text) | {"words": "Too large for the street"}
    other = a_holder("dispatcher", cast.street, name="Zhou Min")
    actions.dispatch_case(case, department=cast.department, words="Go and look", by=other)

    refused = client.post(move(case, "escalate"), typed)

    assert refused.status_code == 409
    for said in ("Somebody else has changed this case", "Zhou Min", "Go and look", "Too large for the street"):
        assert said in refused.text
    assert Case.objects.get(pk=case.pk).level == "street"
    again = client.post(move(case, "escalate"), fields_of(refused.text))
    assert again.status_code == 302
    assert verbs_of(case)[-2:] == ["dispatch", "escalate"]


def test_a_stale_form_whose_move_is_over_keeps_the_words_and_offers_no_button(client, cast):
    case = a_case("filed", cast=cast)
    browser(client, cast.dispatcher)
    typed = fields_of(client.get(move(case, "dispatch")).text)
    typed |= {"party": f"d{cast.department.pk}", "words": "Mend the lamp"}
    actions.escalate_case(case, words="Not ours", by=a_holder("dispatcher", cast.street))

    refused = client.post(move(case, "dispatch"), typed, headers=HTMX)

    assert refused.status_code == 409
    assert "Mend the lamp" in refused.text
    assert "answers for this case now: only its dispatchers and officers may do this." in refused.text
    assert "btn-send" not in refused.text.replace("find .btn-send", "")


def test_a_form_sent_twice_does_its_work_once(client, cast):
    case = a_case("filed", cast=cast)
    browser(client, cast.dispatcher)
    typed = fields_of(client.get(move(case, "dispatch")).text) | {"party": f"d{cast.department.pk}"}

    first, second = client.post(move(case, "dispatch"), typed), client.post(move(case, "dispatch"), typed)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Nothing was done twice" in second.text
    assert Assignment.objects.filter(case=case).count() == 1


def test_a_move_that_is_not_open_is_not_shown_as_a_form(client, cast):
    filed, handled = a_case("filed", cast=cast), a_case("handled", cast=cast)
    browser(client, cast.dispatcher)

    assert client.get(move(filed, "recall")).status_code == 409
    assert "Nobody has been sent yet." in client.get(move(filed, "recall")).text
    assert client.get(move(handled, "check")).status_code == 403
    for verb in ("rate", "rework", "nonsense"):
        assert client.get(move(filed, verb)).status_code == 404
    assert client.put(move(filed, "dispatch")).status_code == 405


def test_nobody_makes_a_move_that_is_not_theirs(client, cast):
    case = a_case("handled", cast=cast)
    for role, verb, typed in (
        ("leader", "check", {"result": "solved"}),
        ("department_handler", "check", {"result": "solved"}),
        ("leader", "reject", {"reason": "not_here", "words": "No"}),
    ):
        browser(client, getattr(cast, role))
        response = client.post(move(case, verb), {"seen": case.version, **typed})
        assert response.status_code == 403, (role, verb)
    assert Case.objects.get(pk=case.pk).status == "handled"


def test_the_right_department_comes_first_with_its_load_and_one_that_returned_it_last(client, cast):
    key = a_condition().category.department_key
    task = a_department("Lighting Crew", key=key, code=cast.street)
    part = a_department("Night Shift", parent=task, code=cast.street)
    busy = a_case("filed", cast=cast)
    actions.dispatch_case(busy, department=part, by=cast.dispatcher)
    case = a_case("dispatched", cast=cast)
    actions.return_case(case, words="Not ours", by=cast.department_handler)
    browser(client, cast.dispatcher)

    text = client.get(move(case, "dispatch")).text

    names = re.findall(r"<strong>(.*?)</strong>", text)
    assert names[:2] == ["Lighting Crew", "Night Shift"]
    assert fields_of(text)["party"] == f"d{task.pk}"
    assert re.search(r"Leads here by the table of duties.*?1 in hand", text, re.DOTALL)
    returned = re.search(rf'value="d{cast.department.pk}"[^>]*>', text).group()
    assert "disabled" in returned
    assert "Only a higher level may ask again" in text


def test_a_community_sends_work_to_the_people_of_the_place(client, cast):
    case = actions.send_down_case(a_case("filed", cast=cast), level="community", words="Yours", by=cast.dispatcher)
    browser(client, cast.community_officer)

    assert send(client, case, "dispatch", party=f"m{cast.grid_worker.pk}").status_code == 302

    assert Assignment.objects.get(case=case).member_id == cast.grid_worker.pk


def test_a_party_that_is_not_on_the_list_is_not_taken(client, cast):
    case = a_case("filed", cast=cast)
    elsewhere = a_department(code=cast.street + 10**9)
    browser(client, cast.dispatcher)

    for key in (f"d{elsewhere.pk}", f"m{cast.grid_worker.pk}", "d0", "x"):
        assert send(client, case, "dispatch", party=key).status_code == 422


def test_a_dispatch_shows_its_limits_as_dates(client, cast):
    with clock.frozen(MONDAY + timedelta(hours=1)):
        case = a_case("filed", cast=cast)
        text = browser(client, cast.dispatcher).get(move(case, "dispatch")).text

    limits = re.search(r'<ol class="limits">(.*?)</ol>', text, re.DOTALL).group(1)
    said = [re.sub(r"<.*?>|\s+", " ", line).split() for line in limits.split("</li>")]
    assert " ".join(said[1]) == "Accepted by 11:00 today 1 working hour, by the hours of whoever gets it"
    assert " ".join(said[2]) == "Handled by Thu 09:00 3 working days"
    assert " ".join(said[3]) == "Checked by Fri 09:00 1 working day after it was handled"


def test_a_result_comes_with_its_photo_and_what_is_no_photo_is_said(client, cast, media):
    case = a_case("in_hand", cast=cast)
    browser(client, cast.department_handler)

    refused = send(client, case, "handle", words="A new lamp", photos=[a_file(b"no photo")])
    taken = send(client, case, "handle", words="A new lamp", photos=[a_file(a_jpeg()), a_file(a_jpeg("green"))])

    assert refused.status_code == 409
    assert "not a photo that we can read" in refused.text
    assert "A new lamp" in refused.text
    assert taken.status_code == 302
    assert set(Photo.objects.filter(case=case).values_list("moment", flat=True)) == {"after"}


def test_a_stale_form_leaves_no_photo_behind(client, cast, media):
    case = a_case("in_hand", cast=cast)
    browser(client, cast.department_handler)
    typed = fields_of(client.get(move(case, "handle")).text) | {"words": "A new lamp"}
    actions.return_case(case, words="Not ours", by=cast.department_lead)
    actions.dispatch_case(case, department=a_department(code=cast.street), by=cast.dispatcher)

    response = client.post(move(case, "handle"), typed | {"photos": [a_file(a_jpeg())]})

    assert response.status_code == 409
    assert not Photo.objects.filter(case=case).exists()


def test_a_check_that_failed_needs_its_words(client, cast):
    case = a_case("handled", cast=cast)
    browser(client, cast.grid_worker)

    assert "Say what is still wrong" in send(client, case, "check", result="failed").text
    assert Case.objects.get(pk=case.pk).status == "handled"


def test_staff_who_reported_a_case_here_may_take_it_back(client, cast):
    officer = cast.community_officer
    case = a_case("filed", cast=cast, member_id=officer.pk)
    browser(client, officer)

    assert send(client, case, "withdraw", words="My mistake").status_code == 302
    assert Case.objects.get(pk=case.pk).status == "withdrawn"


def test_a_handled_case_goes_the_whole_way_on_the_desk(client, cast):
    case = a_case("handled", cast=cast)
    browser(client, cast.grid_worker)
    send(client, case, "check", result="failed", words="Still dark")
    for verb in ("report_in", "handle", "check"):
        case = make(verb, Case.objects.get(pk=case.pk), cast)

    text = client.get(page_of(case)).text

    assert "Still dark" in text
    assert "Check: failed" in text
    assert text.count('data-kind="good"') >= 3
