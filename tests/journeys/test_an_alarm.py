"""An alarm from a phone: the three numbers first, somebody on duty answers at the desk, works the plan, stands down."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey


def answer_every_step(page: Page) -> None:
    for number in range(1, page.locator(".sos-steps > li").count() + 1):
        page.locator(f".sos-steps > li:nth-child({number}) form button").click()
        page.locator(f".sos-steps > li:nth-child({number})[data-answered]").wait_for()


def test_words_lead_to_the_button_and_the_alarm_to_its_end(visitor):
    resident, officer = visitor("phone").signs_in("resident"), visitor("desktop").signs_in("desk")
    page = resident.goes_to("/report/").page
    page.locator("#id_words").press_sequentially("有人困在电梯里")
    page.locator("#guess a[href='tel:119']").wait_for()
    resident.sees_no_overflow()
    page.click("#guess [name=begin]")

    page.locator(".sos-lines").wait_for()
    lines = page.locator("main a[href^='tel:']").evaluate_all("links => links.map(link => link.pathname)")
    assert lines == ["110", "119", "120"]
    assert page.locator("[name=condition]:checked").count() == 1
    assert page.input_value("[name=words]") == "有人困在电梯里"
    resident.sees_no_overflow()
    page.locator("[name=at]").first.check(force=True)
    page.click("main form button[type=submit]")
    page.locator("#alarm", has_text="正在呼叫").wait_for()
    number = page.locator("#alarm .num").inner_text()

    desk = officer.goes_to("/desk/emergencies/").page
    desk.locator(".sos-row[data-on]", has_text=number).click()
    desk.click(".sos-do form button")
    page.reload()
    page.locator("#alarm", has_text="已有人").wait_for()
    officer.sees_no_overflow()
    answer_every_step(desk)
    desk.click(".sos-do a")
    desk.locator("[name=outcome]").first.check(force=True)
    desk.fill("[name=words]", "维保人员已把人救出，电梯停用检修")
    desk.click("main form button[type=submit]")
    desk.locator(".sos-state", has_text="险情已处置完毕").wait_for()
    page.reload()
    page.locator("#alarm", has_text="已解除").wait_for()
