"""What may be done with a dispute, in which order, and by whom."""

from datetime import timedelta

import pytest

from jingwei.cases.testing import MONDAY, a_case
from jingwei.kernel.public import FactRow, NotPermitted, Refused
from jingwei.mediation import actions
from jingwei.mediation.models import Mediation
from jingwei.mediation.rules import Level
from jingwei.mediation.testing import HOUR, PARTIES, a_mediation, a_session, an_agreement, seats_of
from jingwei.notices.public import Notice
from jingwei.people.testing import a_holder
from jingwei.places.public import Area
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
LATER = MONDAY + 3 * HOUR
DAY = timedelta(days=1)


def end(row, by, result="agreed", **given):
    return actions.end_mediation(row, result=result, words="Done", by=by, now=LATER, **given)


def test_whoever_opens_a_dispute_mediates_and_an_officer_is_told_that_it_waits(cast):
    row = a_mediation(cast)

    assert seats_of(row) == [(cast.grid_worker.pk, "mediator")]
    assert (row.is_waiting, row.office, row.level) == (True, cast.community, Level.GRID)
    told = Notice.objects.filter(text="mediation.waiting").values_list("member_id", flat=True)
    assert list(told) == [cast.community_officer.pk]


def test_an_officer_who_opens_a_dispute_arranges_it_too(cast):
    row = a_mediation(cast, by=cast.community_officer, level="community")

    assert {role for _member, role in seats_of(row)} == {"mediator", "arranger"}
    assert not row.is_waiting
    assert not Notice.objects.exists()


def test_a_dispute_outside_one_s_places_cannot_be_opened(cast):
    an_area(cast.grid)
    beside = an_area(cast.grid + Area.Level.GRID.step)

    with pytest.raises(NotPermitted):
        actions.open_mediation(
            beside, kind="family", level="grid", words="x", parties=PARTIES, by=cast.grid_worker, now=MONDAY
        )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "war"}, "Choose what the dispute is about"),
        ({"parties": []}, "Name the parties"),
        ({"parties": [actions.NewParty("  ")]}, "Give each party a name"),
        ({"level": "district"}, "grid, community or street"),
        ({"words": " "}, "Say it in a sentence"),
    ],
)
def test_a_dispute_that_says_too_little_is_refused(cast, given, said):
    with pytest.raises(Refused, match=said):
        a_mediation(cast, **given)

    assert not Mediation.objects.exists()


def test_a_place_above_the_level_is_refused(cast):
    street = an_area(cast.street)

    with pytest.raises(Refused, match="no such level"):
        actions.open_mediation(
            street, kind="family", level="grid", words="x", parties=PARTIES, by=cast.dispatcher, now=MONDAY
        )


def test_a_case_is_mediated_once_at_a_time_and_knows_its_reporter(cast):
    case = a_case(cast=cast)
    row = a_mediation(cast, case=case, is_first_reporter=True)

    assert row.parties.order_by("pk").first().member_id == cast.resident.pk
    with pytest.raises(Refused, match="mediated already"):
        a_mediation(cast, case=case)
    end(row, cast.grid_worker, "withdrawn")
    assert a_mediation(cast, case=case).is_open
    with pytest.raises(Refused, match="mediated already"):
        actions.resume_mediation(row, words="Again", by=cast.grid_worker, now=LATER)


def test_an_officer_takes_a_waiting_dispute_on_and_names_who_mediates(cast):
    row = actions.take_on(a_mediation(cast), by=cast.community_officer, now=MONDAY)
    actions.name_mediator(row, cast.grid_leader, by=cast.community_officer, now=MONDAY)
    first = row.seats.get(member=cast.grid_worker)
    actions.release_mediator(first, by=cast.community_officer, now=MONDAY)

    assert not row.is_waiting
    assert seats_of(row) == [(cast.community_officer.pk, "arranger"), (cast.grid_leader.pk, "mediator")]
    assert Notice.objects.filter(text="mediation.named").get().member_id == cast.grid_leader.pk
    with pytest.raises(NotPermitted):
        a_session(row, by=cast.grid_worker)
    with pytest.raises(Refused, match="Somebody has to mediate"):
        actions.release_mediator(row.seats.get(member=cast.grid_leader), by=cast.community_officer)


