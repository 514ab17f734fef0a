"""A whole site for a browser to walk through: its own database with the demo street, web, relay and worker."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jingwei.command.keys import new_field_key
from jingwei.notices.sealing import to_base64
from jingwei.notices.testing import PushService, a_push_service

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
DAYS_OF_DEMO = "14"
NEWCOMERS = ("newcomer-1", "newcomer-2")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",  # a microphone that hums
    "--use-fake-ui-for-media-stream",  # and whose owner says yes
]


@dataclass(frozen=True)
class Site:
    """Where it is and who may sign in: portal → {"name", "password"} or {"phone"}; `newcomers`, who are no demo
    accounts, by their first passwords. `push` takes its messages to browsers.
    """

    url: str
    logins: dict[str, dict[str, str]]
    key: str
    newcomers: dict[str, str]
    push: PushService
    environment: dict[str, str]
    cookies: dict[str, Any] = field(default_factory=dict)

    def manages(self, *command: str) -> str:
        """What the command of the site's owner says."""
        return manage(list(command), self.environment)

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """The answer of the API as JSON. Raises HTTPError for anything but success."""
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    with a_database() as url, a_push_service() as push:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("JINGWEI_", "PYTEST_"))},
            "JINGWEI_DATABASE_URL": url,
            "JINGWEI_HOME": str(home),
            "JINGWEI_DEMO": "1",
            "JINGWEI_SMS_SENDER": "console",
            "JINGWEI_PUSH_KEY": to_base64(bytes(range(1, 33))),
            "JINGWEI_OUTGOING_HOSTS": push.url.split("/")[2],
            "JINGWEI_SECRET_KEY": secrets.token_urlsafe(48),
            "JINGWEI_FIELD_KEYS": new_field_key(),
            "DJANGO_SETTINGS_MODULE": "jingwei.config.settings",
            "PYTHONPATH": "src",
        }
        for command in (
            ["migrate", "-v0"],
            ["collectstatic", "--no-input", "-v0"],
            ["fill_demo", "--days", DAYS_OF_DEMO],
        ):
            manage(command, environment)
        newcomers = {
            name: manage(["create_staff", name, "新同事", "leader", "990101001"], environment).strip()
            for name in NEWCOMERS
        }
        programs = [
            ("jw_web", ["-m", "jingwei.kernel.serve", "--port", str(port), "--workers", "1"]),
            ("jw_worker", ["-m", "django", "relay"]),
            ("jw_worker", ["-m", "django", "worker"]),
        ]
        log = (home / "site.log").open("wb")
        running = [
            subprocess.Popen(
                [sys.executable, *program], env=environment | working_as(role, url), stdout=log, stderr=log
            )
            for role, program in programs
        ]
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", home / "site.log")
            told = json.loads((home / "demo-logins.json").read_text())
            yield Site(f"http://127.0.0.1:{port}", told["logins"], told["api_key"], newcomers, push, environment)
            assert policy_reports(url) == [], "browsers had to stop something on our pages"
        finally:
            for program in running:
                program.terminate()
            for program in running:
                try:
                    program.wait(10)
                except subprocess.TimeoutExpired:
                    program.kill()
            log.close()


def working_as(role: str, url: str) -> dict[str, str]:
    """The address of the database for a program that works as this role, as it does where people use it."""
    return {"JINGWEI_DATABASE_URL": make_conninfo(url, options=f"-c role={role}")}


def policy_reports(url: str) -> list[Any]:
    """What the page "Browser reports" would show."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT route, directive, blocked, count FROM policy_report").fetchall()


def manage(command: list[str], environment: dict[str, str]) -> str:
    program = [sys.executable, "-m", "django", *command]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    return done.stdout


class a_database:  # noqa: N801 reads as the phrase it stands in
    """A database of its own beside the one of the tests, dropped at the end."""

    def __enter__(self) -> str:
        self.address = os.environ["JINGWEI_DATABASE_URL"]
        self.name = f"journeys_{secrets.token_hex(4)}"
        self._say(sql.SQL("CREATE DATABASE {}"))
        return make_conninfo(**{**conninfo_to_dict(self.address), "dbname": self.name})

    def __exit__(self, *_exception: object) -> None:
        self._say(sql.SQL("DROP DATABASE {} WITH (FORCE)"))

    def _say(self, statement: sql.SQL) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement.format(sql.Identifier(self.name)))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, log: Path) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{url} does not answer: {log.read_text()[-3000:]}")


def chromium() -> str:
    """The path of the browser."""
    program = os.environ.get("JINGWEI_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail("No Chromium here. Install it, or set JINGWEI_CHROMIUM to its path.")
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One person's browser. Whatever the console or the security policy complains about fails the test."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hears(self, said: ConsoleMessage) -> None:
        """Chromium puts every refused form into the console as well: a 409 or 422 is an answer, not a fault."""
        if said.type == "error" and not re.search(r"status of (?:409|422) ", said.text):
            self.complaints.append(said.text)

    def goes_to(self, path: str) -> "Visitor":
        self.page.goto(self.site.url + path)
        return self

    def signs_in(self, portal: str) -> "Visitor":
        """With a password, or with the code that a demo shows; once a portal, then by the same cookie."""
        if portal not in self.site.cookies:
            login = self.site.logins[portal]
            if "password" in login:
                self.goes_to("/sign-in/")
                self.page.fill("[name=username]", login["name"])
                self.page.fill("[name=password]", login["password"])
                self.page.click("form button.btn-primary")
            else:
                self.goes_to("/sign-in/phone/")
                self.gives_phone(login["phone"])
            self.page.wait_for_url(lambda url: "/sign-in/" not in url)
            kept = self.page.context.cookies()
            self.site.cookies[portal] = [cookie for cookie in kept if cookie["name"] == "sessionid"]
        self.page.context.add_cookies(self.site.cookies[portal])
        return self

    def gives_phone(self, phone: str) -> None:
        """Both steps of signing in by phone, on whatever page asks for it."""
        self.page.fill("[name=phone]", phone)
        self.page.click("form button.btn-primary")
        said = re.search(r"\d{6}", self.page.locator(".notice").first.inner_text())
        assert said, "the demo shows no code"
        self.page.fill("[name=code]", said.group())
        self.page.click("form button.btn-primary")

    def sees_no_overflow(self) -> None:
        """Nothing is wider than the screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"


@pytest.fixture
def visitor(site: Site, browser: Browser) -> Iterator[Any]:
    """Builds visitors: `visitor("phone")`, `visitor("desktop", language="en")`."""
    made: list[tuple[BrowserContext, Visitor]] = []

    def build(screen: str, *, language: str = "zh-CN", has_javascript: bool = True) -> Visitor:
        size = PHONE if screen == "phone" else DESKTOP
        context = browser.new_context(
            viewport=size,
            locale=language,
            java_script_enabled=has_javascript,
            timezone_id="Asia/Shanghai",
            is_mobile=screen == "phone",
            has_touch=screen == "phone",
        )
        context.set_default_timeout(10_000)
        made.append((context, Visitor(context, site)))
        return made[-1][1]

    yield build
    for context, one in made:
        assert not one.complaints, one.complaints
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Leave a picture of every open page where a journey ends badly: JINGWEI_PICTURES names the folder."""
    report = yield
    folder = os.environ.get("JINGWEI_PICTURES")
    if folder and report.failed and "browser" in getattr(item, "funcargs", {}):
        name = re.sub("[^a-zA-Z0-9]+", "-", item.name)
        for number, context in enumerate(item.funcargs["browser"].contexts):
            for page in context.pages:
                page.screenshot(path=Path(folder) / f"{name}-{number}.png")
    return report
