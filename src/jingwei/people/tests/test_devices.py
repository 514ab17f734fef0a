from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from jingwei.kernel.public import FactRow, NotPermitted, clock
from jingwei.people.devices import devices_of, end_sessions
from jingwei.people.models import Session
from jingwei.people.sessions import SessionStore
from jingwei.people.testing import STREET, a_holder, a_member, a_resident, let_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0": "Edge Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/17 Safari/605": "Safari macOS",
    "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0": "Firefox Linux",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 MicroMessenger/8.0": "WeChat iPhone",
    "Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH) HuaweiBrowser/15 Chrome/114 Mobile": "Huawei browser HarmonyOS",
    "curl/8.0": " ",
    "": " ",
}


def begun(member, agent="Firefox"):
    store = SessionStore()
    store.begin(member, agent)
    return store


def page(response):
    return unescape(response.content.decode())


@pytest.mark.parametrize(("agent", "shown"), AGENTS.items())
def test_a_device_is_called_by_browser_and_system(agent, shown):
    member = a_member()
    begun(member, agent)
    (device,) = devices_of(member)

    assert f"{device.browser} {device.system}" == shown
    assert device.is_hand_held == ("iPhone" in shown or "HarmonyOS" in shown)


def test_this_device_comes_first_then_the_latest_active_and_none_that_has_run_out():
    member = a_member()
    stores = []
    for hours in (0, 20, 21, 22):
        with clock.frozen(NOON + hours * HOUR):
            stores.append(begun(member))
    begun(a_member())

    with clock.frozen(NOON + 23 * HOUR):
        shown = devices_of(member, this=stores[1].digest)
    assert [one.handle for one in shown] == [stores[n].digest[:16] for n in (1, 3, 2)]
    assert [one.is_this for one in shown] == [True, False, False]


def test_one_device_is_signed_out_and_the_others_stay():
    member = a_member()
    mine, lost = begun(member), begun(member)

    assert end_sessions(member, handle=lost.digest[:16], by=member) == 1
    assert SessionStore(lost.session_key).member is None
    assert SessionStore(mine.session_key).member == member
    assert FactRow.objects.filter(kind="people.sessions_ended", actor_id=member.pk).count() == 1


def test_ending_what_is_not_there_tells_nothing():
    member = a_member()

    assert end_sessions(member, by=member) == 0
    assert not FactRow.objects.filter(kind="people.sessions_ended").exists()


def test_nobody_ends_the_session_of_another_by_its_handle():
    mine, other = begun(a_member()), begun(a_member())
    member = SessionStore(mine.session_key).member

    assert end_sessions(member, handle=other.digest[:16], by=member) == 0
    assert Session.objects.count() == 2


def test_who_manages_accounts_ends_the_sessions_of_others_and_nobody_else_does():
    member = a_resident()
    begun(member)
    with pytest.raises(NotPermitted):
        end_sessions(member, by=a_holder("leader", STREET))

    officer = a_holder("security_officer", STREET - STREET % 10**12)
    assert end_sessions(member, by=officer) == 1


def test_the_page_shows_devices_and_signs_one_out(visitor):
    member = a_resident()
    lost = begun(member, "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari")
    let_in(visitor, member)
    asked = visitor.get("/me/devices/")
    done = visitor.post("/me/devices/end/", {"device": lost.digest[:16]}, follow=True)

    assert "Chrome · Android" in page(asked)
    assert "This device" in page(asked)
    assert "no-store" in asked["Cache-Control"]
    assert "That device is signed out." in page(done)
    assert Session.objects.count() == 1


def test_signing_out_everywhere_else_keeps_this_device(visitor):
    member = a_member()
    begun(member)
    begun(member)
    let_in(visitor, member)
    done = visitor.post("/me/devices/end-others/", follow=True)

    assert "2 devices are signed out." in page(done)
    assert "Sign out everywhere else" not in page(done)
    assert Session.objects.get().member == member


def test_an_empty_choice_ends_nothing(visitor):
    member = a_member()
    begun(member)
    let_in(visitor, member)
    visitor.post("/me/devices/end/", {"device": ""})

    assert Session.objects.count() == 2


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/me/devices/").url == "/sign-in/?next=%2Fme%2Fdevices%2F"
    assert client.post("/me/devices/end-others/").url == "/sign-in/"
