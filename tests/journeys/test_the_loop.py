"""One matter from its report to its rating, as the people who deal with it see it, in Chinese."""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image, ImageDraw

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
GRID = "990101001002007000"  # of the worker who signs in to the field portal
RATTLING = ("0101", "03")


def a_picture(colour: str) -> dict[str, object]:
    image = Image.new("RGB", (1200, 900), "grey")
    ImageDraw.Draw(image).ellipse((400, 250, 800, 650), fill=colour)
    out = BytesIO()
    image.save(out, "JPEG")
    return {"name": "picture.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def a_point_in(site, grid: str) -> tuple[float, float]:
    """Where some case of the grid is."""
    items = site.api("GET", f"/cases?area={grid}&limit=50")["items"]
    return next((item["longitude"], item["latitude"]) for item in items if item["longitude"] is not None)


def reports(resident: Visitor, words: str) -> str:
    """From the first page to the last, signed out until the end. Gives the number of the case."""
    page = resident.page
    longitude, latitude = a_point_in(resident.site, GRID)
    page.context.grant_permissions(["geolocation"], origin=resident.site.url)
    page.context.set_geolocation({"longitude": longitude, "latitude": latitude, "accuracy": 8})
    resident.goes_to("/report/")
    page.set_input_files("input[type=file]", files=[a_picture("black")])
    page.fill("[name=words]", words)
    page.click(".actions .btn-primary")
    page.click("[data-locate]")
    page.wait_for_selector("[name=at]")
    resident.sees_no_overflow()
    page.click(".actions .btn-primary")
    page.fill("[name=phone]", "13912345678")
    page.click("[name=send_code]")
    said = re.search(r"\d{6}", page.locator(".notice[data-kind=info]").last.inner_text())
    assert said
    page.fill("[name=code]", said.group())
    page.click("[name=send]")
    page.wait_for_selector(".got")
    found = re.search(r"\d{8}-\d{6,}", page.inner_text(".got"))
    assert found
    return found.group()


def test_a_matter_goes_all_the_way(visitor):
    resident = visitor("phone")
    number = reports(resident, "井盖松了，车一过就哐当响")

    worker = visitor("phone").signs_in("field")
    worker.goes_to(f"/field/cases/{number}/moves/file/")
    worker.page.select_option("[name=category]", RATTLING[0])
    worker.page.wait_for_selector("[name=condition]")
    worker.page.locator(f"[name=condition][value$='{RATTLING[1]}']").first.check()
    worker.page.fill("[name=title]", "荷塘七网格井盖松动响")
    worker.page.click("main form .btn-primary")
    worker.page.wait_for_url(f"**/field/cases/{number}/")
    assert worker.page.locator("[data-state=filed]").count()

    dispatcher = visitor("desktop").signs_in("desk")
    dispatcher.goes_to(f"/desk/cases/?q={quote(number)}")
    dispatcher.page.wait_for_selector("#case-title, h1")
    dispatcher.goes_to(f"/desk/cases/{number}/moves/dispatch/")
    dispatcher.page.locator("label.party", has_text="柳岸班").locator("[name=party]").first.check(force=True)
    dispatcher.page.fill("[name=words]", "请加垫固定，今天回复")
    dispatcher.page.click(".btn-send")
    dispatcher.page.wait_for_load_state()

    handler = visitor("desktop").signs_in("department")
    handler.goes_to(f"/desk/cases/{number}/moves/report_in/")
    handler.page.click(".btn-send")
    handler.page.wait_for_load_state()
    handler.goes_to(f"/desk/cases/{number}/moves/handle/")
    handler.page.fill("[name=words]", "加了橡胶垫，踩上去不响了")
    handler.page.set_input_files("input[type=file]", files=[a_picture("green")])
    handler.page.click(".btn-send")
    handler.page.wait_for_load_state()

    worker.goes_to(f"/field/cases/{number}/moves/check/")
    with worker.page.expect_response("**/uploads/*/"):
        worker.page.set_input_files("input[type=file]", files=[a_picture("green")])
    worker.page.reload()  # what was chosen is chosen still
    worker.page.wait_for_selector("[data-previews] figure")
    worker.page.get_by_label("已解决").check()
    worker.page.click("main form .btn-primary")
    worker.page.wait_for_url(f"**/field/cases/{number}/")

    resident.goes_to(f"/matters/{number}/")
    resident.sees_no_overflow()
    resident.page.locator("[name=grade][value='4']").check(force=True)
    resident.page.click("form:has([name=grade]) .btn-primary")
    resident.page.wait_for_load_state()
    assert resident.site.api("GET", f"/cases/{number}")["status"] == "closed"
    assert resident.page.locator("[data-state=closed]").count()


def test_two_people_on_one_case_the_second_is_told_and_loses_nothing(visitor):
    site_case = visitor("desktop")
    items = site_case.site.api("GET", "/cases?status=filed&level=street&limit=5")["items"]
    number = items[0]["number"]
    first, second = visitor("desktop").signs_in("desk"), visitor("desktop").signs_in("desk")
    for one in (first, second):
        one.goes_to(f"/desk/cases/{number}/moves/dispatch/")
        one.page.locator("[name=party]:not([disabled])").first.check(force=True)
        one.page.fill("[name=words]", "请今天处理，谢谢")
    first.page.click(".btn-send")
    first.page.wait_for_load_state()
    second.page.click(".btn-send")
    second.page.wait_for_load_state()
    assert "请今天处理，谢谢" in second.page.content()
    assert second.page.locator(".notice, .errors, .error").count()


def test_a_report_without_javascript_by_choosing_the_area(visitor):
    resident = visitor("phone", has_javascript=False).signs_in("resident")
    page = resident.goes_to("/report/").page
    page.fill("[name=words]", "楼道灯不亮")
    page.click(".actions .btn-primary")
    page.fill("[name=q]", "荷塘")
    page.locator("button[name=find]:visible").click()
    page.locator("[name=at]").first.check(force=True)
    page.click(".actions .btn-primary")
    page.click("[name=send]")
    assert page.locator(".got").count() == 1


def test_the_desk_hears_of_a_new_report_and_moves_nothing_under_the_hand(visitor, site):
    dispatcher = visitor("desktop").signs_in("desk").goes_to("/desk/a990101001002000000/file/")
    page = dispatcher.page
    rows = page.locator("tr[data-number]")
    before = rows.evaluate_all("rows => rows.map(row => row.dataset.number)")
    page.wait_for_selector(".live:not([data-off])")
    site.api(
        "POST",
        "/reports",
        {"id": "0192f0c1-2345-7000-8000-000000000001", "words": "路灯不亮", "area": GRID},
    )
    page.wait_for_selector(".fresh")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.number)") == before
    page.keyboard.press(".")
    page.wait_for_function("count => document.querySelectorAll('tr[data-number]').length > count", arg=len(before))


def test_the_keyboard_is_enough_to_find_and_open_a_case(visitor):
    dispatcher = visitor("desktop").signs_in("desk").goes_to("/desk/a990101001000000000/dispatch/")
    page = dispatcher.page
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#case-title")
    page.keyboard.press("d")
    page.wait_for_selector("dialog[open] [name=party]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize(
    ("portal", "screen", "path"),
    [
        ("desk", "desktop", "/desk/"),
        ("desk", "phone", "/desk/"),
        ("department", "desktop", "/desk/"),
        ("leader", "desktop", "/desk/"),
        ("leader", "phone", "/supervise/"),
        ("field", "phone", "/field/"),
        ("field", "desktop", "/field/"),
        ("resident", "phone", "/"),
        ("resident", "phone", "/matters/"),
        ("resident", "desktop", "/report/"),
    ],
)
def test_main_pages_fit_their_screen_in_both_languages(visitor, portal, screen, path, language):
    one = visitor(screen, language=language).signs_in(portal).goes_to(path)
    one.sees_no_overflow()
    text = one.page.inner_text("body")
    if language == "zh-CN":
        assert not re.findall(r"\b(?:Report|Overdue|To file|Today|My matters|Sign in)\b", text)
