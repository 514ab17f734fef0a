"""The desk over HTTP: queues, the case beside them, who gets in. No scripts: what a form needs is in the page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.desk import PAGE, QUEUES, Holder
from jingwei.cases.models import Case, DocketEntry
from jingwei.cases.testing import MONDAY, a_case
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, a_member, a_posting, the_cast

pytestmark = pytest.mark.django_db
SECRET, CALLER, PHONE = "My neighbour shouts at night", "Wang Xiulan", "13812345678"
NEXT_STREET = 10**9


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def at_work(client, cast):
    """The dispatcher's browser, on the Monday on which everything happens."""
    with clock.frozen(MONDAY + timedelta(hours=2)):
        yield browser(client, cast.dispatcher)


def queue(holder, key="all", **query):
    return reverse("desk:queue", args=[holder, key], query=query or None)


def page_of(case):
    return reverse("desk:case", args=[case.number])


def move(case, verb):
    return reverse("desk:move", args=[case.number, verb])


def numbers(response):
    """The numbers of the cases in a list, in its order."""
    return re.findall(r'data-number="([\d-]+)"', response.text)


def street(cast):
    return Holder("a", cast.street)


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


def test_the_desk_begins_with_the_first_queue_of_the_widest_docket(client, cast):
    browser(client, cast.dispatcher)

    assert client.get(reverse("desk:home")).url == queue(street(cast))


def test_who_has_no_docket_is_told_what_would_be_here(client, cast):
    browser(client, cast.security_officer)

    response = client.get(reverse("desk:home"))

    assert response.status_code == 200
    assert "No queue belongs to your posting" in response.text


@pytest.mark.parametrize("key", QUEUES["a"])
def test_a_queue_is_three_queries_whatever_lies_in_it(at_work, cast, key, django_assert_num_queries):
    for status in ("reported", "filed", "dispatched", "in_hand", "handled"):
        for _ in range(3):
            a_case(status, cast=cast)
    at_work.get(queue(street(cast), key))

    with django_assert_num_queries(3):
        response = at_work.get(queue(street(cast), key, category="0201"))

    assert response.status_code == 200


def test_a_department_s_queue_is_three_queries_too(client, cast, django_assert_num_queries):
    a_case("dispatched", cast=cast)
    browser(client, cast.department_lead)

    with django_assert_num_queries(3):
        response = client.get(queue(Holder("d", cast.department.pk)))

    assert len(numbers(response)) == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_list_names_no_person_and_quotes_nobody(client, cast, language):
    for status in ("reported", "filed", "in_hand"):
        a_case(status, cast=cast, words=SECRET, name=CALLER, phone=PHONE)
    text = browser(client, cast.dispatcher, language).get(queue(street(cast))).text

    assert {"zh-hans": "全部在办", "en": "All open"}[language] in text
    for private in (SECRET, CALLER, PHONE, PHONE[-4:], cast.resident.name):
        assert private not in text


def test_the_rail_counts_what_lies_in_each_queue(at_work, cast):
    for status in ("reported", "reported", "filed", "handled"):
        a_case(status, cast=cast)

    text = at_work.get(queue(street(cast))).text

    counts = dict(re.findall(r'/(\w+)/"[^<]*<svg.*?</svg>\s*<span>.*?</span>\s*<span class="count"[^>]*>(\d+)', text))
    late = DocketEntry.objects.filter(holder_id=cast.street, due_at__lt=clock.now()).count()
    lying = {"all": "4", "file": "2", "dispatch": "1", "accept": "0", "hand": "0", "check": "1", "below": "0"}
    assert counts == lying | {"late": str(late), "today": str(3 - late)}


