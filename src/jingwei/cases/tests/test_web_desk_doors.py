"""Who gets into the desk, and how far; what a list and a case tell of whoever reported."""

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.desk import Holder
from jingwei.cases.models import Case
from jingwei.cases.testing import a_case
from jingwei.cases.tests.desk_pages import move, numbers, page_of, queue, street
from jingwei.cases.tests.pages import browser
from jingwei.people.testing import a_member, let_in, the_cast

pytestmark = pytest.mark.django_db
SECRET, CALLER, PHONE = "My neighbour shouts at night", "Wang Xiulan", "13812345678"
NEXT_STREET = 10**9
ROLES = (
    "grid_worker",
    "community_officer",
    "dispatcher",
    "department_handler",
    "leader",
    "inspector",
    "resident",
    "security_officer",
)
MAY_OPEN = {"grid_worker", "community_officer", "dispatcher", "department_handler", "leader", "inspector"}
MAY_DISPATCH = {"dispatcher"}


@pytest.fixture
def cast():
    return the_cast()


def addresses(case, cast):
    return {
        "queue": queue(street(cast)),
        "case": page_of(case),
        "news": reverse("desk:news", args=[case.number], query={"seen": 1}),
        "pane": queue(street(cast), case=case.number),
        "dispatch": move(case, "dispatch"),
    }


def status_of(client, method, address, **data):
    return getattr(client, method)(address, data).status_code


@pytest.mark.parametrize("role", ROLES)
def test_everyone_of_the_place_gets_in_as_far_as_their_duties_go(client, cast, role):
    case = a_case("filed", cast=cast)
    if role == "department_handler":
        case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    browser(client, getattr(cast, role))
    own = {"grid_worker": cast.grid, "community_officer": cast.community}.get(role, cast.street)
    holder = Holder("d", cast.department.pk) if role == "department_handler" else Holder("a", own)
    opens = 200 if role in MAY_OPEN else 404

    assert status_of(client, "get", queue(holder)) == opens
    assert status_of(client, "get", page_of(case)) == opens
    assert status_of(client, "get", addresses(case, cast)["news"]) == opens
    assert status_of(client, "get", queue(holder, case=case.number)) == opens
    moves = {404} if role not in MAY_OPEN else {200, 302} if role in MAY_DISPATCH else {403}
    assert status_of(client, "get", move(case, "dispatch")) in moves
    sent = status_of(client, "post", move(case, "dispatch"), seen=case.version, party=f"d{cast.department.pk}")
    assert sent in moves


@pytest.mark.parametrize("role", [role for role in ROLES if role != "security_officer"])  # hers is the district
def test_nobody_of_another_street_learns_that_it_exists(client, cast, role):
    case = a_case("filed", cast=cast)
    elsewhere = the_cast(cast.street + NEXT_STREET)
    browser(client, getattr(elsewhere, role))

    for address in addresses(case, cast).values():
        assert status_of(client, "get", address) == 404, address
    assert status_of(client, "post", move(case, "dispatch"), seen=case.version) == 404
    assert status_of(client, "get", reverse("desk:search", query={"q": case.number})) == 404


def test_guests_are_asked_to_sign_in_and_come_back(client, cast):
    case = a_case("filed", cast=cast)
    for address in (reverse("desk:home"), *addresses(case, cast).values()):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/sign-in/?next=")
    assert client.post(move(case, "dispatch")).url == "/sign-in/"


def test_who_reported_a_case_elsewhere_does_not_open_it_on_the_desk(client, cast):
    officer = the_cast(cast.street + NEXT_STREET).community_officer
    case = a_case("filed", cast=cast, member_id=officer.pk)
    browser(client, officer)

    assert client.get(page_of(case)).status_code == 404


def test_who_has_no_docket_begins_with_what_they_set_up(client, cast):
    browser(client, cast.security_officer)

    assert client.get(reverse("desk:home")).url.startswith("/desk/")


def test_who_has_neither_is_told_what_would_be_here(client, cast):
    browser(client, a_member())

    response = client.get(reverse("desk:home"))

    assert response.status_code == 200
    assert "No queue belongs to your posting" in response.text


def test_the_desk_begins_with_the_first_queue_of_the_widest_docket(client, cast):
    browser(client, cast.dispatcher)

    assert client.get(reverse("desk:home")).url == queue(street(cast))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_list_names_no_person_and_quotes_nobody(client, cast, language):
    for status in ("reported", "filed", "in_hand"):
        a_case(status, cast=cast, words=SECRET, name=CALLER, phone=PHONE)
    text = browser(client, cast.dispatcher, language).get(queue(street(cast))).text

    assert {"zh-hans": "全部在办", "en": "All open"}[language] in text
    for private in (SECRET, CALLER, PHONE, PHONE[-4:], cast.resident.name):
        assert private not in text


def test_the_reporter_s_words_and_name_are_for_those_who_deal_with_it(client, cast):
    case = a_case("filed", cast=cast, words=SECRET, name=CALLER, phone=PHONE)

    for member, reads in ((cast.dispatcher, True), (cast.leader, False), (cast.inspector, False)):
        text = browser(client, member).get(page_of(case)).text
        assert (SECRET in text) is reads
        assert (CALLER in text) is reads
        assert ("138 **** 5678" in text) is reads
        assert PHONE not in text
        assert ("Only those who file or handle this case may read" in text) is not reads


def test_who_handled_a_case_sees_how_it_ended_but_no_longer_who_reported_it(client, cast):
    case = a_case("closed", cast=cast, words=SECRET, name=CALLER)
    actions.rate_case(case, grade=2, words="Slow and rude", by=cast.resident, now=case.closed_at)

    text = browser(client, cast.department_handler).get(page_of(case)).text

    assert "Mended" in text
    for private in (SECRET, CALLER, cast.resident.name, "Slow and rude"):
        assert private not in text


def test_staff_without_a_posting_have_no_desk(client, cast):
    browser(client, a_member())
    assert client.get(queue(street(cast))).status_code == 404
    assert Case.objects.count() == 0


def test_a_worker_finds_what_was_sent_to_them_by_name(client, cast):
    case = actions.send_down_case(a_case("filed", cast=cast), level="community", words="Yours", by=cast.dispatcher)
    actions.dispatch_case(case, member=cast.grid_worker, by=cast.community_officer)
    own = Holder("m", cast.grid_worker.pk)

    browser(client, cast.grid_worker)

    assert f'href="{queue(own)}"' in client.get(queue(Holder("a", cast.grid))).text
    assert numbers(client.get(queue(own))) == [case.number]
    assert browser(client, cast.dispatcher).get(queue(own)).status_code == 404


def test_cases_are_found_by_words_that_one_may_read(client, cast):
    mine = a_case("filed", cast=cast, words="A lamp has been out for three days")

    def find(who, said):
        return let_in(client, who).post(reverse("desk:search"), {"words": said})

    found = find(cast.dispatcher, "lamp").content.decode()
    assert (mine.number in found, "three days" in found) == (True, False)
    assert mine.number not in find(cast.dispatcher, "wall").content.decode()
    assert find(cast.dispatcher, "l").status_code == 422
    assert find(cast.leader, "lamp").status_code == 404  # sees cases, reads no words
    let_in(client, cast.leader)
    assert b'name="words"' not in client.get(reverse("desk:search")).content
