"""A worker where there is no signal: reads what was taken along, writes, and finds it sent, once and in order."""

import os
import signal
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import FLAGS, PHONE, Site, chromium

pytestmark = pytest.mark.journey
ROUND = 15_000
KEPT = """async (store) => {
  const db = await new Promise((done) => {
    const opening = indexedDB.open("field");
    opening.onsuccess = () => done(opening.result);
  });
  const all = await new Promise((done) => {
    const asked = db.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return all.map(({ head, sealed, body, answer, ...plain }) => plain);
}"""
IN_CLEAR = """async (text) => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if ((await (await cache.match(request)).text()).includes(text)) found.push(request.url);
    }
  }
  return found;
}"""


class Line(socketserver.ThreadingTCPServer):
    """What lies between a phone and the site. It can be cut for the service worker, too, and from the first moment."""

    allow_reuse_address = daemon_threads = True
    is_cut = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.far = ("127.0.0.1", int(site.url.rpartition(":")[2]))
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.calls: set[socket.socket] = set()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def is_there(self, *, yes: bool) -> None:
        self.is_cut = not yes
        for call in list(self.calls) if self.is_cut else []:
            with suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)


class Call(socketserver.BaseRequestHandler):
    """One connection, both ways, until either side or the line ends it."""

    server: Line

    def handle(self) -> None:
        if self.server.is_cut:
            return
        with socket.create_connection(self.server.far) as far:
            self.server.calls |= {self.request, far}
            back = threading.Thread(target=carry, args=(far, self.request), daemon=True)
            back.start()
            carry(self.request, far)
            back.join()
            self.server.calls -= {self.request, far}


def carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while said := one.recv(65_536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)


class Phone:
    """A phone that can be switched off: what its browser keeps lies in a folder."""

    def __init__(self, browser: Browser, site: Site, folder: Path) -> None:
        self.kind, self.site, self.folder = browser.browser_type, site, folder
        self.line = Line(site)
        self.switches_on()

    def switches_on(self) -> None:
        self.context: BrowserContext = self.kind.launch_persistent_context(
            self.folder, executable_path=chromium(), args=FLAGS, viewport=PHONE, locale="zh-CN"
        )
        self.context.set_default_timeout(ROUND)
        self.page: Page = self.context.pages[0]

    def is_killed(self) -> None:
        """Without a word, as where the battery is empty."""
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if f"--user-data-dir={self.folder}".encode() in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
        time.sleep(0.3)
        with suppress(Exception):
            self.context.close()
        (self.folder / "SingletonLock").unlink(missing_ok=True)
        self.switches_on()

    def signs_in(self) -> None:
        login = self.site.logins["field"]
        self.context.clear_cookies()
        self.opens("/sign-in/")
        self.page.fill("[name=username]", login["name"])
        self.page.fill("[name=password]", login["password"])
        self.page.click("form button.btn-primary")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def opens(self, path: str) -> Page:
        self.page.goto(self.line.url + path)
        return self.page

    def kept(self, store: str) -> list[dict[str, Any]]:
        return self.page.evaluate(KEPT, store)

    def takes_along(self) -> None:
        """Everything that the server names is on the phone."""
        self.opens("/field/")
        asked = "fetch('/field/offline/pages/').then((answer) => answer.json())"
        named = {one["url"] for one in self.page.evaluate(asked)["pages"]}
        self.waits_until(lambda: named <= {one["url"] for one in self.kept("pages")})

    def waits_until(self, holds: Any, milliseconds: int = ROUND) -> None:
        for _ in range(milliseconds // 100):
            with suppress(Exception):  # the store is made by the first page
                if holds():
                    return
            self.page.wait_for_timeout(100)
        pytest.fail(f"it did not come to it: {self.kept('outbox')}")

    def reports(self, words: str, *photos: bytes) -> None:
        page = self.opens("/field/report/")
        page.fill("[name=words]", words)
        page.select_option("[name=area]", index=1)
        named = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": one} for n, one in enumerate(photos)]
        page.set_input_files("input[type=file]", named)
        page.click("form .btn-primary")
        page.locator("[data-part=waiting] .list-row", has_text=words).wait_for()

    def sends_all(self, milliseconds: int = ROUND) -> list[dict[str, Any]]:
        self.opens("/field/sync/")
        self.waits_until(lambda: all(one["state"] == "sent" for one in self.kept("outbox")), milliseconds)
        return self.kept("outbox")


@pytest.fixture
def phone(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Phone]:
    phone = Phone(browser, site, tmp_path / "phone")
    phone.signs_in()
    phone.takes_along()
    yield phone
    phone.context.close()
    phone.line.shutdown()
    phone.line.server_close()


def a_picture(number: int) -> bytes:
    """Large enough to be made smaller; each another one."""
    out = BytesIO()
    Image.effect_noise((2400, 1600), 60 + number).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def test_a_shift_in_the_basement_arrives_once_and_in_order(phone, site):
    picture = a_picture(1)
    phone.line.is_there(yes=False)
    page = phone.opens("/field/")
    page.locator("[data-strips] .strip").wait_for()
    page.locator(".due-what a").first.click()
    page.locator("h1.title").wait_for()
    assert page.evaluate("document.documentElement.dataset.asOf")
    said = page.locator("h1.title").inner_text()
    assert page.evaluate(IN_CLEAR, said) == []
    phone.opens("/field/cases/20000101-000001/").get_by_text("手机里没有这一页").wait_for()

    phone.reports("地下室积水", picture)
    phone.is_killed()
    phone.reports("配电箱门开着")
    waiting = phone.kept("outbox")
    assert [one["state"] for one in waiting] == ["waiting", "waiting"]
    assert len(picture) > 1_500_000 > waiting[0]["size"]
    assert phone.page.locator("[data-strips]").inner_text().count("2") >= 1

    phone.context.clear_cookies()
    phone.line.is_there(yes=True)
    phone.opens("/field/sync/").wait_for_url("**/sign-in/**")
    phone.signs_in()
    sent = phone.sends_all()
    reports = [site.api("GET", f"/reports/{one['id']}") for one in sent]
    assert [one["id"] for one in sent] == [one["id"] for one in waiting]
    assert reports[0]["received_at"] < reports[1]["received_at"]
    photos = [site.api("GET", f"/cases/{one['case']['number']}/photos")["items"] for one in reports]
    assert [len(ones) for ones in photos] == [1, 0]


@pytest.mark.slow
def test_twenty_records_with_photos_survive_a_killed_browser(phone, site):
    phone.line.is_there(yes=False)
    for number in range(20):
        phone.reports(f"第 {number + 1} 件", a_picture(number))
        if number in {6, 13}:
            phone.is_killed()
            phone.opens("/field/sync/")
    waiting = [one["id"] for one in phone.kept("outbox")]
    phone.is_killed()
    phone.line.is_there(yes=True)
    phone.signs_in()  # a browser that is killed may have lost the cookie of the last half minute
    phone.sends_all(8 * ROUND)
    reports = [site.api("GET", f"/reports/{key}") for key in waiting]

    assert len(waiting) == 20
    assert len({one["case"]["number"] for one in reports}) == 20
    moments = [one["received_at"] for one in reports]
    assert moments == sorted(moments)
    for one in reports:
        assert len(site.api("GET", f"/cases/{one['case']['number']}/photos")["items"]) == 1
