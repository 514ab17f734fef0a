"""A resident and their grid worker write to each other, each in their own browser, and neither asks for news."""

import pytest

from tests.journeys.test_the_loop import a_picture

pytestmark = pytest.mark.journey
NAME = "张玉珍"  # of the resident who signs in; their grid is that of the worker


def test_a_message_with_a_photo_is_answered_live_and_becomes_a_case(visitor):
    resident, worker = visitor("phone").signs_in("resident"), visitor("phone").signs_in("field")
    resident.goes_to("/grid-worker/")
    worker.goes_to("/field/messages/")
    worker.page.locator("#threads a", has_text=NAME).first.click()
    worker.page.wait_for_selector("#write")

    page = resident.page
    page.set_input_files("[name=attached]", files=[a_picture("black")])
    page.wait_for_selector("#write [name=upload]", state="attached")
    page.reload()  # the file is still there: it need not be chosen again
    page.wait_for_selector("#write [name=upload]", state="attached")
    page.fill("#write textarea", "楼道里的消防栓漏水")
    page.locator("#write textarea").evaluate("it => (it.style.height = '90px')")  # as pulling at its corner does
    page.click("#write [type=submit]")
    page.locator(".talk-one.mine", has_text="消防栓漏水").locator("img").wait_for()
    resident.sees_no_overflow()

    asked = worker.page.locator(".talk-one", has_text="消防栓漏水")
    asked.locator("img").wait_for()
    worker.page.fill("#write textarea", "我这就过来看")
    worker.page.click("#write [type=submit]")
    page.locator(".talk-one", has_text="我这就过来看").wait_for()
    worker.sees_no_overflow()

    asked.locator("button").click()
    worker.page.locator(".talk-one", has_text="消防栓漏水").locator(".talk-case a").click()
    worker.page.wait_for_url("**/field/cases/*/")
    page.locator(".talk-one", has_text="消防栓漏水").locator(".talk-case a").wait_for()


def test_a_voice_message_is_recorded_heard_and_played_by_the_other_side(visitor):
    resident, worker = visitor("phone").signs_in("resident"), visitor("phone").signs_in("field")
    page = resident.goes_to("/grid-worker/").page
    page.click("#write [data-record]")
    page.locator("#write [data-recorded]", has_text="0:01").wait_for()
    page.click("#write [data-stop]")
    plays(page, "#write [data-file] audio")
    page.wait_for_selector("#write [name=upload]", state="attached")
    before = page.locator(".talk-one audio").count()
    page.click("#write [type=submit]")
    page.locator(".talk-one audio").nth(before).wait_for()
    assert not page.locator("#write [data-file]").count()

    worker.goes_to("/field/messages/")
    worker.page.locator("#threads a", has_text=NAME).first.click()
    plays(worker.page, ".talk-one audio")


def plays(page, voice):
    """The last one can be heard."""
    player = page.locator(voice).last
    player.focus()
    player.press("Space")
    page.wait_for_function(
        "it => it.currentTime > 0.2 || (it.ended && it.currentTime > 0)", arg=player.element_handle()
    )
