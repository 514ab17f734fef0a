"""A resident's day on the phone: spoken rather than typed, read aloud, and one's own data at hand."""

import re

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.test_the_loop import GRID, a_point_in

pytestmark = pytest.mark.journey

SPOKEN = "单元门口的路灯不亮"
HEARS = f"""window.webkitSpeechRecognition = class {{
  start() {{
    this.onresult({{ results: [[{{ transcript: "{SPOKEN}" }}]] }});
    this.onend();
  }}
}}; delete window.SpeechRecognition;"""
"""A browser that understands every word at once."""
SPEAKS = """window.spoken = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  speaking: false,
  getVoices: () => [{ localService: false, lang: "zh-TW" }, { localService: true, lang: "zh-CN" }],
  speak(one) { this.speaking = true; window.spoken.push(one.text); },
  cancel() { this.speaking = false; },
} });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};"""
"""A device with a voice of its own, which keeps what it was given to say."""


def reports_by_voice(one: Visitor) -> str:
    """Three pages, a tap each beside what is spoken. Gives the number of the matter."""
    page = one.page
    longitude, latitude = a_point_in(one.site, GRID)
    page.context.grant_permissions(["geolocation"], origin=one.site.url)
    page.context.set_geolocation({"longitude": longitude, "latitude": latitude, "accuracy": 8})
    page.click("a.report")
    page.click("[data-dictate-start]")
    assert page.locator("[data-dictate] dialog").is_visible()  # where the sound goes is said before the first word
    assert page.input_value("[name=words]") == ""
    page.click("[data-dictate] dialog .btn-primary")
    assert page.input_value("[name=words]") == SPOKEN
    one.sees_no_overflow()
    page.click(".actions .btn-primary")
    page.click("[data-locate]")
    page.wait_for_selector("[name=at]")
    page.click(".actions .btn-primary")
    page.click("[name=send]")
    page.wait_for_selector(".got")
    found = re.search(r"\d{8}-\d{6,}", page.inner_text(".got"))
    assert found
    return found.group()


def test_a_day_of_a_resident(visitor):
    one = visitor("phone")
    one.page.add_init_script(HEARS + SPEAKS)
    one.signs_in("resident").goes_to("/")
    assert one.page.locator(".worker .duty").count() == 1
    number = reports_by_voice(one)

    one.page.click(".actions .btn-primary")
    assert number in one.page.inner_text("main")
    one.goes_to("/me/")
    assert one.page.locator("a[href='/me/reads/']").count() == 1
    one.sees_no_overflow()

    one.page.click(".app-head [name=care]")
    one.goes_to("/")
    one.sees_no_overflow()
    one.page.click("[data-aloud]")
    spoken = one.page.evaluate("window.spoken")
    assert one.page.inner_text(".report-text > b") in " ".join(spoken)
    assert one.page.get_attribute("[data-aloud]", "aria-pressed") == "true"
    one.page.click("[data-aloud]")
    assert one.page.get_attribute("[data-aloud]", "aria-pressed") == "false"
    one.page.click(".care-bar [name=care]")
    assert one.page.locator(".care-bar").count() == 0


def test_first_pages_of_a_resident_in_english(visitor):
    one = visitor("phone", language="en-GB")

    for path, title in (("/", "Report a problem"), ("/report/", "What happened?"), ("/me/", "Me")):
        one.goes_to(path)
        assert title in one.page.inner_text("body")
        assert re.search(r"[\u4e00-\u9fff]", one.page.inner_text("main").replace("中文", "")) is None
        one.sees_no_overflow()
