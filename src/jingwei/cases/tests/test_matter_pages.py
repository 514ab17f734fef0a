"""What reporters see of their own cases, and what they do with them; nobody else sees any of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.actions import add_photo
from jingwei.cases.matters import PAGE
from jingwei.cases.models import Case, Rating
from jingwei.cases.testing import MONDAY, a_case, a_condition, make
from jingwei.cases.tests.pages import a_jpeg, a_street, browser
from jingwei.kernel.public import clock
from jingwei.people.testing import a_resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LATER = MONDAY + timedelta(hours=4)
SEEN = {"seen": "99"}


@pytest.fixture
def cast():
    return a_street().cast


@pytest.fixture(autouse=True)
def later():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def resident(client, cast):
    return browser(client, cast.resident)


def address(name, case):
    return reverse(f"resident:{name}", args=[case.number])


def text(answer):
    return answer.content.decode()


def test_the_list_shows_the_newest_first_with_how_each_stands(resident, cast):
    a_case("in_hand", cast=cast, at=MONDAY)
    a_case(cast=cast, at=MONDAY + timedelta(hours=3), words="The bench is broken")
    page = text(resident.get(reverse("resident:matters")))

    assert page.index("The bench is broken") < page.index("Lamp is out")
    assert cast.department.name in page
    assert "In hand" in page


def test_the_list_pages_through_and_ends(resident, cast):
    for number in range(PAGE + 1):
        a_case(cast=cast, at=MONDAY + timedelta(minutes=number), words=f"matter no. {number};")
    first = text(resident.get(reverse("resident:matters")))
    assert (f"no. {PAGE};" in first, "no. 0;" in first, "Older" in first) == (True, False, True)

    after = first.split("?after=")[1].split('"')[0]
    second = text(resident.get(reverse("resident:matters") + f"?after={after}"))
    assert (f"no. {PAGE};" in second, "no. 0;" in second, "Older" in second) == (False, True, False)


def test_a_page_that_is_none_is_refused(resident):
    assert resident.get(reverse("resident:matters") + "?after=x").status_code == 409


def test_whoever_reported_nothing_is_told_what_will_stand_there(client):
    page = text(browser(client, a_resident()).get(reverse("resident:matters")))

    assert "Nothing reported yet" in page


def test_the_case_tells_who_did_what_and_what_comes_next(resident, cast):
    case = a_case("handled", cast=cast)
    add_photo(case, a_jpeg(), by=cast.grid_worker, now=LATER)
    page = text(resident.get(address("case", case)))

    assert "You" in page  # reported it
    assert cast.community_officer.name in page
    assert cast.department.name in page
    assert "Mended" in page  # the result is said
    assert "Being checked" in page
    assert "/small/" in page
    assert "Please mend it" not in page  # what offices tell each other is not


def test_a_limit_that_was_missed_is_said(resident, cast):
    case = a_case(cast=cast)
    with clock.frozen(MONDAY + timedelta(hours=2)):
        make("file", case, cast)

    assert "1 h late" in text(resident.get(address("case", case)))


def test_the_reason_for_not_filing_is_read(resident, cast):
    case = a_case(cast=cast)
    actions.reject_case(case, reason="not_ours", words="The railway mends it", by=cast.grid_worker)
    page = text(resident.get(address("case", case)))

    assert "Not a task of this network" in page
    assert "The railway mends it" in page


def test_the_case_of_somebody_else_is_not_there(client, cast):
    case = a_case("closed", cast=cast)
    views = ("case", "news", "reopen", "withdraw")
    outsiders = [a_resident(), cast.grid_worker, cast.dispatcher, cast.department_handler, cast.security_officer]
    for member in outsiders:
        other = browser(client, member)
        assert {other.get(address(view, case)).status_code for view in views} == {404}, member
        assert {
            other.post(address(view, case), SEEN).status_code for view in ("rate", "confirm", "reopen", "withdraw")
        } == {404}
    case.refresh_from_db()
    assert case.status == "closed"


def test_a_guest_signs_in_by_phone_first(client, cast):
    case = a_case(cast=cast)
    guest = browser(client)
    for view in ("case", "reopen", "withdraw"):
        answer = guest.get(address(view, case))
        assert answer.url == f"{reverse('people:phone')}?next=%2Fmatters%2F{case.number}%2F" + (
            "" if view == "case" else f"{view}%2F"
        )
    assert guest.post(address("rate", case)).url == f"{reverse('people:phone')}?next=%2Fmatters%2F"


def test_a_number_that_is_none_is_not_there(resident):
    assert resident.get(reverse("resident:case", args=["20991231-000001"])).status_code == 404


def a_case_to_confirm(cast):
    """Handled, of a class whose result the reporter checks."""
    case = a_case(cast=cast)
    case = actions.file_case(case, condition=a_condition("0202", "01"), title="Courtyard", by=cast.community_officer)
    case = actions.dispatch_case(case, department=cast.department, by=cast.community_officer)
    case = actions.report_in_case(case, by=cast.department_handler)
    return actions.handle_case(case, words="Mended", by=cast.department_handler)


@pytest.mark.parametrize(
    ("answer", "words", "status"), [("good", "", "closed"), ("bad", "It flickers still", "dispatched")]
)
def test_the_reporter_checks_what_is_theirs_to_check(resident, cast, answer, words, status):
    case = a_case_to_confirm(cast)
    assert "Is it all right now?" in text(resident.get(address("case", case)))
    sent = {"seen": case.version, "answer": answer, "words": words}
    done = resident.post(address("confirm", case), sent)

    assert done.url == address("case", case)
    case.refresh_from_db()
    assert case.status == status
    assert words in text(resident.get(done.url))


def test_not_yet_needs_words(resident, cast):
    case = a_case_to_confirm(cast)
    refused = resident.post(address("confirm", case), {"seen": case.version, "answer": "bad", "words": ""})

    assert refused.status_code == 422
    assert "Say what is not right yet" in text(refused)


def test_other_results_are_not_the_reporter_s_to_check(resident, cast):
    case = a_case("handled", cast=cast)
    assert "Is it all right now?" not in text(resident.get(address("case", case)))

    assert resident.post(address("confirm", case), {"seen": case.version, "answer": "good"}).status_code == 403


def test_a_good_grade_keeps_what_was_good_and_drops_the_rest(resident, cast):
    case = a_case("closed", cast=cast)
    sent = {"seen": case.version, "grade": "5", "praise": ["fast"], "blame": ["slow"], "words": "Well done"}
    answer = resident.post(address("rate", case), sent)

    assert answer.url == address("case", case)
    rating = Rating.objects.get()
    assert (rating.grade, rating.reasons) == (5, ["fast"])
    assert "You gave it 5 of 5" in text(resident.get(answer.url))


def test_a_poor_grade_keeps_what_was_not_good(resident, cast):
    case = a_case("closed", cast=cast)
    resident.post(address("rate", case), {"seen": case.version, "grade": "2", "praise": ["fast"], "blame": ["slow"]})

    assert Rating.objects.get().reasons == ["slow"]


def test_without_a_grade_the_words_are_kept(resident, cast):
    case = a_case("closed", cast=cast)
    answer = resident.post(address("rate", case), {"seen": case.version, "words": "It is brighter now"})

    assert answer.status_code == 422
    assert "Choose one of the five grades" in text(answer)
    assert "It is brighter now" in text(answer)


def test_a_second_rating_is_refused(resident, cast):
    case = a_case("closed", cast=cast)
    sent = {"seen": case.version, "grade": "5"}
    resident.post(address("rate", case), sent)
    answer = resident.post(address("rate", case), {**sent, "grade": "1", "seen": case.version + 1})

    assert "rated this case already" in text(answer)
    assert Rating.objects.get().grade == 5


def test_a_rating_is_asked_for_fifteen_days(resident, cast):
    case = a_case("closed", cast=cast)
    assert "Send the rating" in text(resident.get(address("case", case)))
    with clock.frozen(LATER + timedelta(days=16)):
        page = text(browser(resident, cast.resident).get(address("case", case)))
    assert "Send the rating" not in page
    assert "Open it again" in page


@pytest.mark.parametrize(
    ("reason", "words", "said"),
    [
        ("again", "", "It is broken again"),
        ("again", "since Monday", "It is broken again: since Monday"),
        ("other", "The pole leans", "The pole leans"),
    ],
)
def test_what_is_not_good_is_opened_again_one_level_up(resident, cast, reason, words, said):
    case = a_case("closed", cast=cast)
    level = case.level
    asked = resident.get(address("reopen", case))
    assert "takes" in text(asked) or "answers for it" in text(asked)
    answer = resident.post(address("reopen", case), {"seen": case.version, "reason": reason, "words": words})

    assert answer.url == address("case", case)
    case.refresh_from_db()
    assert (case.status, level, case.level) == ("filed", "street", "district")
    assert case.steps.get(verb="reopen").words.get().text == said


def test_another_reason_needs_words(resident, cast):
    case = a_case("closed", cast=cast)
    answer = resident.post(address("reopen", case), {"seen": case.version, "reason": "other", "words": ""})

    assert answer.status_code == 422
    assert "Say what is not right yet" in text(answer)


def test_a_report_is_withdrawn_after_a_question_that_names_it(resident, cast):
    case = a_case(cast=cast, words="The bench is broken")
    asked = text(resident.get(address("withdraw", case)))
    assert case.number in asked
    assert "The bench is broken" in asked
    resident.post(address("withdraw", case), {"seen": case.version, "words": "It was mended"})

    case.refresh_from_db()
    assert case.status == "withdrawn"


def test_work_that_has_begun_cannot_be_withdrawn(resident, cast):
    case = a_case("in_hand", cast=cast)
    assert "Withdraw" not in text(resident.get(address("case", case)))
    answer = resident.post(address("withdraw", case), {"seen": case.version, "words": "changed my mind"})

    assert answer.status_code == 422
    assert "is not possible" in text(answer)
    assert "changed my mind" in text(answer)


def test_a_stale_form_is_refused_and_keeps_its_words(resident, cast):
    case = a_case(cast=cast)
    seen = case.version
    make("file", case, cast)
    answer = resident.post(address("withdraw", case), {"seen": seen, "words": "It was mended"})

    assert "Somebody else has changed" in text(answer)
    assert "It was mended" in text(answer)
    assert Case.objects.get().status == "filed"


def test_news_come_only_when_there_are_some(resident, cast):
    case = a_case(cast=cast)
    assert resident.get(address("news", case), {"seen": case.version}).status_code == 204
    make("file", case, cast)

    assert "Something has happened" in text(resident.get(address("news", case), {"seen": case.version}))


def test_the_dialog_is_the_page_without_its_frame(resident, cast):
    case = a_case("closed", cast=cast)
    dialog = text(resident.get(address("reopen", case), headers={"HX-Request": "true"}))

    assert "<html" not in dialog
    assert f'action="{address("reopen", case)}"' in dialog


@pytest.mark.parametrize("status", ["reported", "handled", "closed"])
def test_a_case_costs_the_same_queries_whatever_has_happened(resident, cast, django_assert_max_num_queries, status):
    case = a_case(status, cast=cast)
    resident.get(address("case", case))  # the category table is kept from now on
    with django_assert_max_num_queries(13):
        resident.get(address("case", case))


def test_the_list_costs_two_queries(resident, cast, django_assert_num_queries):
    for number in range(3):
        a_case("in_hand", cast=cast, at=MONDAY + timedelta(minutes=number))
    with django_assert_num_queries(2):
        resident.get(reverse("resident:matters"))


@pytest.mark.parametrize(("language", "words"), [("en", "How it goes"), ("zh-hans", "办理经过")])
def test_both_languages(client, cast, language, words):
    case = a_case("closed", cast=cast)

    assert words in text(browser(client, cast.resident, language).get(address("case", case)))