def test_a_dispute_is_taken_on_once_and_by_an_officer_of_the_place(cast):
    row = a_mediation(cast)

    for stranger in (cast.grid_leader, cast.leader, a_holder("community_officer", cast.community + 10**6 * 10**3)):
        with pytest.raises(NotPermitted):
            actions.take_on(row, by=stranger)
    actions.take_on(row, by=cast.community_officer, now=MONDAY)
    with pytest.raises(NotPermitted):
        actions.take_on(row, by=cast.dispatcher)


def test_only_whoever_mediates_at_the_place_can_be_named(cast):
    row = a_mediation(cast, by=cast.community_officer)

    for other in (cast.inspector, cast.department_handler, cast.resident):
        with pytest.raises(Refused, match="mediates at no place"):
            actions.name_mediator(row, other, by=cast.community_officer, now=MONDAY)


def test_an_agreement_that_all_signed_ends_the_dispute(cast):
    row = a_mediation(cast)
    a_session(row, by=cast.grid_worker)
    an_agreement(row, by=cast.grid_worker)

    ended = end(row, cast.grid_worker)

    assert (ended.status, ended.result, ended.ended_at) == ("ended", "agreed", LATER)
    with pytest.raises(Refused, match="has ended"):
        actions.plan_session(row, held_at=LATER + DAY, place="Room", by=cast.grid_worker, now=LATER)


def test_agreed_takes_words_and_every_signature_unless_it_is_oral(cast):
    row, by = a_mediation(cast), cast.grid_worker
    with pytest.raises(Refused, match="Write down what was agreed"):
        end(row, by)
    actions.write_agreement(row, text="Quiet after nine", by=by, now=MONDAY)
    with pytest.raises(Refused, match="Not everybody has signed"):
        end(row, by)
    actions.write_agreement(row, text="Quiet after nine", is_oral=True, by=by, now=MONDAY)

    assert end(row, by).result == "agreed"


def test_signed_words_stand_until_the_signatures_are_taken_out(cast):
    row, by = a_mediation(cast), cast.grid_worker
    an_agreement(row, by=by)
    with pytest.raises(Refused, match="words stand"):
        actions.write_agreement(row, text="Something else", by=by, now=LATER)
    for party in row.parties.all():
        actions.note_signature(party, None, by=by, now=LATER)

    assert actions.write_agreement(row, text="Something else", by=by, now=LATER).text == "Something else"


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_signs_before_it_was_written_or_tomorrow(cast, days):
    row, by = a_mediation(cast), cast.grid_worker
    actions.write_agreement(row, text="Quiet", by=by, now=MONDAY)

    with pytest.raises(Refused, match="between the day"):
        actions.note_signature(row.parties.first(), (MONDAY + days * DAY).date(), by=by, now=MONDAY)


def test_it_goes_up_only_after_a_session_failed_and_to_another_officer_at_the_street(cast):
    row, by = a_mediation(cast), cast.grid_worker
    actions.take_on(row, by=cast.community_officer, now=MONDAY)
    with pytest.raises(Refused, match="Nothing was tried at this level"):
        actions.escalate_mediation(row, words="They do not come", by=by, now=MONDAY)

    a_session(row, by=by)
    row = actions.escalate_mediation(row, words="No way", by=by, now=LATER)
    assert (row.level, row.is_waiting) == (Level.COMMUNITY, False)
    assert (cast.community_officer.pk, "arranger") in seats_of(row)

    with pytest.raises(Refused, match="Nothing was tried"):
        actions.escalate_mediation(row, words="No way", by=by, now=LATER)
    a_session(row, by=by, now=LATER)
    row = actions.escalate_mediation(row, words="No way", by=by, now=LATER)
    assert (row.level, row.office, row.is_waiting) == (Level.STREET, cast.street, True)
    assert seats_of(row) == [(by.pk, "mediator")]
    assert not row.seats.filter(member=cast.community_officer, until=None).exists()

    actions.take_on(row, by=cast.dispatcher, now=LATER)
    a_session(row, by=by, now=LATER)
    with pytest.raises(Refused, match="highest level"):
        actions.escalate_mediation(row, words="No way", by=by, now=LATER)


