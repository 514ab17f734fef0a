"""A call as its taker works through it: who calls, what is said, a case for a neighbour, the wrap-up."""

import re

import pytest

pytestmark = pytest.mark.journey


def test_a_call_becomes_a_case_for_a_neighbour_and_is_wrapped_up(visitor):
    taker = visitor("desktop").signs_in("desk")
    page = taker.goes_to("/desk/counter/").page
    page.click("button[name=way][value=phone]")
    page.wait_for_selector("[data-call]")

    page.fill("[name=phone]", taker.site.logins["resident"]["phone"])
    page.press("[name=phone]", "Enter")
    page.locator("#found .list a").first.wait_for()
    page.fill("[name=name]", "陈女士")
    page.click(".behalf summary")
    page.check("[name=is_on_behalf]")
    page.fill("[name=for_name]", "周婆婆")
    page.fill("[name=for_phone]", "13800009777")
    page.fill("[name=words]", "隔壁周婆婆家楼上夜里装修，电钻响到十一点。")
    page.select_option("[name=listed]", "2801")
    page.locator("#beside", has_text="从几点开始").wait_for()
    page.locator("#beside input[name=checked]").first.check()
    page.fill("[name=q]", "澄江大道")
    page.locator("#spots label").first.click()
    page.locator("#spots .tag").wait_for()
    taker.sees_no_overflow()
    page.click("button[data-key=r]")

    page.wait_for_selector("[name=helped]", state="attached")
    told = re.search(r"\d{8}-\d{6}", page.locator(".notice").first.inner_text())
    assert told, "the number to tell the caller is not shown"
    assert page.is_checked("[name=helped][value=on_behalf]")
    page.fill("[name=note]", "明早请社区上门看看")
    page.click("button[data-key=d]")

    page.wait_for_url("**/desk/counter/")
    page.locator(".office-table tr", has_text=told.group()).wait_for()
    taker.goes_to("/desk/asked/").page.locator(".list-row", has_text=told.group()).wait_for()
