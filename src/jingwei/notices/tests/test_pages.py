"""The inbox, the bell, one's own choices, and what links in mails lead to."""

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.notices.addresses import confirm_url
from jingwei.notices.jobs import ask_to_confirm
from jingwei.notices.models import Choices, Notice
from jingwei.notices.sending import To, notify
from jingwei.notices.testing import VALUES
from jingwei.notices.unsubscribing import unsubscribe_url
from jingwei.people.testing import a_member, a_resident, let_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def tell(member, key="one"):
    [notice] = notify([To(member.pk)], "test.news", VALUES, key=key, now=NOON)
    return notice


def path_of(url):
    return url.removeprefix("https://jingwei.example.gov.cn")


def test_message_is_opened_read_and_counted(client, news):
    resident = a_resident()
    notice = tell(resident)
    tell(resident, "two")
    let_in(client, resident)

    assert b">2<" in client.get(reverse("notices:count")).content
    answer = client.post(reverse("notices:open", args=[notice.pk]))
    assert answer.headers["Location"] == "/me/cases/20261121-000001/"
    assert b">1<" in client.get(reverse("notices:count")).content
    client.post(reverse("notices:read-all"))
    assert not Notice.objects.unread().exists()
    assert "News of 20261121-000001" in client.get(reverse("notices:inbox")).content.decode()


def test_inbox_has_pages_and_new_ones_apart(client, news):
    resident = a_resident()
    for number in range(31):
        tell(resident, str(number))
    let_in(client, resident)
    first = client.get(reverse("notices:inbox"), {"new": ""})
    assert len(first.context["shown"]) == 30
    older = client.get(reverse("notices:inbox"), {"before": first.context["more_from"]})
    assert len(older.context["shown"]) == 1


def test_nobody_reads_another_s_messages(client, news):
    notice = tell(a_resident())
    let_in(client, a_resident())
    assert client.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert not client.get(reverse("notices:inbox")).context["shown"]


def test_choices_are_kept(client, gateway):
    resident = a_resident()
    let_in(client, resident)
    sent = {"topic_report": ["mail"], "quiet_from": "22:30", "quiet_until": "06:00"}
    client.post(reverse("notices:choices"), sent)
    row = Choices.objects.get(pk=resident.pk)
    assert row.channels == {"report": ["mail"]}
    assert (row.quiet_from, row.quiet_until) == (time(22, 30), time(6))
    assert client.get(reverse("notices:choices")).status_code == 200


def test_one_time_of_two_is_refused(client):
    let_in(client, a_resident())
    assert client.post(reverse("notices:choices"), {"quiet_from": "22:30"}).status_code == 422


def test_staff_chooses_for_work_too(client):
    let_in(client, a_member())
    form = client.get(reverse("notices:choices")).context["form"]
    assert [one.name for one in form.groups] == ["topic_report", "topic_work", "topic_limits", "topic_digest"]


def test_address_counts_once_its_mailbox_has_said_so(client, mailbox):
    resident = a_resident()
    let_in(client, resident)
    client.post(reverse("notices:email"), {"email": "li@example.com"})
    row = Choices.objects.get(pk=resident.pk)
    assert (row.email, row.confirmed_at) == ("li@example.com", None)

    ask_to_confirm(member_id=resident.pk)
    [mail] = mailbox.mails
    assert mail["To"] == "li@example.com"
    assert path_of(confirm_url(row)).split(":")[0] in mail.get_body(("plain",)).get_content()
    client.post(path_of(confirm_url(row)))
    assert Choices.objects.get(pk=resident.pk).confirmed_at is not None


def test_link_of_another_account_or_address_confirms_nothing(client, mailbox):
    other = Choices.objects.create(member=a_resident(), email="wang@example.com")
    resident = a_resident()
    mine = Choices.objects.create(member=resident, email="li@example.com")
    let_in(client, resident)
    old = path_of(confirm_url(mine))
    Choices.objects.filter(pk=mine.pk).update(email="new@example.com")
    for link in (path_of(confirm_url(other)), old, reverse("notices:confirm", args=["nonsense"])):
        assert client.post(link).status_code == 422
    assert not Choices.objects.exclude(confirmed_at=None).exists()


def test_one_click_in_a_mail_program_ends_its_kind(mailbox):
    resident = a_resident()
    link = path_of(unsubscribe_url(resident.pk, "report"))
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(link).status_code == 200
    assert not Choices.objects.exists()
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Choices.objects.get(pk=resident.pk).channels == {"report": ["push", "sms"]}
    assert stranger.post(reverse("notices:unsubscribe", args=["nonsense"])).status_code == 404
