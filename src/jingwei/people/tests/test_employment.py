"""Hired, trained, certified, leaving; and teams, in which volunteers are by their own word."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people import actions
from jingwei.people.actions.employment import close_leavers
from jingwei.people.loading import load_member
from jingwei.people.models import Certificate, Member, Team, TeamMember
from jingwei.people.queries import today
from jingwei.people.testing import STREET, a_holder, a_member, a_resident, let_in
from jingwei.places.public import codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
GRID = codes.make(990101, 1, 1, 1)
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    return a_holder("posting_officer", STREET)


@pytest.fixture
def worker():
    return a_holder("grid_worker", GRID, name="Zhou Min")


def test_the_number_of_a_certificate_is_encrypted(officer, worker):
    actions.add_certificate(worker, kind="Social worker", number="420103199001011234", by=officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM certificate")
        (kept,) = cursor.fetchone()

    assert b"420103199001011234" not in bytes(kept)
    assert Certificate.objects.get().number == "420103199001011234"


def test_the_record_is_kept_where_one_arranges_postings(officer, worker):
    stranger = a_holder("posting_officer", STREET + codes.Level.STREET.step)

    with pytest.raises(NotPermitted):
        actions.record_hired(worker, hired_on=today(), by=stranger)
    assert actions.record_hired(worker, hired_on=today(), by=officer).hired_on == today()


def test_what_was_written_by_mistake_is_taken_out(officer, worker):
    training = actions.add_training(worker, name="First aid", held_on=today(), hours=8, by=officer)
    actions.remove_record(training, by=officer)

    assert not worker.trainings.exists()


def test_who_leaves_holds_nothing_from_that_day_and_the_account_closes_that_night(officer, worker):
    actions.leave(worker, left_on=today() + DAY, to={}, by=officer)
    assert load_member(worker.pk).posts

    later = clock.now() + 2 * DAY
    assert close_leavers(clock.now()) == 0
    assert close_leavers(later) == 1
    assert load_member(worker.pk, later).posts == ()
    assert not Member.objects.get(pk=worker.pk).is_active
    assert close_leavers(later) == 0


def test_nobody_leaves_in_the_past_or_by_their_own_word(officer, worker):
    with pytest.raises(Refused, match="before today"):
        actions.leave(worker, left_on=today() - DAY, to={}, by=officer)
    with pytest.raises(Refused, match="their own"):
        actions.leave(officer, left_on=today(), to={}, by=officer)


def test_the_record_is_written_and_shown_at_the_desk(visitor, officer, worker):
    an_area(GRID)
    let_in(visitor, officer)
    form = {"kind": "First aid", "number": "12345", "valid_until": today() - DAY}
    visitor.post(reverse("people:add-record", args=[worker.pk, "certificate"]), form)
    page = visitor.get(reverse("people:people"), {"member": worker.pk}).content.decode()

    assert "First aid" in page
    assert "run out" in page
    assert "12345" not in page
    assert visitor.post(reverse("people:leave", args=[worker.pk]), {"left_on": today()}).status_code == 302
    assert not worker.postings.held(today()).exists()


def test_volunteers_join_by_their_own_word_only_and_leave_nothing_behind(officer):
    team = actions.create_team(name="Green hands", kind="volunteer", code=STREET, by=officer)
    resident = a_resident()
    with pytest.raises(NotPermitted):
        actions.join_team(team, resident, by=officer)
    actions.join_team(team, resident, by=resident)
    actions.join_team(team, resident, by=resident)
    assert TeamMember.objects.get().member == resident

    actions.leave_team(team, resident, by=resident)

    assert not TeamMember.objects.exists()


def test_of_an_ended_team_of_volunteers_nothing_is_kept(officer):
    team = actions.create_team(name="Green hands", kind="volunteer", code=STREET, by=officer)
    resident = a_resident()
    actions.join_team(team, resident, by=resident)
    actions.end_team(team, by=officer)

    assert not TeamMember.objects.exists()
    with pytest.raises(Refused, match="has ended"):
        actions.join_team(team, resident, by=resident)


def test_the_staff_is_put_into_other_teams_and_its_time_there_is_kept(officer, worker):
    team = actions.create_team(name="Floods", kind="service", code=STREET, leader=worker, by=officer)
    with pytest.raises(Refused, match="Only volunteers and the staff"):
        actions.join_team(team, a_resident(), by=officer)
    actions.join_team(team, worker, by=officer)
    actions.leave_team(team, worker, by=officer)
    team.refresh_from_db()

    assert TeamMember.objects.get().ends_on == today()
    assert team.leader is None


def test_teams_are_kept_where_one_arranges_postings(officer, worker):
    team = actions.create_team(name="Floods", kind="service", code=STREET, by=officer)

    with pytest.raises(NotPermitted):
        actions.join_team(team, worker, by=a_holder("dispatcher", STREET))
    with pytest.raises(NotPermitted):
        actions.create_team(name="Elsewhere", kind="service", code=STREET + codes.Level.STREET.step, by=officer)
    with pytest.raises(Refused, match="here already"):
        actions.create_team(name="Floods", kind="service", code=STREET, by=officer)


def test_a_resident_joins_and_leaves_by_the_page(visitor, officer):
    an_area(codes.child(STREET, 1))
    team = actions.create_team(name="Green hands", kind="volunteer", code=STREET, by=officer)
    resident = a_resident()
    let_in(visitor, resident)
    assert "Green hands" in visitor.get(reverse("people:own-teams")).content.decode()

    visitor.post(reverse("people:volunteer", args=[team.pk]), {"join": "1"})
    assert resident.teams.exists()

    visitor.post(reverse("people:volunteer", args=[team.pk]), {"leave": "1"})
    assert not resident.teams.exists()


def test_the_desk_shows_how_many_volunteer_and_not_who(visitor, officer):
    an_area(codes.child(STREET, 1))
    team = actions.create_team(name="Green hands", kind="volunteer", code=STREET, by=officer)
    resident = a_resident("Li Jianguo")
    actions.join_team(team, resident, by=resident)
    worker = a_member("Zhou Min")
    let_in(visitor, officer)
    visitor.post(reverse("people:new-team"), {"name": "Floods", "kind": "service", "place": codes.write(STREET)})
    floods = Team.objects.get(name="Floods")
    visitor.post(reverse("people:add-to-team", args=[floods.pk]), {"member": worker.username})
    page = visitor.get(reverse("people:teams")).content.decode()

    assert "1 person" in page
    assert "Li Jianguo" not in page
    assert "Zhou Min" in page
