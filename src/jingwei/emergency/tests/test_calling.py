"""Calls in the database: each turn once, on every channel, until somebody answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from jingwei.cases.public import ANSWER_WITHIN, alarm_case, answer_alarm_case, call_off_case, file_case
from jingwei.cases.testing import MONDAY, a_case, a_condition, verbs_of
from jingwei.emergency.actions import answer_incident
from jingwei.emergency.calling import call_due
from jingwei.emergency.models import Call, Incident, LogEntry
from jingwei.emergency.rosters import line_for
from jingwei.emergency.testing import FIRE, an_incident, cast_and_areas, on_duty
from jingwei.kernel.public import Refused, environment
from jingwei.notices.public import Notice
from jingwei.notices.testing import EVERY_CHANNEL, reachable, ways_of
from jingwei.people.public import Member, arrange_absence
from jingwei.people.testing import a_holder
from jingwei.places.public import Level, ancestor

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast():
    return cast_and_areas()


def called(incident):
    return list(Call.objects.filter(incident=incident).order_by("turn").values_list("member_id", flat=True))


def told(text):
    return list(Notice.objects.filter(text=text).order_by("pk").values_list("member_id", "urgency"))


def test_the_first_on_duty_is_called_with_the_alarm_and_the_next_after_five_minutes(cast):
    second, first = on_duty(cast.street, rank=2), on_duty(cast.street, rank=1)
    incident = an_incident(cast)

    assert called(incident) == [first.pk]
    assert call_due(MONDAY + ANSWER_WITHIN - timedelta(seconds=1)) == 0
    assert call_due(MONDAY + ANSWER_WITHIN) == 1
    assert call_due(MONDAY + ANSWER_WITHIN) == 0
    assert called(incident) == [first.pk, second.pk]
    assert told("emergency.call") == [(first.pk, "emergency"), (second.pk, "emergency")]
    assert told("emergency.leaders") == []


@pytest.fixture
def every_channel(monkeypatch):
    for name, value in EVERY_CHANNEL.items():
        monkeypatch.setenv(name, value)
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


@pytest.mark.usefixtures("every_channel")
def test_at_night_the_next_is_called_on_every_channel_whatever_they_have_chosen(cast):
    first, second = on_duty(cast.street, rank=1), on_duty(cast.street, rank=2)
    night = MONDAY.replace(hour=18)  # two in the morning in Shanghai
    reachable(second, phone="13900009999", now=MONDAY)
    incident = an_incident(cast, at=night)
    call_due(night + ANSWER_WITHIN)

    assert called(incident) == [first.pk, second.pk]
    assert ways_of(second) == {(channel, night + ANSWER_WITHIN) for channel in ("sms", "mail", "push")}


def test_when_everybody_was_called_in_vain_leaders_are_told_and_it_starts_over(cast):
    first, second = on_duty(cast.street, rank=1), on_duty(cast.street, rank=2)
    incident = an_incident(cast)
    for minutes in (5, 10, 15):
        call_due(MONDAY + minutes * MINUTE)

    assert called(incident) == [first.pk, second.pk, first.pk, second.pk]
    assert told("emergency.leaders") == [(cast.leader.pk, "emergency")]
    kinds = list(incident.log.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["raised", "called", "called", "anew", "called", "called"]


def test_a_late_sweep_calls_the_next_and_skips_nobody(cast):
    people = [on_duty(cast.street, rank=rank) for rank in (1, 2, 3)]
    incident = an_incident(cast)
    hours_later = MONDAY + timedelta(hours=3)
    call_due(hours_later)
    call_due(hours_later + ANSWER_WITHIN)

    assert called(incident) == [one.pk for one in people]


def test_an_answer_ends_the_calls_and_makes_whoever_answers_the_lead(cast):
    on_duty(cast.street, rank=1)
    second = on_duty(cast.street, rank=2)
    incident = an_incident(cast)
    call_due(MONDAY + ANSWER_WITHIN)
    answer_incident(incident, by=second, now=MONDAY + 6 * MINUTE)
    answer_incident(incident, by=second, now=MONDAY + 7 * MINUTE)

    assert call_due(MONDAY + timedelta(days=1)) == 0
    case = incident.case
    case.refresh_from_db()
    assert verbs_of(case) == ["report", "alarm", "answer_alarm"]
    assert case.status == "in_hand"
    assert [part.member_id for part in case.assignments.filter(status="accepted")] == [second.pk]
    with pytest.raises(Refused, match="Somebody else has answered"):
        answer_incident(incident, by=cast.dispatcher)


def test_whoever_comes_on_duty_meanwhile_is_called_and_whoever_has_gone_is_not(cast):
    first, gone = (
        on_duty(cast.street, rank=1),
        on_duty(cast.street, rank=2, at=MONDAY - timedelta(hours=23, minutes=57)),
    )
    new = on_duty(cast.street, rank=1, at=MONDAY + timedelta(days=1, minutes=4))
    incident = an_incident(cast)
    call_due(MONDAY + ANSWER_WITHIN)

    assert called(incident) == [first.pk, new.pk]
    assert gone.pk not in called(incident)


def test_the_street_comes_before_the_district_and_who_is_away_is_replaced(cast):
    district = ancestor(cast.street, Level.DISTRICT)
    far, near = on_duty(district), on_duty(cast.street)
    other = a_holder("duty_officer", cast.street)
    assert line_for(cast.grid, MONDAY) == [near.pk, far.pk]

    arrange_absence(
        near,
        begins_on=MONDAY.date(),
        ends_on=(MONDAY + timedelta(days=2)).date(),
        delegate=other,
        by=None,
        now=MONDAY,
    )
    assert line_for(cast.grid, MONDAY) == [other.pk, far.pk]


def test_without_a_roster_those_posted_there_are_called(cast):
    assert line_for(cast.grid, MONDAY) == [cast.dispatcher.pk, cast.leader.pk]


def test_where_nobody_could_be_called_the_alarm_is_refused_and_the_report_stays(cast):
    case = a_case(cast=cast)
    Member.objects.filter(pk__in=[cast.dispatcher.pk, cast.leader.pk]).update(is_active=False)

    with pytest.raises(Refused, match="110, 119 or 120"):
        alarm_case(case, condition=a_condition(*FIRE), by=cast.resident, now=MONDAY)
    assert verbs_of(case) == ["report"]
    file_case(case, condition=a_condition(*FIRE), title="Smoke", by=cast.grid_worker, now=MONDAY + MINUTE)
    assert verbs_of(case) == ["report", "file"]
    assert not Incident.objects.exists()


def test_when_all_have_gone_off_duty_leaders_are_told_until_somebody_comes(cast):
    on_duty(cast.street)
    incident = an_incident(cast)
    Member.objects.filter(pk__in=line_for(cast.grid, MONDAY)).update(is_active=False)
    call_due(MONDAY + ANSWER_WITHIN)
    call_due(MONDAY + 2 * ANSWER_WITHIN)
    assert told("emergency.leaders") == [(cast.leader.pk, "emergency")] * 2
    late = on_duty(cast.street, rank=2)
    call_due(MONDAY + 3 * ANSWER_WITHIN)

    assert called(incident)[1:] == [late.pk]


def test_a_condition_marked_as_an_emergency_raises_the_alarm_when_the_case_is_filed(cast):
    first = on_duty(cast.street)
    case = a_case(cast=cast)
    file_case(case, condition=a_condition(*FIRE), title="Smoke in block 3", by=cast.grid_worker, now=MONDAY + MINUTE)

    case.refresh_from_db()
    assert verbs_of(case) == ["report", "file", "alarm"]
    assert (case.status, case.urgency, case.level) == ("dispatched", "emergency", "street")
    incident = Incident.objects.get(case=case)
    assert incident.origin == "condition"
    assert called(incident) == [first.pk]
    assert incident.steps.count() == 6


def test_a_turn_cannot_be_called_twice(cast):
    on_duty(cast.street)
    incident = an_incident(cast)
    call = Call.objects.get(incident=incident)
    for clash in ({"turn": call.turn, "round": 2}, {"turn": 9, "round": call.round}):
        with pytest.raises(IntegrityError), atomic():
            Call.objects.create(
                incident=incident, code=call.code, member_id=call.member_id, called_at=MONDAY, until=MONDAY, **clash
            )


def test_the_log_can_be_added_to_and_not_changed(cast):
    on_duty(cast.street)
    incident = an_incident(cast)
    entry = LogEntry.objects.filter(incident=incident).first()
    entry.words = "otherwise"
    with pytest.raises(Exception, match="permission denied"), atomic():
        entry.save()
    with pytest.raises(Exception, match="permission denied"), atomic():
        entry.delete()


def test_a_case_that_was_answered_or_stood_down_by_another_door_calls_nobody_and_can_be_alarmed_again(cast):
    first = on_duty(cast.street)
    incident = an_incident(cast)
    case = answer_alarm_case(incident.case, by=first, now=MONDAY + MINUTE)
    assert call_due(MONDAY + ANSWER_WITHIN) == 0
    call_off_case(case, words="Burnt milk", by=first, now=MONDAY + 6 * MINUTE)
    alarm_case(case, by=cast.dispatcher, now=MONDAY + 9 * MINUTE)

    assert called(incident) == [first.pk]
    assert list(Incident.objects.order_by("raised_at").values_list("outcome", flat=True)) == ["filed", ""]
    again = Incident.objects.get(ended_at=None)
    assert called(again) == [first.pk]
