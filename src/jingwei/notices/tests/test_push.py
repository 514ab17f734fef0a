"""Web push: what leaves the house, what the browser reads, and how a browser is switched on and off."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import ECKey

from jingwei.kernel.public import WHOLE, Refused, entered, environment
from jingwei.notices import sealing
from jingwei.notices.delivering import MOST_TRIES, WAITS, deliver_due
from jingwei.notices.devices import MOST, add_device, end_devices_left
from jingwei.notices.models import Channel, Choices, Delivery, PushDevice
from jingwei.notices.overview import sick_channels
from jingwei.notices.retention import forget_devices
from jingwei.notices.sealing import from_base64, public_key, seal, to_base64
from jingwei.notices.sending import To, notify
from jingwei.notices.testing import VALUES, a_push_service
from jingwei.people.public import set_language
from jingwei.people.testing import a_resident, let_in

pytestmark = [pytest.mark.django_db]
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
S = Delivery.State


def a_resident_reading(language):
    resident = a_resident()
    set_language(resident, language, by=resident)
    return resident


def a_device(member, service, **more):
    given = service.given | {"agent": "Chrome/140 Android", "session": "s", "by": member, "now": NOON} | more
    return add_device(member, **given)


def tell(member, *, now=NOON, key="one", **more):
    return notify([To(member.pk)], "test.news", VALUES, key=key, now=now, **more)


def run(now=NOON):
    return [one.state for one in deliver_due(now)]


def test_message_is_sealed_as_the_standard_s_example():
    # RFC 8291, section 5 and appendix A.
    own = sealing.signing_key(from_base64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    sealed = sealing._sealed(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        own,
        from_base64("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert to_base64(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
        "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_two_messages_to_one_browser_look_different_each_time():
    key = to_base64(sealing.point(ec.generate_private_key(sealing.CURVE).public_key()))
    assert seal(b"the same", key, "BTBZMqHH6r4Tts7J_aSIgg") != seal(b"the same", key, "BTBZMqHH6r4Tts7J_aSIgg")


def test_browser_reads_a_title_and_a_path_and_the_service_knows_us(news, push):
    resident = a_resident_reading("en")
    a_device(resident, push)
    tell(resident)
    with entered(WHOLE):
        assert run() == [S.SENT]
        delivery = Delivery.objects.get()

    assert push.shown == [
        {
            "key": str(delivery.pk),
            "title": "News of 20261121-000001",
            "said": "Open it in Jingwei",
            "path": "/me/cases/20261121-000001/",
            "language": "en",
            "is_urgent": False,
        }
    ]
    [asked] = push.asked
    assert (asked["content-encoding"], asked["ttl"], asked["urgency"]) == ("aes128gcm", "86400", "normal")
    assert asked["topic"] == delivery.pk.hex
    token, key = asked["authorization"].removeprefix("vapid t=").split(", k=")
    assert key == public_key(environment().push_key)
    read = jwt.decode(token, ECKey.import_key(sealing.signing_key(environment().push_key)), algorithms=["ES256"])
    assert read.claims["aud"] == push.url.removesuffix("/push/browser")
    assert read.claims["sub"] == "mailto:notices@example.gov.cn"
    assert time.time() < read.claims["exp"] <= time.time() + 24 * 3600


def test_title_is_in_the_language_of_its_reader(push):
    resident = a_resident_reading("zh-hans")
    a_device(resident, push)
    notify([To(resident.pk)], "notices.test", {}, key="one", now=NOON)
    with entered(WHOLE):
        run()
    assert [one["said"] for one in push.shown] == ["在经纬中查看"]


@pytest.mark.parametrize("status", [404, 410])
def test_browser_that_has_gone_is_told_no_more(news, push, status):
    resident = a_resident()
    a_device(resident, push)
    push.answers = [status]
    tell(resident)
    with entered(WHOLE):
        assert run() == [S.DROPPED]
        assert Delivery.objects.get().problem == "gone"
        assert not PushDevice.objects.exists()
        tell(resident, key="two")
        assert Delivery.objects.count() == 1
        assert not sick_channels()


def test_service_that_is_down_is_asked_again_for_the_browser_that_waits_alone(news, push):
    resident = a_resident()
    a_device(resident, push)
    with a_push_service() as other, entered(WHOLE):
        hosts = environment().outgoing_hosts
        object.__setattr__(environment(), "outgoing_hosts", (*hosts, other.url.split("/")[2]))
        a_device(resident, other)
        push.answers = [503]
        tell(resident)
        assert sorted(run()) == [S.SENT, S.WAITING]
        assert run(NOON + WAITS[0]) == [S.SENT]
    assert (len(push.asked), len(other.asked)) == (2, 1)
    assert push.asked[0]["topic"] == push.asked[1]["topic"]


def test_service_that_never_answers_ends_the_delivery_and_not_the_browser(news, push):
    resident = a_resident()
    a_device(resident, push)
    push.answers = [500] * MOST_TRIES
    tell(resident, urgency="emergency")
    now = NOON
    with entered(WHOLE):
        for _try in range(MOST_TRIES):
            run(now)
            now += timedelta(days=1)
        assert Delivery.objects.get().state == S.FAILED
        assert PushDevice.objects.exists()


def test_quiet_hours_hold_back_all_but_an_emergency(news, push):
    resident = a_resident()
    a_device(resident, push)
    tell(resident, now=NIGHT)
    with entered(WHOLE):
        assert run(NIGHT) == []
        tell(resident, key="alarm", urgency="emergency", now=NIGHT)
        assert run(NIGHT) == [S.SENT]
    assert [asked["urgency"] for asked in push.asked] == ["high"]


def test_key_of_ours_that_has_changed_ends_the_browser_without_a_call(news, push, settings_of_site):
    resident = a_resident()
    a_device(resident, push)
    tell(resident)
    settings_of_site(PUSH_KEY=to_base64(bytes(range(2, 34))))
    with entered(WHOLE):
        assert run() == [S.DROPPED]
        assert not PushDevice.objects.exists()
    assert push.asked == []


def test_address_inside_our_network_is_not_taken(push):
    resident = a_resident()
    inside = push.given | {"endpoint": "http://10.0.0.5/push"}
    with pytest.raises(Refused):
        add_device(resident, **inside, agent="", session="s", by=resident)


def test_address_that_leads_inside_is_not_called(news, push, settings_of_site):
    resident = a_resident()
    a_device(resident, push)
    tell(resident)
    settings_of_site(OUTGOING_HOSTS="other.example")
    with entered(WHOLE):
        assert run() == [S.WAITING]
        assert Delivery.objects.get().problem == "refused_address"
    assert push.asked == []


def test_browser_is_switched_on_and_off_by_its_owner_alone(client, push):
    resident = a_resident()
    Choices.objects.create(member=resident, channels={"report": ["sms"]})
    let_in(client, resident)
    page = client.get(reverse("notices:choices")).content.decode()
    assert f'data-push-key="{public_key(environment().push_key)}"' in page

    answer = client.post(reverse("notices:push"), push.given, headers={"User-Agent": "Chrome/140 Android"})
    key = answer.json()["id"]
    assert "Chrome · Android" in client.get(reverse("notices:choices")).content.decode()
    assert Choices.objects.get(pk=resident.pk).channels == {"report": [Channel.PUSH, Channel.SMS]}

    neighbour = a_resident()
    let_in(client, neighbour)
    client.post(reverse("notices:push-end", args=[key]))
    with entered(WHOLE):
        assert PushDevice.objects.filter(pk=key).exists()
    let_in(client, resident)
    client.post(reverse("notices:push-end", args=[key]))
    with entered(WHOLE):
        assert not PushDevice.objects.filter(pk=key).exists()


def test_browser_with_a_new_address_stays_the_device_it_was(client, push):
    resident = a_resident()
    let_in(client, resident)
    key = client.post(reverse("notices:push"), push.given).json()["id"]
    Choices.objects.filter(pk=resident.pk).update(channels={"report": ["sms"]})
    terms = client.get(reverse("notices:push-renew")).json()
    assert terms["key"] == public_key(environment().push_key)

    with a_push_service() as other:
        moved = other.given | {"endpoint": f"{push.url}/moved"}
        answer = client.post(reverse("notices:push-renew"), moved | {"csrfmiddlewaretoken": terms["token"]})
    assert answer.json() == {"id": key}
    with entered(WHOLE):
        [row] = PushDevice.objects.all()
    assert (str(row.pk), row.endpoint, row.secret) == (key, moved["endpoint"], moved["secret"])
    assert Choices.objects.get(pk=resident.pk).channels == {"report": ["sms"]}


def test_browser_that_was_switched_off_elsewhere_does_not_come_back_with_a_new_address(client, push):
    resident = a_resident()
    a_device(resident, push)  # in another session
    let_in(client, resident)
    key = client.post(reverse("notices:push"), push.given | {"endpoint": f"{push.url}/here"}).json()["id"]
    client.post(reverse("notices:push-end", args=[key]))

    answer = client.post(reverse("notices:push-renew"), push.given | {"endpoint": f"{push.url}/moved"})
    assert answer.status_code == 422
    with entered(WHOLE):
        assert [one.endpoint for one in PushDevice.objects.all()] == [push.url]


def test_browser_that_another_member_takes_over_tells_the_first_no_more(client, push):
    first, second = a_resident(), a_resident()
    a_device(first, push)
    let_in(client, second)
    assert client.post(reverse("notices:push"), push.given).status_code == 200
    with entered(WHOLE):
        assert [one.member_id for one in PushDevice.objects.all()] == [second.pk]


def test_nonsense_from_a_browser_is_refused_in_words(client, push):
    let_in(client, a_resident())
    answer = client.post(reverse("notices:push"), push.given | {"key": "BCVx"})
    assert answer.status_code == 422
    assert answer.json()["why"]


def test_site_without_a_key_says_so_and_offers_nothing(client):
    let_in(client, a_resident())
    page = client.get(reverse("notices:choices")).content.decode()
    assert "data-push-on" not in page
    form = client.get(reverse("notices:choices")).context["form"]
    assert set(dict(form.fields["topic_report"].choices)) == {"sms", "mail"}
    assert (
        client.post(reverse("notices:push"), {"endpoint": "https://a.example/", "key": "k", "secret": "s"}).status_code
        == 422
    )


def test_session_that_was_ended_from_elsewhere_takes_its_browser_along(client, push):
    resident = a_resident()
    let_in(client, resident)
    client.post(reverse("notices:push"), push.given)
    with entered(WHOLE):
        assert end_devices_left(resident) == 0
        client.session.flush()
        type(resident).objects.get(pk=resident.pk).sessions.all().delete()
        assert end_devices_left(resident) == 1


def test_eleventh_browser_takes_the_place_of_the_most_silent(push):
    resident = a_resident()
    for number in range(MOST + 1):
        a_device(resident, push, endpoint=f"{push.url}/{number}", now=NOON + timedelta(hours=number))
    kept = [one.endpoint for one in PushDevice.objects.order_by("used_at")]
    assert kept == [f"{push.url}/{number}" for number in range(1, MOST + 1)]


def test_browser_silent_for_a_year_is_forgotten(push):
    resident = a_resident()
    a_device(resident, push)
    assert sum(forget_devices(NOON + timedelta(days=364))) == 0
    assert sum(forget_devices(NOON + timedelta(days=365))) == 1


def test_worker_is_a_script_of_its_own_that_anybody_may_fetch(client):
    answer = client.get(reverse("notices:push-worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in b"".join(answer.streaming_content)


def test_key_that_the_command_makes_is_one_for_the_settings(capsys, settings_of_site):
    call_command("make_push_key")
    name, _is, value = capsys.readouterr().out.strip().partition("=")
    assert name == "JINGWEI_PUSH_KEY"
    settings_of_site(PUSH_KEY=value)
    assert len(from_base64(public_key(environment().push_key))) == sealing.POINT_BYTES
    settings_of_site(PUSH_KEY=value[:-4])
    with pytest.raises(ImproperlyConfigured) as refused:
        environment()
    assert value[:-4] not in str(refused.value)
