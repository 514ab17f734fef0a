"""Tickets from a file: columns, every row judged by the rules, reported once, and known when they call again."""

from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.cases.testing import MONDAY, a_condition, report_of, words_of
from jingwei.counter.jobs import run_ticket_sheet
from jingwei.counter.lookup import look_up
from jingwei.counter.models import Call, TicketSheet
from jingwei.counter.testing import a_call
from jingwei.counter.tickets import columns, sheets
from jingwei.counter.tickets.ground import Ground
from jingwei.counter.tickets.judging import Fate
from jingwei.kernel.public import FactRow, NotPermitted, Refused
from jingwei.people.testing import a_holder, a_resident, let_in
from jingwei.places.public import Area
from jingwei.places.testing import a_building

pytestmark = pytest.mark.django_db

HEADS = ["工单编号", "诉求内容", "来电时间", "地址", "社区", "类别", "姓名", "电话"]
GOOD = ["GZ-1", "路灯不亮", "2026-11-15 20:30", "荷塘路 12 号荷塘小区5栋 301", "", "", "陈静", "139 0000 1111"]
NOW = MONDAY


def house(cast, *, name):
    return a_building(Area.objects.get(pk=cast.grid), 114.3, 30.5, name=name)


def csv_of(*rows, heads=HEADS):
    return "\n".join(",".join(row) for row in [heads, *rows]).encode()


def taken(clerk, *rows, name="a.csv", content=None, **more):
    return sheets.take_tickets(content or csv_of(*rows), name, source="12345", by=clerk, now=NOW, **more)


def planned(clerk, *rows):
    return sheets.plan_of(taken(clerk, *rows), clerk, NOW)


def run(clerk, *rows):
    sheet = sheets.begin_tickets(taken(clerk, *rows), by=clerk)
    sheets.run_tickets(sheet)
    sheet.refresh_from_db()
    return sheet


def changed(at, value):
    return [value if place == at else cell for place, cell in enumerate(GOOD)]


def test_a_ticket_becomes_a_case_that_keeps_its_number(clerk, cast):
    at = house(cast, name="荷塘小区 5 栋")

    sheet = run(clerk, GOOD)

    case = Case.objects.get()
    report = report_of(case)
    assert sheet.counts == {"new": 1, "already": 0, "bad": 0}
    assert (report.source, report.source_key, report.phone, report.name) == ("12345", "GZ-1", "13900001111", "陈静")
    assert (case.channel, case.code, case.longitude) == ("hotline", at.code, at.longitude)
    assert case.reported_at.isoformat() == "2026-11-15T12:30:00+00:00"
    assert words_of(case) == ["路灯不亮"]
    assert FactRow.objects.get(kind="counter.tickets_brought").data == {"new": 1, "refused": 0}
    assert sheet.rows is None


def test_the_same_file_brings_nothing_the_second_time(clerk, cast):
    run(clerk, GOOD)

    again = run(clerk, GOOD, changed(0, "GZ-2"))

    assert again.counts == {"new": 1, "already": 1, "bad": 0}
    assert Case.objects.count() == 2


def test_a_run_that_was_killed_goes_on(clerk, cast):
    sheet = sheets.begin_tickets(taken(clerk, GOOD), by=clerk)
    sheets.run_tickets(sheet)
    TicketSheet.objects.filter(pk=sheet.pk).update(state="running", rows=sheet.rows)

    run_ticket_sheet(str(sheet.pk))

    assert TicketSheet.objects.get(pk=sheet.pk).state == "done"
    assert (Case.objects.count(), Call.objects.filter(way="ticket").count()) == (1, 1)


def test_other_contents_under_a_known_number_are_refused(clerk, cast):
    run(clerk, GOOD)

    (one,) = planned(clerk, changed(1, "路灯亮了"))

    assert one.fate == Fate.BAD
    assert "other contents" in one.troubles[0].mend


