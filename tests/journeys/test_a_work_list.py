"""A work list on its way: the street asks, a grid reports up, the community sorts, the street strikes it off."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.journey
TITLE = "冬季取暖安全摸排"


def test_a_list_goes_down_to_the_grids_and_comes_back(visitor):
    street = visitor("desktop").signs_in("desk")
    desk = street.goes_to("/desk/work-lists/new/").page
    desk.fill("[name=title]", TITLE)
    desk.fill("[name=due_on]", str(datetime.now(UTC).date() + timedelta(days=3)))
    desk.get_by_label("荷塘社区").check(force=True)
    desk.fill("[name=item0-title]", "是否使用煤炉取暖")
    desk.select_option("[name=item0-kind]", "choice")
    desk.fill("[name=item0-choices]", "没有\n有")
    desk.fill("[name=item1-title]", "涉及几户")
    desk.select_option("[name=item1-kind]", "number")
    desk.click("main form .btn-primary")
    desk.locator("h1", has_text=TITLE).wait_for()
    sheet = desk.url

    worker = visitor("phone").signs_in("field")
    field = worker.goes_to("/field/").page
    field.locator("a", has_text=TITLE).click()
    field.get_by_label("有", exact=True).check(force=True)
    field.click("button:not([name]).btn-primary")
    assert "“涉及几户”" in field.locator(".notice").first.inner_text()
    field.fill("[name=text-2]", "2")
    worker.sees_no_overflow()
    field.click("button:not([name]).btn-primary")
    field.wait_for_url("**/field/work-lists/")
    assert not field.locator("a", has_text=TITLE).count()

    officer = visitor("desktop").signs_in("community")
    sorting = officer.goes_to(sheet.removeprefix(street.site.url)).page
    sorting.locator(".list-row", has_text="荷塘社区 · 第七网格").click()
    sorting.get_by_role("button", name="无误，反馈下发单位").click()
    sorting.wait_for_url(sheet)

    desk.goto(sheet)
    desk.locator(".list-row", has_text="荷塘社区 · 第七网格").click()
    desk.get_by_text("涉及几户").wait_for()
    desk.get_by_role("button", name="销号").click()
    desk.wait_for_url(sheet)
    desk.locator(".notice, .toast", has_text="已销号").first.wait_for()
