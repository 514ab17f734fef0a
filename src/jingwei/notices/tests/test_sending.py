"""Who is told, once, and by which ways."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel.public import FactRow, clock
from jingwei.kernel.testing import settle
from jingwei.notices.actions import choose, leave_topic
from jingwei.notices.models import Channel, Choices, Delivery, Notice, Robot
from jingwei.notices.retention import forget_notices, old_notices
from jingwei.notices.sending import To, notify
from jingwei.notices.testing import VALUES, a_text
from jingwei.notices.texts import Topic, Urgency
from jingwei.people.public import erase_member, export_own
from jingwei.people.testing import a_department, a_member, a_resident

pytestmark = [pytest.mark.django_db, pytest.mark.role("jw_worker")]
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # eleven in the evening in Shanghai
MORNING = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


def tell(*to, key="one", text="test.news", now=NOON, **more):
    return notify(to, text, VALUES, key=key, now=now, **more)


def test_member_is_told_once_however_often_it_is_said(news):
    resident = a_resident()

    assert len(tell(To(resident.pk))) == 1
    assert tell(To(resident.pk), To(resident.pk)) == []

    assert Notice.objects.of(resident).count() == 1
    assert FactRow.objects.filter(kind="notice.written").count() == 1


def test_two_messages_of_one_member_have_two_keys(news):
    resident = a_resident()
    tell(To(resident.pk))
    tell(To(resident.pk), key="two")
    assert Notice.objects.of(resident).count() == 2


def test_without_a_gateway_the_inbox_is_all(news):
    tell(To(a_resident().pk))
    assert not Delivery.objects.exists()


def test_resident_gets_a_text_message_where_there_is_a_gateway(news, gateway):
    tell(To(a_resident().pk))
    assert [one.channel for one in Delivery.objects.all()] == [Channel.SMS]


def test_staff_gets_no_text_message_unless_chosen(gateway):
    member = a_member()
    with a_text("test.work", Topic.WORK):
        tell(To(member.pk), text="test.work")
    assert not Delivery.objects.exists()


def test_number_without_account_is_told_by_text_message_and_kept_encrypted(news, gateway):
    tell(To(phone="13900000001"))
    tell(To(phone="13900000001"))
    assert Notice.objects.get().phone == "13900000001"
    assert Delivery.objects.get().channel == Channel.SMS


def test_quiet_hours_hold_messages_back_until_the_morning(news, gateway):
    tell(To(a_resident().pk), now=NIGHT)
    assert Delivery.objects.get().due_at == MORNING


def test_emergency_waits_for_nobody(news, gateway):
    tell(To(a_resident().pk), now=NIGHT, urgency=Urgency.EMERGENCY)
    assert Delivery.objects.get().due_at == NIGHT


def test_own_quiet_hours_come_before_the_district_s(news, gateway):
    resident = a_resident()
    choose(resident, {}, quiet=(NOON.time(), NOON.time()), has_digest=True, by=resident)
    tell(To(resident.pk), now=NIGHT)
    assert Delivery.objects.get().due_at == NIGHT


def test_chosen_channels_count_and_an_emergency_takes_all(news, gateway):
    resident = a_resident()
    choose(resident, {Topic.REPORT: []}, quiet=None, has_digest=True, by=resident)
    tell(To(resident.pk))
    assert not Delivery.objects.exists()

    tell(To(resident.pk), key="two", urgency=Urgency.EMERGENCY)
    assert Delivery.objects.get().channel == Channel.SMS


def test_mail_goes_only_to_a_confirmed_address(news, mailbox):
    resident = a_resident()
    row = Choices.objects.create(member=resident, email="li@example.com")
    tell(To(resident.pk))
    assert not Delivery.objects.exists()

    row.confirmed_at = NOON
    row.save()
    tell(To(resident.pk), key="two")
    assert Delivery.objects.get().channel == Channel.MAIL


def test_leaving_a_topic_ends_its_mails(news, mailbox):
    resident = a_resident()
    Choices.objects.create(member=resident, email="li@example.com", confirmed_at=NOON)
    leave_topic(resident, Topic.REPORT, by=None)
    tell(To(resident.pk))
    assert not Delivery.objects.exists()


def test_office_is_told_by_its_robot_of_the_topics_it_asked_for():
    department = a_department()
    Robot.objects.create(department=department, topics=[Topic.WORK], url="https://robot.example/send?key=k")
    with a_text("test.work", Topic.WORK), a_text("test.limits", Topic.LIMITS):
        tell(To(department_id=department.pk), text="test.work")
        tell(To(department_id=department.pk), text="test.limits", key="two")
    assert [one.notice.text for one in Delivery.objects.select_related("notice")] == ["test.work"]


def test_closed_account_is_told_nothing(news):
    member = a_member()
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    assert tell(To(member.pk)) == []


def test_unknown_text_and_wrong_values_are_mistakes(news):
    with pytest.raises(ValueError, match="no notice is called"):
        notify([To(1)], "test.nothing", {}, key="x")
    with pytest.raises(ValueError, match=r"test\.news takes"):
        notify([To(1)], "test.news", {}, key="x")


def test_what_was_told_is_taken_away_in_a_file_and_erased_with_the_account(news):
    resident = a_resident()
    tell(To(resident.pk))
    assert export_own(resident)
    erase_member(resident, by=resident)
    assert not Notice.objects.exists()


def test_old_messages_are_forgotten(news):
    tell(To(a_resident().pk))
    assert list(forget_notices(NOON + timedelta(days=179))) == []
    assert old_notices(NOON + timedelta(days=180)).count() == 1
    assert sum(forget_notices(NOON + timedelta(days=180))) == 1


def test_fact_of_a_notice_names_the_member_whose_stream_tells_it(news):
    resident = a_resident()
    tell(To(resident.pk))
    settle()
    assert FactRow.objects.get(kind="notice.written").data["member_id"] == resident.pk


def test_frozen_clock_is_the_moment_of_writing(news):
    with clock.frozen(NOON):
        notify([To(a_resident().pk)], "test.news", VALUES, key="x")
    assert Notice.objects.get().written_at == NOON