def test_the_parts_of_a_list_say_when_cases_are_due(client, cast):
    browser(client, cast.dispatcher)
    early, late = a_case(cast=cast), a_case(cast=cast, at=MONDAY + timedelta(hours=1, minutes=30))
    tomorrow = a_case("handled", cast=cast)
    with clock.frozen(MONDAY + timedelta(hours=2)):
        response = client.get(queue(street(cast)))

    assert numbers(response) == [early.number, late.number, tomorrow.number]
    heads = [
        re.sub(r"<.*?>|\s+", " ", head).split()
        for head in re.findall(r'<tr class="group".*?</tr>', response.text, re.DOTALL)
    ]
    assert heads == [["Overdue", "1"], ["Due", "today", "1"], ["Tomorrow", "and", "later", "1"]]


def test_the_next_page_goes_on_where_the_last_ended(at_work, cast):
    for _ in range(PAGE + 5):
        a_case(cast=cast)
    first = at_work.get(queue(street(cast), "file"))
    address = re.search(r'<tr class="more".*?href="([^"]+)"', first.text, re.DOTALL).group(1).replace("&amp;", "&")
    rest = at_work.get(queue(street(cast), "file") + address, headers={"HX-Request": "true", "HX-Target": "more"})
    whole = at_work.get(queue(street(cast), "file") + address)

    assert len(numbers(first)) == PAGE
    assert len(set(numbers(first) + numbers(rest))) == PAGE + 5
    assert 'class="group"' not in rest.text
    assert "<html" not in rest.text
    assert numbers(whole) == numbers(rest)
    assert 'class="group"' in whole.text


def test_a_broken_cursor_is_refused_with_a_sentence(at_work, cast):
    for nonsense in ("x", "2026-11-16~x", "2026-11-16T09:00:00~01990000-0000-7000-8000-000000000000"):
        response = at_work.get(queue(street(cast), after=nonsense))
        assert response.status_code == 409
        assert "Begin again at its top" in response.text


def test_a_category_filters_and_can_be_taken_away(at_work, cast):
    case = a_case("filed", cast=cast)
    a_case(cast=cast)

    chosen = at_work.get(queue(street(cast), category="0201"))
    nothing = at_work.get(queue(street(cast), "check", category="0201"))

    assert numbers(chosen) == [case.number]
    assert f'href="{queue(street(cast))}"' in chosen.text
    assert "Take the filter away" in nothing.text


def test_an_empty_queue_says_what_will_appear(at_work, cast):
    assert "Nothing in “To check”" in at_work.get(queue(street(cast), "check")).text


@pytest.mark.parametrize("address", ["/desk/a1/all/", "/desk/a990101001000000000/nothing/", "/desk/x1/all/"])
def test_a_docket_or_queue_that_does_not_exist_is_not_found(at_work, address):
    assert at_work.get(address).status_code == 404


def test_the_open_case_stands_beside_the_list_and_is_marked_in_it(at_work, cast):
    case = a_case("filed", cast=cast)

    whole = at_work.get(queue(street(cast), case=case.number))
    part = at_work.get(queue(street(cast), case=case.number), headers={"HX-Request": "true", "HX-Target": "case"})

    assert re.search(r'id="panes"\s+hx-history-elt\s+data-open', whole.text)
    assert re.search(rf'<tr data-number="{case.number}"\s+aria-current="true"', whole.text)
    assert part.text.lstrip().startswith('<article class="case"')
    assert move(case, "dispatch") in part.text


def test_what_is_new_is_counted_but_not_put_into_the_list(at_work, cast):
    a_case(cast=cast)
    since = re.search(r"since=(\d+)", at_work.get(queue(street(cast), "file")).text).group(1)
    a_case(cast=cast)
    a_case("filed", cast=cast)

    part = at_work.get(queue(street(cast), "file", since=since), headers={"HX-Request": "true", "HX-Target": "rail"})

    assert "1 new or changed" in part.text
    assert 'data-key="."' in part.text
    assert numbers(part) == []
    fresh = at_work.get(queue(street(cast), "file"), headers={"HX-Request": "true", "HX-Target": "list"})
    assert len(numbers(fresh)) == 2


