"""A resident switches messages on for a browser, and is told there while no page of the site is looked at."""

import json

import pytest
from django.utils.translation import gettext, override

pytestmark = pytest.mark.journey
AGREES = """
  const given = GIVEN, keys = { p256dh: given.key, auth: given.secret };
  const agreed = { unsubscribe: async () => true, toJSON: () => ({ endpoint: given.endpoint, keys }) };
  PushManager.prototype.subscribe = async () => (localStorage.setItem("agreed", "yes"), agreed);
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("agreed") ? agreed : null);
"""
"""The service of the browser's maker is out of reach: ours takes its place."""
MOVES = """async (given) => {
  let waited, isEnded = false;
  const keys = { p256dh: given.key, auth: given.secret };
  const toJSON = () => ({ endpoint: given.endpoint, keys });
  const newSubscription = { unsubscribe: async () => (isEnded = true), toJSON };
  const more = { newSubscription, waitUntil: (it) => (waited = it) };
  const event = Object.assign(new Event("pushsubscriptionchange"), more);
  self.dispatchEvent(event);
  await waited;
  return isEnded;
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/me/notices/");
  return (await registration.getNotifications()).map((one) => [one.title, one.data.path]);
}"""


def test_a_message_shows_on_the_screen_of_a_device_until_it_is_switched_off(visitor, site):
    resident = visitor("phone").signs_in("resident")
    page = resident.page
    page.context.grant_permissions(["notifications"], origin=site.url)
    page.add_init_script(AGREES.replace("GIVEN", json.dumps(site.push.given)))
    registrations = []
    browser = page.context.new_cdp_session(page)
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"]))
    browser.send("ServiceWorker.enable")

    resident.goes_to("/me/notices/")
    page.click("[data-push-on]")
    page.locator("[data-device]").get_by_text("本机").wait_for()
    resident.sees_no_overflow()

    site.manages("send_test_notice", site.logins["resident"]["phone"])
    with override("zh-hans"):
        title = gettext("A test message")
    (told,) = [one for one in site.push.shown if one["title"] == title]  # by day the resident hears of matters, too
    at = {"origin": site.url, "registrationId": registrations[-1]["registrationId"]}
    browser.send("ServiceWorker.deliverPushMessage", at | {"data": json.dumps(told)})
    page.wait_for_function(f"async () => (await ({SHOWN})()).length === 1")
    assert page.evaluate(SHOWN) == [[told["title"], told["path"]]]

    (asleep,) = page.context.service_workers
    moved = site.push.given | {"endpoint": f"{site.push.url}/moved"}
    assert asleep.evaluate(MOVES, moved) is False
    page.locator("[data-device] [type=submit]").click()
    page.locator("[data-push-on]").wait_for()
    assert asleep.evaluate(MOVES, moved) is True  # does not come back by itself
