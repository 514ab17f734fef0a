"""Every page is read by axe-core as a browser shows it: WCAG 2.2 to AA and good practice, no rule switched off."""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.screens.gather import Served, Taken, one_of_each, pages
from tests.security.world import World

pytestmark = pytest.mark.django_db

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 4000}
"""The phone is as tall as its longest page: what stays at its foot would lie over what stands there."""
READ = """axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`),
))"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Begun after the pages are taken and closed before the database is asked again: both want the thread."""
    program = os.environ.get("JINGWEI_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail("No Chromium here. Install it, or set JINGWEI_CHROMIUM to its path.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=FLAGS)


def tab_of(browser: Browser, screen: dict[str, Any], complaints: list[str]) -> Page:
    context = browser.new_context(viewport=screen, service_workers="block", reduced_motion="reduce")
    context.add_init_script(AXE)
    tab = context.new_page()
    tab.on("console", lambda said: complaints.append(f"{tab.url}: {said.text}") if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(f"{tab.url}: {error}"))
    return tab


def faults(taken: Iterable[Taken]) -> list[str]:
    """What axe-core or the console says against any of the pages."""
    found: list[str] = []
    with Served(taken) as served, browser() as running:
        wide, narrow = (tab_of(running, screen, found) for screen in (DESK, PHONE))
        for page in taken:
            tab = wide if page.is_wide else narrow
            tab.goto(served.url + page.address)
            found += [f"{page}: {fault}" for fault in tab.evaluate(READ)]
    return found


def test_every_page_is_accessible(caplog):
    caplog.set_level(logging.CRITICAL)
    taken = one_of_each(pages(World()))

    assert len(taken) > 100
    assert faults(taken) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "cookies"),
    [
        ("zh-hans", {"theme": "dark"}),
        ("zh-hans", {"care": "on"}),
        ("zh-hans", {"theme": "dark", "care": "on"}),
        ("en", {}),
    ],
    ids=["dark", "care", "dark care", "English"],
)
def test_every_page_is_accessible_in_every_look(language, cookies, caplog):
    caplog.set_level(logging.CRITICAL)

    assert faults(list(pages(World(), language=language, cookies=cookies))) == []
