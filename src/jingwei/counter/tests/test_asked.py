"""First asked: five ways, one note a call, one's own to see; counts that are nobody's."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases.testing import a_case, a_condition
from jingwei.counter import actions
from jingwei.counter.asked import overview_for, own_counts, usual_kinds
from jingwei.counter.models import FirstAsked
from jingwei.counter.retention import forget_words
from jingwei.counter.testing import a_call
from jingwei.kernel.public import WHOLE, FactRow, NotPermitted, Refused, clock, opened, uuid7
from jingwei.people.public import load_member, reach_of
from jingwei.people.testing import a_holder, a_key, a_resident, check_both_faces, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def note(member, way="handled", **said):
    return actions.note_asked(way, by=member, **({"words": "Opening hours"} | said))


def ended(clerk, outcome, **said):
    """A call of this clerk that ended so."""
    call = a_call(clerk, words="When do you open?", **said)
    if outcome == "answered":
        return actions.answer_call(call, answer="At nine", by=clerk)
    return actions.drop_call(call, by=clerk)


@pytest.mark.parametrize("who", ["grid_worker", "department_handler", "dispatcher", "security_officer"])
def test_anyone_of_staff_notes_where_they_work(cast, who):
    member = getattr(cast, who)

    row = note(member, "shown", words=" Opening hours ")

    place = {"grid_worker": cast.grid, "security_officer": codes.ancestor(cast.street, codes.Level.DISTRICT)}
    assert (row.member_id, row.code, row.way) == (member.pk, place.get(who, cast.street), "shown")
    assert row.words == "Opening hours"
    assert FactRow.objects.get(kind="counter.asked_first").data["way"] == "shown"


def test_residents_note_nothing(cast):
    with pytest.raises(NotPermitted):
        note(cast.resident)
    with pytest.raises(NotPermitted):
        note(load_member(a_resident().pk))


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ({"way": "sent_away"}, "five ways"),
        ({"words": " "}, "what it was about"),
        ({"words": "x" * 201}, "200 characters"),
        ({"category_code": "9999"}, "no category 9999"),
    ],
)
def test_what_is_missing_is_said(cast, said, mend):
    with pytest.raises(Refused, match=mend):
        note(cast.grid_worker, **said)

    assert not FirstAsked.objects.exists()


def test_a_kind_of_matter_is_enough_and_comes_first_the_next_time(cast):
    a_condition()

    assert note(cast.grid_worker, words="", category_code="02").category_code == "02"
    assert usual_kinds(cast.grid_worker)[0] == "02"


def test_the_same_note_sent_twice_is_one(cast):
    key = uuid7()

    assert note(cast.grid_worker, key=key).pk == note(cast.grid_worker, key=key).pk
    with pytest.raises(Refused, match="another note"):
        note(cast.dispatcher, key=key)
    assert FactRow.objects.filter(kind="counter.asked_first").count() == 1


def test_a_note_names_only_cases_that_one_sees(cast):
    case = a_case("filed", cast=cast)

    assert note(cast.grid_worker, case=case).case_id == case.pk
    with pytest.raises(NotPermitted):
        note(a_holder("grid_worker", cast.grid + 10**6), case=case)


def test_a_slip_is_taken_back_within_a_day_by_whoever_made_it(cast):
    row, old = note(cast.grid_worker), note(cast.grid_worker, now=clock.now() - 2 * DAY)

    with pytest.raises(NotPermitted):
        actions.take_back_asked(row, by=cast.dispatcher)
    with pytest.raises(Refused, match="within a day"):
        actions.take_back_asked(old, by=cast.grid_worker)
    actions.take_back_asked(row, by=cast.grid_worker)

    assert list(FirstAsked.objects.all()) == [old]


@pytest.mark.parametrize(("outcome", "said", "way"), [("answered", "", "handled"), ("answered", "shown", "shown")])
def test_wrapping_up_notes_how_the_clerk_helped(clerk, outcome, said, way):
    call = actions.wrap_call(ended(clerk, outcome), helped=said, by=clerk)
    actions.wrap_call(call, helped="explained", by=clerk)

    row = FirstAsked.objects.get()
    assert (row.way, row.call_id, row.member_id, row.code) == (way, call.pk, clerk.pk, call.code)


def test_of_a_call_broken_off_there_is_nothing_to_note(clerk):
    actions.wrap_call(ended(clerk, "dropped"), by=clerk)

    assert not FirstAsked.objects.exists()


def test_whoever_was_asked_first_forwarded_a_call_that_somebody_else_takes(cast, clerk):
    call = actions.hand_call(a_call(clerk), department=cast.department, note="Their gas", by=clerk)
    with opened(reach_of(cast.department_handler)):
        call = actions.take_call(call, by=cast.department_handler)
        call = actions.write_call(call, words="Gas", by=cast.department_handler)
        call = actions.answer_call(call, answer="At nine", by=cast.department_handler)
        actions.wrap_call(call, by=cast.department_handler)

    row = FirstAsked.objects.get()
    assert (row.member_id, row.way) == (clerk.pk, "forwarded")


def test_the_first_note_of_a_call_stays_the_only_one(cast, clerk):
    call = actions.hand_call(a_call(clerk, words="Gas"), member=cast.dispatcher, note="Gas", by=clerk)
    call = actions.take_call(call, by=cast.dispatcher)
    call = actions.hand_call(call, department=cast.department, note="Gas", by=cast.dispatcher)
    call = actions.answer_call(actions.keep_call(call, by=cast.dispatcher), answer="At nine", by=cast.dispatcher)
    actions.wrap_call(call, helped="handled", by=cast.dispatcher)

    assert [(row.member_id, row.way) for row in FirstAsked.objects.all()] == [(clerk.pk, "forwarded")]
    assert FactRow.objects.filter(kind="counter.asked_first").count() == 1


def test_the_database_shows_notes_to_whoever_made_them_and_where_they_lead(cast):
    note(cast.department_handler)
    note(cast.grid_worker)
    shown = {}
    for name in ("department_handler", "grid_worker", "leader", "department_lead", "resident"):
        with opened(reach_of(getattr(cast, name))):
            shown[name] = FirstAsked.objects.count()

    assert shown == {"department_handler": 1, "grid_worker": 1, "leader": 2, "department_lead": 0, "resident": 0}


@pytest.mark.parametrize("permit", ["counter.note_asked", "counter.own_asked", "counter.overview"])
def test_both_faces_of_each_permit_agree(cast, permit):
    note(cast.grid_worker)
    note(a_holder("counter_clerk", cast.street + codes.Level.STREET.step))

    held, refused = check_both_faces(permit, FirstAsked, [cast.grid_worker, cast.leader, cast.resident])

    assert held
    assert refused


def test_no_count_is_that_of_one_person(cast):
    """Two communities of three people each, a third where one works alone."""
    beside, alone = (codes.child(cast.street, number) for number in (2, 3))
    for community in (cast.community, beside):
        for number in (1, 2, 3):
            note(a_holder("grid_worker", codes.child(community, number)))
    note(a_holder("grid_worker", codes.child(alone, 1)), "shown")

    found = overview_for(cast.leader, clock.now(), 30)

    assert [line.counts for line in found.areas] == [(3, 0, 0, 0, 0), (3, 0, 0, 0, 0)]
    assert found.all == (6, 0, 0, 0, 0)


def test_places_of_few_people_stand_together(cast):
    for number in (1, 2, 3):
        note(a_holder("grid_worker", codes.child(codes.child(cast.street, number), 1)), "shown")

    assert [line.counts for line in overview_for(cast.leader, clock.now(), 30).areas] == [(0, 0, 0, 3, 0)]
    assert overview_for(cast.leader, clock.now() + 31 * DAY, 30).areas == []


def test_an_officer_sees_the_community_whole_and_no_grid(cast):
    for number in (1, 2, 3):
        note(a_holder("grid_worker", codes.child(cast.community, number)))

    assert [line.counts[0] for line in overview_for(cast.community_officer, clock.now(), 30).areas] == [3]


def test_words_go_after_a_year_and_the_count_stays(cast):
    row = note(cast.grid_worker)

    assert sum(forget_words(row.asked_at + 364 * DAY)) == 0
    assert sum(forget_words(row.asked_at + 365 * DAY)) == 1
    with opened(WHOLE):
        assert own_counts(cast.grid_worker, row.asked_at - DAY) == (1, 0, 0, 0, 0)
        assert FirstAsked.objects.get().words == ""


@pytest.fixture
def browser(client):
    client.cookies["django_language"] = "en"
    return client


def test_two_taps_in_the_field_and_one_to_take_it_back(browser, cast):
    a_condition()
    page = reverse("asked:field")
    let_in(browser, cast.grid_worker)

    text = browser.post(page, {"kind": "02", "way": "explained"}, follow=True).text
    row = FirstAsked.objects.get()
    assert (row.category_code, row.way) == ("02", "explained")
    assert "Noted." in text
    assert "Explained patiently" in text

    browser.post(reverse("asked:field-take-back", args=[row.pk]), follow=True)
    assert not FirstAsked.objects.exists()


def test_a_button_without_a_matter_says_what_is_missing(browser, cast):
    let_in(browser, cast.dispatcher)

    answer = browser.post(reverse("asked:home"), {"way": "handled", "number": "20200101-000001"})

    assert answer.status_code == 422
    assert "no such case" in answer.text
    assert "what it was about" in browser.post(reverse("asked:home"), {"way": "handled"}).text


def test_the_wrap_up_offers_the_five_ways_to_whom_was_asked_first(browser, cast, clerk):
    let_in(browser, clerk)
    first, second = ended(clerk, "answered"), ended(clerk, "dropped")

    page = browser.get(reverse("counter:call", args=[first.pk])).text
    assert re.search(r'name="helped" value="handled"[^>]* checked', page)
    assert 'name="helped"' not in browser.get(reverse("counter:call", args=[second.pk])).text
    wrap = reverse("counter:wrap", args=[first.pk])
    assert browser.post(wrap, {"note": "", "helped": "sent away"}).status_code == 422
    browser.post(wrap, {"note": "", "helped": "shown"})
    assert FirstAsked.objects.get().way == "shown"


def test_leaders_see_counts_and_others_nothing(browser, cast):
    for number in (1, 2, 3):
        note(a_holder("grid_worker", codes.child(cast.community, number), name="Old Zhao"), "on_behalf")

    text = let_in(browser, cast.leader).get(reverse("asked:overview"), {"days": "7"}).text
    assert "Took it on behalf" in text
    assert "Old Zhao" not in text
    assert let_in(browser, cast.grid_worker).get(reverse("asked:overview")).status_code == 404


def test_software_notes_within_its_areas_and_the_same_note_once(client, cast):
    """A queue machine of the service hall."""
    key = a_key(["counter.first_asked"], [cast.street])
    said = {"id": str(uuid7()), "way": "shown", "area": codes.write(cast.community), "words": "Opening hours"}

    def send(**more):
        given = {"content_type": "application/json", "headers": {"authorization": key}}
        return client.post("/api/v1/first-asked", said | more, **given)

    assert [send().status_code, send().status_code] == [201, 200]
    assert send(id=str(uuid7()), area=codes.write(cast.street + codes.Level.STREET.step)).status_code == 403
    assert send(id=str(uuid7()), words="").status_code == 409
    assert send(id=str(uuid7()), way="sent_away").status_code == 422
    assert send(id=str(uuid7()), case="20200101-000001").status_code == 404
    row = FirstAsked.objects.get()
    assert (row.code, row.way) == (cast.community, "shown")


def test_software_takes_back_its_own_note_and_nobody_else_s(client, cast):
    key, other = (a_key(["counter.first_asked"], [cast.street]) for _ in range(2))
    said = {"id": str(uuid7()), "way": "shown", "area": codes.write(cast.community), "words": "Opening hours"}
    client.post("/api/v1/first-asked", said, content_type="application/json", headers={"authorization": key})

    path = f"/api/v1/first-asked/{said['id']}/take-back"
    assert client.post(path, headers={"authorization": other}).status_code == 404
    assert [client.post(path, headers={"authorization": key}).status_code for _ in range(2)] == [204, 404]
    assert not FirstAsked.objects.exists()


def test_software_reads_counts_with_the_duty_for_it(client, cast):
    for number in (1, 2, 3):
        note(a_holder("grid_worker", codes.child(cast.community, number)))
    keys = [a_key([duty], [cast.street]) for duty in ("counter.overview", "counter.first_asked")]

    told, refused = [client.get("/api/v1/first-asked/counts", headers={"authorization": key}) for key in keys]

    assert [line["counts"]["handled"] for line in told.json()["areas"]] == [3]
    assert refused.status_code == 403