def test_failed_needs_a_try_and_referred_needs_a_where(cast):
    row, by = a_mediation(cast), cast.grid_worker
    with pytest.raises(Refused, match="Nothing was tried"):
        end(row, by, "failed")
    for result, where in (("referred", ""), ("withdrawn", "court"), ("referred", "king")):
        with pytest.raises(Refused, match="to whom it is referred"):
            end(row, by, result, referred_to=where)
    with pytest.raises(Refused, match="result from the list"):
        end(row, by, "won")

    assert end(row, by, "referred", referred_to="court").referred_to == "court"


def test_a_planned_session_is_written_down_when_it_was_held(cast):
    row, by = a_mediation(cast), cast.grid_worker
    planned = actions.plan_session(row, held_at=MONDAY + DAY, place="Room 2", by=by, now=MONDAY)
    told = {"parties": [], "mediators": [by.pk], "others": "Waited for both", "place": "Room 2", "said": "Nobody came"}
    with pytest.raises(Refused, match="still to come"):
        actions.hold_session(row, planned, held_at=MONDAY + DAY, **told, by=by, now=MONDAY)

    held = actions.hold_session(row, planned, held_at=MONDAY + DAY, **told, by=by, now=MONDAY + DAY)

    assert (held.pk, held.said) == (planned.pk, "Nobody came")
    with pytest.raises(Refused, match="stays on record"):
        actions.drop_session(held, by=by, now=MONDAY + DAY)
    with pytest.raises(Refused, match="written down already"):
        actions.hold_session(row, held, held_at=MONDAY + DAY, **told, by=by, now=MONDAY + DAY)


def test_a_session_names_who_was_there_from_the_dispute_itself(cast):
    row, by = a_mediation(cast), cast.grid_worker
    other = a_mediation(cast, by=cast.grid_leader)
    told = {"held_at": MONDAY, "place": "Room", "said": "x", "by": by, "now": LATER}
    strangers = [party.pk for party in other.parties.all()]

    with pytest.raises(Refused, match="Say who mediated"):
        actions.hold_session(row, parties=[], mediators=[], **told)
    with pytest.raises(Refused, match="who was there"):
        actions.hold_session(row, parties=[], mediators=[by.pk], **told)
    with pytest.raises(Refused, match="of this dispute"):
        actions.hold_session(row, parties=strangers, mediators=[by.pk], **told)
    with pytest.raises(Refused, match="of this dispute"):
        actions.hold_session(row, parties=[], mediators=[cast.leader.pk], others="x", **told)


def test_a_party_named_by_mistake_goes_but_not_one_who_was_there(cast):
    row, by = a_mediation(cast), cast.grid_worker
    third = actions.add_party(row, actions.NewParty("Somebody"), by=by, now=MONDAY)
    actions.drop_party(third, by=by, now=MONDAY)
    a_session(row, by=by)

    assert row.parties.count() == 2
    with pytest.raises(Refused, match="stays on record"):
        actions.drop_party(row.parties.first(), by=by, now=LATER)


def test_a_broken_agreement_is_found_by_a_visit_and_taken_up_again(cast):
    row, by = a_mediation(cast), cast.grid_worker
    an_agreement(row, by=by)
    end(row, by)
    visit = actions.plan_visit(row, (MONDAY + 7 * DAY).date(), by=by, now=LATER)
    with pytest.raises(Refused, match="what is not kept"):
        actions.make_visit(visit, seen="broken", words="", by=by, now=MONDAY + 7 * DAY)
    made = actions.make_visit(visit, seen="broken", words="Piano at ten", by=by, now=MONDAY + 7 * DAY)

    again = actions.resume_mediation(row, words="Not kept", by=by, now=MONDAY + 8 * DAY)

    assert (made.member_id, made.seen) == (by.pk, "broken")
    assert (again.status, again.result, again.ended_at) == ("open", "", None)
    with pytest.raises(Refused, match="under way already"):
        actions.resume_mediation(row, words="Not kept", by=by)
    with pytest.raises(Refused, match="written down already"):
        actions.make_visit(made, seen="kept", words="", by=by)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_visit_is_planned_from_today_on_within_a_year(cast, days):
    with pytest.raises(Refused, match="from today on"):
        actions.plan_visit(a_mediation(cast), (MONDAY + days * DAY).date(), by=cast.grid_worker, now=MONDAY)


def test_what_is_announced_says_neither_where_nor_what(cast):
    row = a_mediation(cast)

    fact = FactRow.objects.filter(kind="mediation.moved").get()
    assert (fact.code, fact.data) == (0, {"mediation_id": str(row.pk), "verb": "open"})