@pytest.mark.parametrize(
    ("at", "value", "field", "mend"),
    [
        (0, "", "key", "Fill it in"),
        (0, "x" * 81, "key", "At most 80"),
        (1, "", "words", "Fill it in"),
        (1, "字" * 2001, "words", "At most 2000"),
        (2, "yesterday", "reported", "2026-11-22 08:30"),
        (2, "2026-13-01", "reported", "2026-11-22 08:30"),
        (2, "2026-01-01 08:00", "", "time of the report"),
        (2, "2026-12-01 08:00", "", "time of the report"),
        (7, "nobody", "phone", "no telephone number"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_and_the_others_go_on(clerk, cast, at, value, field, mend):
    bad, good = planned(clerk, changed(at, value), changed(0, "GZ-2"))

    assert (bad.fate, good.fate) == (Fate.BAD, Fate.NEW)
    assert bad.troubles[0].field == field
    assert mend in bad.troubles[0].mend
    assert bad.number == 2
    assert not Case.objects.exists()


def test_a_ticket_that_stands_twice_counts_once(clerk, cast):
    first, second = planned(clerk, GOOD, GOOD)

    assert (first.fate, second.fate) == (Fate.NEW, Fate.BAD)
    assert "row 2" in second.troubles[0].mend


def test_a_file_with_bad_rows_runs_without_them(clerk, cast):
    sheet = run(clerk, changed(1, ""), changed(0, "GZ-2"))

    assert sheet.counts == {"new": 1, "already": 0, "bad": 1}
    assert list(sheet.refused) == ["2"]


@pytest.mark.parametrize("text", ["2026-11-15 20:30", "2026/11/15 20:30:00", "2026年11月15日 20时30分"])
def test_times_are_read_as_people_write_them(clerk, cast, text):
    (one,) = planned(clerk, changed(2, text))

    assert one.draft.occurred_at.astimezone(MONDAY.tzinfo).isoformat() == "2026-11-15T12:30:00+00:00"


def test_a_hidden_number_is_no_number(clerk, cast):
    (one,) = planned(clerk, changed(7, "139****1111"))

    assert (one.fate, one.draft.origin.phone) == (Fate.NEW, "")


def test_a_class_is_known_by_name_or_code_else_left_open(clerk, cast):
    condition = a_condition()
    rows = [changed(0, str(at)) for at in range(3)]
    for row, said in zip(rows, (condition.category.code, condition.category.name_zh, "别的"), strict=True):
        row[5] = said

    judged = planned(clerk, *rows)

    assert [one.draft.origin.category_code for one in judged[::2]] == [condition.category.code, ""]


def test_places_are_found_by_area_and_building_else_it_is_the_counter_s(clerk, cast):
    house(cast, name="荷塘小区 5 栋")
    house(cast, name="荷塘小区 15 栋")
    house(cast, name="荷塘小区")
    ground = Ground.read(cast.street)

    assert ground.find("", "荷塘小区15栋 2 楼").longitude is not None
    assert ground.find("", "哪里也不是").code == cast.street
    assert not ground.find("", "").is_found


def test_two_buildings_of_one_name_are_not_guessed_at(clerk, cast):
    house(cast, name="荷塘小区 5 栋")
    house(cast, name="荷塘小区 5 栋")

    assert Ground.read(cast.street).find("", "荷塘小区5栋").code == cast.street


def test_whoever_has_an_account_finds_it_there_and_is_known_when_they_call(clerk, cast):
    resident = a_resident(phone="13900001111")
    run(clerk, GOOD)

    case = Case.objects.get()
    found = look_up(a_call(clerk), "13900001111", by=clerk)

    assert report_of(case).member_id == resident.pk
    assert found.cases == [case]
    assert Call.objects.get(way="ticket").case_id == case.pk


def test_a_workbook_is_read_with_its_times(clerk, cast):
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS)
    page.write_row(1, 0, [GOOD[0], GOOD[1]])
    page.write_datetime(1, 2, (MONDAY - timedelta(hours=2)).replace(tzinfo=None))
    book.close()

    (one,) = sheets.plan_of(taken(clerk, name="a.xlsx", content=file.getvalue()), clerk, NOW)

    assert one.fate == Fate.NEW
    assert one.draft.occurred_at.hour == (MONDAY - timedelta(hours=2)).hour


@pytest.mark.parametrize(("content", "mend"), [(b"a,b", "no rows"), (b"", "no rows"), (b"\x00" * 9, "no spreadsheet")])
def test_a_file_that_cannot_be_used_is_refused(clerk, content, mend):
    with pytest.raises(Refused, match=mend):
        taken(clerk, content=content or b"\n")


def test_columns_are_guessed_and_checked():
    assert columns.guess([*HEADS, "别的"]) == dict(zip(columns.FIELDS, (0, 1, 2, 3, 4, 5, 6, 7), strict=True))
    with pytest.raises(Refused, match="What it is about"):
        columns.check({"key": 0})
    with pytest.raises(Refused, match="one thing only"):
        columns.check({"key": 0, "words": 0})


def test_only_who_may_brings_tickets_in(cast):
    with pytest.raises(NotPermitted):
        taken(a_holder("counter_clerk", cast.street), GOOD)


def test_a_file_runs_once_and_for_whoever_chose_it(clerk, cast):
    sheet = sheets.begin_tickets(taken(clerk, GOOD), by=clerk)

    with pytest.raises(Refused, match="running already"):
        sheets.begin_tickets(sheet, by=clerk)
    with pytest.raises(NotPermitted):
        sheets.begin_tickets(taken(clerk, GOOD), by=cast.dispatcher)


def test_the_pages_lead_from_file_to_reports(client, clerk, cast):
    client.cookies["django_language"] = "en"
    desk = let_in(client, clerk)
    heads = ["No", "Said", *HEADS[2:]]
    fresh = changed(2, "")
    file = SimpleUploadedFile("a.csv", csv_of(fresh, heads=heads))

    sent = desk.post(reverse("counter:tickets"), {"source": "12345", "file": file})
    address = sent.headers["Location"]
    assert "Not in the file" in desk.get(address).text
    assert desk.post(address, {"key": "0", "words": "0"}).status_code == 422
    desk.post(address, {"key": "0", "words": "1", "phone": "7"})
    looked = desk.get(address).text
    assert "New reports" in looked
    assert "Report the new ones" in looked
    sheet = TicketSheet.objects.get()
    assert desk.post(reverse("counter:ticket-begin", args=[sheet.pk])).status_code == 302
    run_ticket_sheet(str(sheet.pk))

    assert "The file is in" in desk.get(address).text
    assert Case.objects.count() == 1
    assert "12345" in desk.get(reverse("counter:tickets")).text
