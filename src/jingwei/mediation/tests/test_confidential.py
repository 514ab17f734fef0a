"""A dispute is open to those who mediate, and to nobody by the area or the rank that they hold."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import FactRow, clock, may, opened
from jingwei.mediation import actions
from jingwei.mediation.figures import figures
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Step, Visit
from jingwei.mediation.testing import HOUR, a_mediation, a_session, an_agreement
from jingwei.people.public import Read, reach_of
from jingwei.people.testing import a_resident, check_both_faces, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
FILES = (Party, Session, Agreement, Visit, Step, Seat)
LATER = MONDAY + 3 * HOUR


def a_file(cast, **given):
    """A dispute of which there is something in every table but papers."""
    row = a_mediation(cast, **given)
    a_session(row, by=cast.grid_worker)
    an_agreement(row, by=cast.grid_worker)
    actions.plan_visit(row, (LATER + timedelta(days=1)).date(), by=cast.grid_worker, now=LATER)
    return row


def shown_to(member):
    """How many rows of each table the database shows to a member."""
    with opened(reach_of(member)):
        return {model.__name__: model.objects.count() for model in (Mediation, *FILES)}


def test_the_database_shows_a_file_to_those_who_have_a_seat(cast):
    a_file(cast)

    shown = shown_to(cast.grid_worker)

    assert all(shown.values()), shown


def test_the_database_shows_it_to_nobody_else_of_the_place(cast):
    row = a_file(cast)
    actions.take_on(row, by=cast.community_officer, now=LATER)
    others = (cast.grid_leader, cast.dispatcher, cast.leader, cast.inspector, cast.security_officer, a_resident())

    for member in others:
        assert set(shown_to(member).values()) == {0}, member


def test_while_it_waits_an_officer_of_the_place_sees_its_header_alone(cast):
    a_file(cast)

    shown = shown_to(cast.community_officer)

    assert shown.pop("Mediation") == 1
    assert set(shown.values()) == {0}
    assert shown_to(cast.leader)["Mediation"] == 0


def test_whoever_is_released_sees_nothing_any_more(cast):
    row = a_mediation(cast)
    actions.take_on(row, by=cast.community_officer, now=MONDAY)
    actions.name_mediator(row, cast.grid_leader, by=cast.community_officer, now=MONDAY)
    actions.release_mediator(row.seats.get(member=cast.grid_worker), by=cast.community_officer, now=LATER)

    shown = shown_to(cast.grid_worker)

    assert shown.pop("Seat") == 1  # that they had one
    assert set(shown.values()) == {0}


def test_a_reporter_sees_of_it_that_they_are_a_party(cast):
    case = a_case(cast=cast)
    a_file(cast, case=case, is_first_reporter=True)

    shown = shown_to(cast.resident)

    assert shown == {**dict.fromkeys(shown, 0), "Mediation": 1, "Party": 1}


@pytest.mark.parametrize("permit", ["mediation.see", "mediation.work", "mediation.arrange", "mediation.take_on"])
def test_both_faces_of_each_permit_agree(cast, permit):
    row = a_mediation(cast)
    a_mediation(cast, by=cast.community_officer)
    actions.name_mediator(Mediation.objects.exclude(pk=row.pk).get(), cast.grid_leader, by=cast.community_officer)

    held, refused = check_both_faces(
        permit, Mediation, [cast.grid_worker, cast.grid_leader, cast.community_officer, cast.dispatcher, cast.leader]
    )

    assert held
    assert refused


def test_whoever_sees_all_cases_of_a_place_finds_no_dispute_in_them(cast, client):
    """The case itself stays what it was: nothing about the mediation stands on its sheet or in its facts."""
    case = a_case("filed", cast=cast)
    row = a_file(cast, case=case)
    let_in(client, cast.leader)

    said = client.get(reverse("desk:case", args=[case.number])).content.decode()

    assert row.number not in said
    assert "Old Wang" not in said
    facts = FactRow.objects.filter(kind__startswith="mediation.")
    assert {fact.code for fact in facts} == {0}


def test_leaders_are_given_numbers_of_their_area(cast):
    row = a_file(cast)
    actions.end_mediation(row, result="agreed", words="x", by=cast.grid_worker, now=LATER)
    a_mediation(cast)

    with opened(reach_of(cast.leader)):
        grid, community, _street = figures([codes.span(cast.street)], MONDAY - timedelta(days=1))
        beside = figures([codes.span(cast.street + codes.Level.STREET.step)], MONDAY - timedelta(days=1))

    assert (grid.all, grid.open, grid.ended["agreed"]) == (2, 1, 1)
    assert community.all == 0
    assert sum(one.all for one in beside) == 0


def test_whoever_opens_a_file_leaves_a_note_that_the_reporter_can_read(cast, client):
    row = a_mediation(cast, case=a_case(cast=cast), is_first_reporter=True, now=clock.now())
    let_in(client, cast.grid_worker)

    client.get(reverse("mediation:sheet", args=[row.number]))

    read = Read.objects.get(kind="mediation.file")
    assert (read.reader_id, read.subject_id, read.thing) == (cast.grid_worker.pk, cast.resident.pk, str(row.case_id))


def test_a_file_that_is_not_one_s_own_is_not_there(cast, client):
    row = a_mediation(cast)
    let_in(client, cast.leader)

    assert client.get(reverse("mediation:sheet", args=[row.number])).status_code == 404
    assert not may(cast.leader, "mediation.see", row)
    assert not Paper.objects.exists()
