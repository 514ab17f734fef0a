"""The desk over HTTP: queues, the case beside them, who gets in. No scripts: what a form needs is in the page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.desk import PAGE, QUEUES, Holder
from jingwei.cases.models import DocketEntry
from jingwei.cases.testing import MONDAY, a_case
from jingwei.cases.tests.desk_pages import move, numbers, page_of, queue, street
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, a_posting, the_cast

pytestmark = pytest.mark.django_db
NEXT_STREET = 10**9


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def at_work(client, cast):
    """The dispatcher's browser, on the Monday on which everything happens."""
    with clock.frozen(MONDAY + timedelta(hours=2)):
        yield browser(client, cast.dispatcher)


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


def test_the_rail_counts_what_lies_in_each_queue(at_work, cast):
    for status in ("reported", "reported", "filed", "handled"):
        a_case(status, cast=cast)

    text = at_work.get(queue(street(cast))).text

    counts = dict(re.findall(r'/(\w+)/"[^<]*<svg.*?</svg>\s*<span>.*?</span>\s*<span class="count"[^>]*>(\d+)', text))
    late = DocketEntry.objects.filter(holder_id=cast.street, due_at__lt=clock.now()).count()
    lying = {"all": "4", "file": "2", "dispatch": "1", "accept": "0", "hand": "0", "check": "1", "below": "0"}
    asked = dict.fromkeys(
        ("appeals", "call", "extend", "inspect", "meeting", "pause", "supervised", "suspend", "warned"), "0"
    )
    assert counts == lying | asked | {"late": str(late), "today": str(3 - late)}


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
    assert fresh.text.count('id="rail"') == fresh.text.count('hx-swap-oob="true"') == 1
    assert "hx-swap-oob" not in re.search(r'<div class="rail-body".*?>', part.text, re.DOTALL).group()


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
    assert "First the level “Street”, which answers for it, dispatches it." in text
    assert text.index("<dt>Recall</dt>") < text.index("The work of others") < text.index("<dt>Withdraw</dt>")


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


def test_a_part_of_a_number_lists_what_it_may_mean(at_work, cast):
    cases = [a_case("filed", cast=cast), a_case("filed", cast=cast)]
    hidden = a_case("filed", cast=the_cast(cast.street + NEXT_STREET))
    day = cases[0].number[:8]

    page = at_work.get(reverse("desk:search", query={"q": f"{day}-"}))
    assert page.status_code == 200
    assert [case.number in page.text for case in (*cases, hidden)] == [True, True, False]
    assert at_work.get(reverse("desk:search", query={"q": cases[0].number[-8:]})).url == page_of(cases[0])
    assert at_work.get(reverse("desk:search", query={"q": hidden.number[-8:]})).status_code == 404


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


def test_a_street_leads_to_its_communities_and_a_community_back_as_far_as_one_may_go(client, cast):
    a_case(cast=cast)
    community, grid = Holder("a", cast.community), Holder("a", cast.grid)

    above = browser(client, cast.dispatcher).get(queue(street(cast), "file")).text
    between = client.get(queue(community, "file")).text
    officers = browser(client, cast.community_officer).get(queue(community, "file")).text

    assert f'href="{queue(community, "file")}"' in above
    for text in (between, officers):
        assert f'href="{queue(grid, "file")}"' in text
    assert f'href="{queue(street(cast), "file")}"' in between
    assert queue(street(cast), "file") not in officers
