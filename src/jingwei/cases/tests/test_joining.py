"""Merged and taken apart, grouped and closed together: what becomes of state, parties, clocks and reporters."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.leading import members_who_reported
from jingwei.cases.models import Assignment, Case, Stage
from jingwei.cases.testing import MONDAY, a_case, make, verbs_of
from jingwei.cases.tests.pages import browser
from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.testing import a_holder, a_resident, the_cast
from jingwei.places.public import Level

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = MONDAY + timedelta(hours=1)
MUCH_LATER = MONDAY + timedelta(hours=5)


@pytest.fixture
def cast():
    return the_cast()


def reported_by(member, cast, status="reported"):
    case = a_case(status, cast=cast)
    case.reports.update(member=member)
    return case


def merged(case, into, by):
    return actions.merge_case(case, into=into, by=by, now=LATER)


def as_it_is(case):
    """All of a case that a merge must bring back, with its parties and its clock."""
    row = Case.objects.filter(pk=case.pk).values().get()
    for name in ("version", "signal_at"):
        row.pop(name)
    parts = list(Assignment.objects.filter(case_id=case.pk).order_by("pk").values())
    stages = list(Stage.objects.filter(case_id=case.pk).order_by("pk").values())
    docket = sorted(case.docket.values_list("holder", "holder_id", "tray", "due_at", "is_party"))
    return row, parts, stages, docket


@pytest.mark.parametrize("status", ["reported", "filed", "dispatched"])
def test_a_merge_is_undone_without_a_trace(cast, status):
    case, into = a_case(status, cast=cast), a_case("in_hand", cast=cast)
    before = as_it_is(case)
    case = merged(case, into, cast.dispatcher)
    assert (case.status, case.follows_id) == ("merged", into.pk)
    assert not case.docket.exists()
    assert not Assignment.objects.filter(case_id=case.pk, status__in=["sent", "accepted"]).exists()
    assert not Stage.objects.filter(case_id=case.pk, ended_at=None).exists()
    case = actions.unmerge_case(case, words="Another lamp", by=cast.dispatcher, now=MUCH_LATER)
    assert as_it_is(case) == before
    assert verbs_of(into)[-2:] == ["absorb", "let_go"]


def test_a_merge_is_undone_to_the_last_clock_of_the_record_also_where_a_move_came_in_late(cast):
    case, into = a_case("in_hand", cast=cast), a_case("in_hand", cast=cast)
    accepting = Stage.objects.get(case_id=case.pk, name="accept")
    case = actions.escalate_case(case, words="Not ours", by=cast.dispatcher, now=accepting.started_at - MINUTE)
    before = as_it_is(case)
    case = merged(case, into, cast.dispatcher)
    case = actions.unmerge_case(case, words="Another lamp", by=cast.dispatcher, now=MUCH_LATER)

    assert case.status == "filed"
    assert as_it_is(case) == before


def test_only_who_dispatches_at_both_places_merges(cast):
    other = the_cast(cast.street + Level.STREET.step)
    case, away = a_case(cast=cast), a_case(cast=other)
    for member in (cast.grid_worker, cast.resident, cast.dispatcher):
        with pytest.raises(NotPermitted):
            merged(case, away, member)
    district = a_holder("dispatcher", cast.street - cast.street % 10**12)
    assert merged(case, away, district).status == "merged"


def test_what_is_in_hand_or_ended_is_not_merged_and_nothing_is_merged_into_what_ended(cast):
    into = a_case(cast=cast)
    with pytest.raises(Refused):
        merged(a_case("in_hand", cast=cast), into, cast.dispatcher)
    with pytest.raises(Refused):
        merged(into, a_case("closed", cast=cast), cast.dispatcher)
    with pytest.raises(Refused, match="itself"):
        merged(into, into, cast.dispatcher)


def test_the_reporter_of_a_merged_case_follows_the_other(client, cast):
    neighbour = a_resident()
    case, into = reported_by(neighbour, cast), a_case("in_hand", cast=cast, words="Secret of the other reporter")
    merged(case, into, cast.dispatcher)
    assert set(members_who_reported(into.pk)) == {cast.resident.pk, neighbour.pk}
    with clock.frozen(MUCH_LATER):
        make("handle", into, cast)
    shown = browser(client, neighbour).get(reverse("resident:case", args=[case.number])).content.decode()
    assert "goes on in another case" in shown
    assert "Mended" in shown
    assert "Secret" not in shown
    assert cast.resident.name not in shown
    assert browser(client, neighbour).get(reverse("resident:case", args=[into.number])).status_code == 404


def a_group(cast, size=3):
    parent = a_case("filed", cast=cast)
    children = [a_case(status, cast=cast) for status in ("reported", "filed", "dispatched")][:size]
    parent = actions.group_cases(parent, children=children, by=cast.dispatcher, now=LATER)
    return parent, [Case.objects.get(pk=child.pk) for child in children]


def test_what_follows_lies_on_no_desk_and_has_no_clock_of_its_own(cast):
    parent, children = a_group(cast)
    assert [child.status for child in children] == ["reported", "filed", "filed"]
    for child in children:
        assert child.follows_id == parent.pk
        assert child.signal_at is None
        assert not child.docket.exists()
        assert not Stage.objects.filter(case_id=child.pk, ended_at=None).exists()
    assert parent.docket.exists()
    with pytest.raises(Refused, match="follows another one"):
        actions.escalate_case(children[1], words="Up", by=cast.dispatcher, now=LATER)


def test_one_action_closes_the_group_with_the_case_that_leads(cast):
    parent, children = a_group(cast)
    with clock.frozen(MUCH_LATER):
        for verb in ("dispatch", "report_in", "handle", "check"):
            parent = make(verb, parent, cast)
    for child in Case.objects.filter(pk__in=[one.pk for one in children]):
        assert (child.status, child.outcome) == ("closed", "solved")
        assert child.category_id is not None
        assert "follow" in verbs_of(child)


def test_two_hundred_follow_and_no_more(cast, monkeypatch):
    monkeypatch.setattr("jingwei.cases.actions.joining.MOST_CHILDREN", 3)
    parent, _children = a_group(cast)
    with pytest.raises(Refused, match="at most"):
        actions.group_cases(parent, children=[a_case(cast=cast)], by=cast.dispatcher, now=LATER)


def test_who_is_taken_out_of_a_group_goes_on_with_a_clock_of_its_own(cast):
    _parent, children = a_group(cast)
    child = actions.ungroup_case(children[0], words="Another pipe", by=cast.dispatcher, now=MUCH_LATER)
    assert child.follows_id is None
    stage = Stage.objects.get(case_id=child.pk, ended_at=None)
    assert (stage.name, stage.started_at) == ("file", MUCH_LATER)
    assert child.docket.filter(tray="file").exists()


def test_a_group_whose_leader_is_taken_back_goes_on_one_by_one(cast):
    parent, children = a_group(cast)
    actions.withdraw_case(parent, by=cast.resident, now=MUCH_LATER)
    for child in Case.objects.filter(pk__in=[one.pk for one in children]):
        assert child.follows_id is None
        assert child.docket.exists()


def test_what_was_closed_with_a_group_is_opened_again_by_itself(cast):
    parent, children = a_group(cast)
    with clock.frozen(MUCH_LATER):
        for verb in ("dispatch", "report_in", "handle", "check"):
            parent = make(verb, parent, cast)
    child = Case.objects.get(pk=children[0].pk)
    child = actions.reopen_case(child, words="Still wet", by=cast.resident, now=MUCH_LATER)
    assert (child.status, child.follows_id) == ("filed", None)
    assert Stage.objects.filter(case_id=child.pk, ended_at=None).exists()


def test_a_page_lists_what_follows_and_the_sheets_lead_to_each_other(client, cast):
    parent, children = a_group(cast)
    browser(client, cast.dispatcher)
    shown = client.get(reverse("desk:group", args=[parent.number])).content.decode()
    for child in children:
        assert child.number in shown
    assert reverse("desk:group", args=[parent.number]) in (
        client.get(reverse("desk:case", args=[parent.number])).content.decode()
    )
    assert f"Follows {parent.number}" in (client.get(reverse("desk:case", args=[children[0].number])).content.decode())


def test_a_group_is_made_at_the_desk_from_numbers(client, cast):
    parent, child = a_case("filed", cast=cast), a_case(cast=cast)
    browser(client, cast.dispatcher)
    typed = {"seen": parent.version, "others": f"{child.number}\n"}
    client.post(reverse("desk:move", args=[parent.number, "group"]), typed)
    assert Case.objects.get(pk=child.pk).follows_id == parent.pk
    client.post(reverse("desk:move", args=[child.number, "ungroup"]), {"seen": child.version + 1, "words": "By itself"})
    client.post(reverse("desk:move", args=[child.number, "merge"]), {"seen": child.version + 2, "other": parent.number})
    assert Case.objects.get(pk=child.pk).status == "merged"
