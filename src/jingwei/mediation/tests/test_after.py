"""What happens by the clock: reminders, forgetting, and areas that change."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from jingwei.cases.public import withdraw_case
from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import WHOLE, Refused, due_all, forget_all, opened
from jingwei.mediation import actions
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Step, Visit
from jingwei.mediation.personal import FILES
from jingwei.mediation.privacy import mediated
from jingwei.mediation.telling import remind
from jingwei.mediation.testing import HOUR, a_mediation, a_session, an_agreement
from jingwei.mediation.tests.test_pages import picture
from jingwei.mediation.zones import OpenMediations
from jingwei.notices.public import Notice
from jingwei.people.public import erase_member, load_member, reach_of
from jingwei.places.public import Moment, Moved, codes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = MONDAY + 3 * HOUR


def told(text):
    return list(Notice.objects.filter(text=f"mediation.{text}").values_list("member_id", flat=True))


def test_visits_are_told_of_each_morning_until_they_are_made(cast):
    row = a_mediation(cast)
    visit = actions.plan_visit(row, (MONDAY + 2 * DAY).date(), by=cast.grid_worker, now=MONDAY)

    counts = [remind(MONDAY + days * DAY) for days in (1, 2, 2, 3)]
    actions.make_visit(visit, seen="kept", words="", by=cast.grid_worker, now=MONDAY + 3 * DAY)

    assert counts == [0, 1, 1, 1]
    assert told("visit") == [cast.grid_worker.pk] * 2
    assert remind(MONDAY + 4 * DAY) == 0


def test_a_session_is_told_of_on_its_day_alone(cast):
    row = a_mediation(cast)
    actions.plan_session(row, held_at=MONDAY + 2 * DAY, place="Room", by=cast.grid_worker, now=MONDAY)

    assert [remind(MONDAY + days * DAY) for days in (1, 2, 3)] == [0, 1, 0]
    assert told("session") == [cast.grid_worker.pk]


def test_whoever_was_released_is_told_nothing_any_more(cast):
    row = a_mediation(cast, by=cast.community_officer)
    actions.name_mediator(row, cast.grid_worker, by=cast.community_officer, now=MONDAY)
    actions.plan_visit(row, MONDAY.date(), by=cast.grid_worker, now=MONDAY)
    actions.release_mediator(row.seats.get(member=cast.grid_worker), by=cast.community_officer, now=MONDAY)

    remind(MONDAY)

    assert told("visit") == [cast.community_officer.pk]


@pytest.mark.role("jw_worker")
def test_the_file_goes_three_years_after_the_end_and_the_header_stays(cast, media):
    row, by = a_mediation(cast, case=a_case(cast=cast)), cast.grid_worker
    a_session(row, by=by)
    an_agreement(row, by=by)
    paper = actions.add_paper(row, picture().read(), by=by, now=LATER)
    actions.end_mediation(row, result="agreed", words="x", by=by, now=LATER)
    other = a_mediation(cast)
    after = LATER + FILES.period

    with opened(WHOLE):
        assert due_all(after - DAY)["mediation.files"] == 0
    assert forget_all(after)["mediation.files"] == 1
    assert forget_all(after)["mediation.files"] == 0

    kept = Mediation.objects.get(pk=row.pk)
    assert (kept.result, kept.case_id) == ("agreed", None)
    for model in (Agreement, Paper, Party, Seat, Session, Step, Visit):
        assert not model.objects.filter(mediation=kept).exists(), model
    assert not default_storage.exists(paper.file)
    assert other.parties.exists()


def test_a_party_s_account_is_erased_when_the_mediation_has_ended(cast):
    row = a_mediation(cast, case=a_case(cast=cast), is_first_reporter=True)

    withdraw_case(row.case, by=cast.resident)
    with pytest.raises(Refused, match=row.number):
        erase_member(cast.resident, by=cast.resident)
    actions.end_mediation(row, result="withdrawn", words="x", by=cast.grid_worker, now=LATER)
    erase_member(cast.resident, by=cast.resident)

    first = row.parties.order_by("pk").first()
    assert (first.member_id, first.phone, first.name) == (None, "", "Old Wang")


def test_a_dispute_goes_along_when_its_area_becomes_another(cast):
    row = a_mediation(cast)
    other = codes.child(codes.child(cast.street, 2), 1)
    thing = OpenMediations().things([codes.span(cast.grid)], MONDAY.date())[0]

    OpenMediations().move([Moved(thing.key, cast.grid, (other,))], Moment(None, MONDAY.date(), None, MONDAY))

    row.refresh_from_db()
    assert (row.code, row.office) == (other, codes.ancestor(other, codes.Level.COMMUNITY))


def test_what_is_held_of_a_party_names_the_mediation_and_nothing_of_its_file(cast):
    row = a_mediation(cast, case=a_case(cast=cast), is_first_reporter=True)

    with opened(reach_of(cast.resident)):
        (shown,) = mediated(load_member(cast.resident.pk))

    assert shown["Number"] == row.number
    assert "piano" not in str(shown)