def test_the_reporter_s_words_and_name_are_for_those_who_deal_with_it(client, cast):
    case = a_case("filed", cast=cast, words=SECRET, name=CALLER, phone=PHONE)

    for member, reads in ((cast.dispatcher, True), (cast.leader, False), (cast.inspector, False)):
        text = browser(client, member).get(page_of(case)).text
        assert (SECRET in text) is reads
        assert (CALLER in text) is reads
        assert (PHONE in text) is reads
        assert ("Only those who file or handle this case may read" in text) is not reads


def test_who_handled_a_case_sees_how_it_ended_but_no_longer_who_reported_it(client, cast):
    case = a_case("closed", cast=cast, words=SECRET, name=CALLER)
    actions.rate_case(case, grade=2, words="Slow and rude", by=cast.resident, now=case.closed_at)

    text = browser(client, cast.department_handler).get(page_of(case)).text

    assert "Mended" in text
    for private in (SECRET, CALLER, cast.resident.name, "Slow and rude"):
        assert private not in text


@pytest.mark.parametrize("status", ["reported", "filed", "dispatched", "in_hand", "handled", "closed"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_case_shows_its_steps_clocks_and_moves_in_both_languages(client, cast, status, language):
    case = a_case(status, cast=cast)
    browser(client, cast.community_officer, language)

    for address in (page_of(case), queue(Holder("a", cast.community), case=case.number)):
        response = client.get(address)
        assert response.status_code == 200
        assert case.number in response.text
        assert {"zh-hans": "经过", "en": "What happened"}[language] in response.text


def test_a_case_offers_what_is_open_and_says_why_the_rest_is_not(at_work, cast):
    case = a_case("filed", cast=cast)

    text = at_work.get(page_of(case)).text

    for verb in ("dispatch", "escalate", "send_down"):
        assert f'href="{move(case, verb)}?next=' in text
    for verb in ("report_in", "handle", "check", "rate", "rework"):
        assert move(case, verb) not in text
    assert "Possible while the case is" in text


def test_news_of_a_case_tells_what_happened_since(at_work, cast):
    case = a_case("filed", cast=cast)
    address = reverse("desk:news", args=[case.number], query={"seen": case.version})

    assert "has changed" not in at_work.get(address).text
    actions.escalate_case(case, words="Too large", by=cast.dispatcher)

    text = at_work.get(address).text
    assert "This case has changed: Escalate" in text
    assert cast.dispatcher.name in text


def test_a_case_is_found_by_its_number_whole_or_by_its_serial(at_work, cast):
    case = a_case("filed", cast=cast)
    serial = case.number.partition("-")[2]
    for text in (case.number, f" {case.number} ", serial, serial.lstrip("0")):
        assert at_work.get(reverse("desk:search", query={"q": text})).url == page_of(case)


def test_a_number_that_is_not_there_or_not_open_is_a_sentence(at_work, cast):
    hidden = a_case("filed", cast=the_cast(cast.street + NEXT_STREET))
    for text in ("999999", hidden.number, "wall", "٣"):
        response = at_work.get(reverse("desk:search", query={"q": text}))
        assert response.status_code == 404
        assert f"There is no case with the number {text} here" in response.text
    assert at_work.get(reverse("desk:search")).status_code == 200


def test_a_new_case_is_called_by_its_place_until_it_has_a_title(at_work, cast):
    a_case(cast=cast, place="Pear Lane 8")
    a_case("filed", cast=cast, place="Pear Lane 9")

    text = at_work.get(queue(street(cast))).text

    assert "New report, Pear Lane 8" in text
    assert "Lamp is out" in text
    assert "Pear Lane 9" not in text


def test_a_member_of_two_places_finds_the_other_docket_in_the_rail(client, cast):
    both = a_holder("dispatcher", cast.street)
    a_posting("department_handler", cast.department, member=both)
    text = browser(client, both).get(queue(street(cast))).text

    assert f'href="{queue(Holder("d", cast.department.pk))}"' in text


def test_staff_without_a_posting_have_no_desk(client, cast):
    browser(client, a_member())
    assert client.get(queue(street(cast))).status_code == 404
    assert Case.objects.count() == 0
