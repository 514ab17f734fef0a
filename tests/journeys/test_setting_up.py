"""What those who set things up do in a browser: look at what would change, do it, take it back."""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.journey
COMMUNITY = "990101001003000000"
DISTRICT = "990101000000000000"


def test_a_number_is_shown_for_a_reason_and_the_person_sees_who_looked(visitor):
    resident = visitor("phone").signs_in("resident").goes_to("/matters/")
    number = re.search(r"\d{8}-\d{6,}", resident.page.locator("a[href^='/matters/']").first.get_attribute("href"))
    assert number
    dispatcher = visitor("desktop").signs_in("desk").goes_to(f"/desk/cases/{number.group()}/")
    desk = dispatcher.page

    desk.click(f"a[href*='{number.group()}/phone/']")
    desk.check("[name=reason][value=call_back]")
    desk.locator("form:has([name=reason]) button[type=submit]").click()
    desk.wait_for_selector("text=/1\\d{10}/")

    resident.goes_to("/me/reads/")
    said = resident.page.inner_text("main")
    assert "电话回访" in said
    assert "柳岸街道派遣员" in said
    resident.sees_no_overflow()


def test_a_gap_in_the_map_is_closed_in_the_draft_and_opened_again(visitor):
    administrator = visitor("desktop").signs_in("administrator").goes_to("/desk/coverage/")
    page = administrator.page
    gap = page.locator("form[action$='/adopt/']:has([name=finding][value^='gap-'])")
    before = gap.count()
    assert before > 0

    gap.first.locator("[name=mend]").first.check()
    gap.first.get_by_role("button", name="采用").click()
    page.wait_for_load_state()
    assert gap.count() == before - 1

    page.get_by_role("button", name="撤回上一步").click()
    page.wait_for_load_state()
    assert gap.count() == before
    administrator.sees_no_overflow()


def test_days_off_are_set_once_what_they_move_has_been_seen(visitor):
    administrator = visitor("desktop").signs_in("administrator")
    page = administrator.goes_to(f"/desk/calendars/a{DISTRICT}/days/").page
    page.fill("[name=first_on]", str((datetime.now(UTC) + timedelta(days=20)).date()))
    page.fill("[name=reason]", "运动会")
    page.get_by_role("button", name="看看影响").click()
    page.wait_for_selector("text=时间只会顺延")
    administrator.sees_no_overflow()

    page.get_by_role("button", name="确认登记").click()
    page.wait_for_url(f"**/desk/calendars/a{DISTRICT}/**")
    assert "运动会" in page.inner_text("main")


def test_a_community_gets_a_new_name_some_day_and_it_is_called_off(visitor):
    administrator = visitor("desktop").signs_in("administrator")
    page = administrator.goes_to(f"/desk/areas/{COMMUNITY}/rename/").page
    page.fill("[name=name]", "新绿柳社区")
    page.fill("[name=reason]", "街道办事处决定")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/desk/areas/changes/*/")
    assert "新绿柳社区" in page.inner_text("main")
    administrator.sees_no_overflow()

    page.locator("form[action$='/undo/'] button").click()
    page.wait_for_load_state()
    administrator.goes_to("/desk/areas/changes/")
    assert page.locator("form[action$='/undo/']", has_text="新绿柳社区").count() == 0


def test_the_configuration_that_runs_comes_back_without_a_difference(visitor, tmp_path):
    administrator = visitor("desktop").signs_in("administrator").goes_to("/desk/configuration/")
    page = administrator.page
    with page.expect_download() as download:
        page.click("a[href$='now.zip']")
    kept = tmp_path / "now.zip"
    download.value.save_as(kept)
    page.set_input_files("[name=file]", kept)
    page.fill("[name=note]", "试一试")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/desk/configuration/*/**")
    assert "这套配置与现行的相同" in page.inner_text("main")
    administrator.sees_no_overflow()


def test_the_staff_are_found_and_one_is_looked_at(visitor):
    officer = visitor("desktop").signs_in("staffing").goes_to("/desk/people/")
    page = officer.page
    page.locator("a[href*='member=']").first.click()
    page.wait_for_url("**member=**")
    assert page.locator("a[href*='/hand-over/'], a[href*='/absence/']").count() > 0
    officer.sees_no_overflow()
    for path in ("/desk/people/import/", "/desk/people/?only=vacant", "/desk/people/?view=time"):
        officer.goes_to(path).sees_no_overflow()
