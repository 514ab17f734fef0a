"""A sheet of staff: every way it can be written, every way it can be wrong, and what it makes."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from jingwei.kernel.public import LARGEST_FILE, Refused
from jingwei.people.importing import reading, sheets
from jingwei.people.importing.planning import Change, plan
from jingwei.people.importing.reading import read_sheet
from jingwei.people.importing.running import run
from jingwei.people.importing.template import template
from jingwei.people.models import Member, Posting, StaffSheet
from jingwei.people.personal_staff import SHEETS
from jingwei.people.retention import old_sheets
from jingwei.people.testing import STREET, a_department, a_holder, a_member, a_posting, let_in
from jingwei.places.public import codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
GRID = codes.make(990101, 1, 1, 1)
HEADS = ["用户名*", "姓名*", "手机", "岗位*", "区域*", "部门", "类别", "开始", "结束"]
GOOD = ["zhou", "周敏", "139 0000 0001", "grid_worker", str(GRID), "", "", "2026-12-01", ""]


@pytest.fixture(autouse=True)
def grid():
    an_area(GRID)


def a_book(*rows, heads=HEADS, merge=None):
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([heads, *rows]):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        if merge:
            sheet.merge_range(*merge)
    return file.getvalue()


def a_csv(*rows, heads=HEADS, encoding="utf-8"):
    return "\n".join(",".join(row) for row in [heads, *rows]).encode(encoding)


def planned(*rows, by=None):
    return plan(read_sheet(a_book(*rows), "staff.xlsx"), by=by, day=DAY)


def with_cell(column, value):
    row = list(GOOD)
    row[[head.rstrip("*") for head in HEADS].index(column)] = value
    return row


def test_a_row_makes_an_account_without_a_password_and_a_posting():
    (one,) = planned(GOOD)
    done = run([one], by=None)
    posting = Posting.objects.get(member__username="zhou")

    assert one.change is Change.CREATE
    assert done.counts == {"create": 1}
    assert (posting.role, posting.code, posting.begins_on) == ("grid_worker", GRID, date(2026, 12, 1))
    assert posting.member.phone == "13900000001"
    assert not posting.member.has_usable_password()


def test_the_same_file_a_second_time_changes_nothing():
    run(planned(GOOD), by=None)
    (again,) = planned(GOOD)

    assert again.change is Change.SAME
    assert run([again], by=None).counts == {"same": 1}
    assert Posting.objects.count() == 1


def test_known_people_get_postings_and_known_postings_change():
    a_member("周敏", username="zhou")
    (new,) = planned(GOOD)
    assert new.change is Change.POST
    run([new], by=None)

    (changed,) = planned(with_cell("类别", "02、0101"))

    assert changed.change is Change.CHANGE
    run([changed], by=None)
    assert Posting.objects.get().categories == ["0101", "02"]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("用户名", "", "Fill it in"),
        ("用户名", "周敏", "Letters, digits"),
        ("姓名", "", "Fill it in"),
        ("手机", "12345", "11 digits"),
        ("岗位", "园丁", "no such posting"),
        ("区域", "123", "no such area"),
        ("区域", str(STREET), "is held at"),
        ("类别", "1", "is no category"),
        ("开始", "next week", "Write the day as"),
        ("开始", "2026-13-01", "Write the day as"),
        ("结束", "2026-11-01", "behind the beginning"),
        ("姓名", "长" * 400, "too long"),
    ],
)
def test_what_is_wrong_is_named_with_row_column_value_and_mend(column, value, said):
    (one,) = planned(with_cell(column, value))
    trouble = next(trouble for trouble in one.troubles if trouble.column == column)

    assert one.change is Change.BAD
    assert one.number == 2
    assert said in trouble.mend
    assert trouble.value == value[: reading.LONGEST_CELL + 1]


@pytest.mark.parametrize("written", ["2026-12-01", "2026/12/1", "2026年12月1日", "20261201", "２０２６．１２．０１"])
def test_days_are_read_as_people_write_them(written):
    (one,) = planned(with_cell("开始", written))

    assert one.begins_on == date(2026, 12, 1)


def test_full_width_signs_and_stray_spaces_are_read():
    (one,) = planned(["ｚｈｏｕ ", " 周敏　", "１３９０００００００１", "grid_worker", str(GRID), "", "", "", ""])

    assert not one.troubles
    assert (one.username, one.name, one.phone) == ("zhou", "周敏", "13900000001")


def test_an_area_typed_as_a_number_keeps_its_digits():
    (one,) = planned(with_cell("区域", GRID))

    assert one.code == GRID


def test_a_formula_comes_as_its_value_and_is_never_run():
    (one,) = planned(with_cell("姓名", "=1+1"))

    assert one.name in {"0", "2"}


def test_merged_cells_count_for_each_row():
    first, second = list(GOOD), ["sun", "孙玉梅", "", "grid_worker", "", "", "", "", ""]
    content = a_book(first, second, merge=(1, 4, 2, 4, str(GRID)))
    one, other = plan(read_sheet(content, "staff.xlsx"), by=None, day=DAY)

    assert (one.code, other.code) == (GRID, GRID)


def test_the_same_posting_twice_is_told_with_the_other_row():
    first, second = planned(GOOD, GOOD)

    assert not first.troubles
    assert "row 2" in second.troubles[0].mend


def test_a_name_that_belongs_to_somebody_else_is_not_written_over():
    a_member("Somebody", username="zhou")
    (one,) = planned(GOOD)

    assert "belongs to Somebody" in one.troubles[0].mend


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_usual_encoding_is_read(encoding):
    (row,) = read_sheet(a_csv(GOOD, encoding=encoding), "staff.CSV")

    assert row.cells["name"] == "周敏"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "staff.xlsx", "no spreadsheet"),
        (b"PK\x03\x04 not really", "staff.xlsx", "no spreadsheet"),
        (b"\xff\xd8\xff\xe0", "photo.xlsx", "no spreadsheet"),
        (b"a\0b,c", "staff.csv", "no spreadsheet"),
        (b"x,y\n1,2\n", "staff.csv", "lacks these heads"),
        (",".join(HEADS).encode(), "staff.csv", "no rows"),
        (b"x" * (LARGEST_FILE + 1), "staff.csv", "Split it"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_the_mend(content, name, said):
    with pytest.raises(Refused, match=said):
        read_sheet(content, name)


def test_more_rows_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    with pytest.raises(Refused, match="more than 2 rows"):
        read_sheet(a_csv(GOOD, GOOD, GOOD), "staff.csv")


def test_a_plan_costs_the_same_however_many_rows_there_are(django_assert_max_num_queries):
    officer = a_holder("posting_officer", STREET)

    def count(rows):
        with django_assert_max_num_queries(12) as asked:
            planned(*rows, by=officer)
        return len(asked)

    assert count([GOOD]) == count([[f"staff.{number}", *GOOD[1:2], "", *GOOD[3:]] for number in range(40)])


def test_postings_elsewhere_and_roles_apart_are_not_the_officer_s_to_give():
    officer = a_holder("posting_officer", STREET + codes.Level.STREET.step)
    (one,) = planned(GOOD, by=officer)

    assert "do not arrange" in one.troubles[0].mend


def test_the_template_is_read_back_and_names_what_may_be_written():
    a_department("Drainage", code=STREET)
    book = CalamineWorkbook.from_filelike(BytesIO(template([codes.span(STREET)], with_apart=False)))
    cells = {str(cell) for number in range(4) for row in book.get_sheet_by_index(number).to_python() for cell in row}

    assert {"用户名*", "Grid worker", codes.write(GRID), "Drainage"} <= cells
    assert "Security officer" not in cells


def test_at_the_desk_a_file_is_looked_at_and_then_taken_in(visitor):
    officer = a_holder("posting_officer", STREET)
    let_in(visitor, officer)
    upload = SimpleUploadedFile("staff.xlsx", a_book(GOOD))
    answer = visitor.post(reverse("people:import-staff"), {"file": upload})
    page = visitor.get(answer.url).content.decode()
    assert "Every row is in order" in page
    assert not Member.objects.filter(username="zhou").exists()

    visitor.post(reverse("people:begin-staff-sheet", args=[StaffSheet.objects.get().pk]))
    sheets.run_sheet(StaffSheet.objects.get())

    sheet = StaffSheet.objects.get()
    assert (sheet.state, sheet.counts, sheet.rows) == ("done", {"create": 1}, None)
    assert "The file is in" in visitor.get(answer.url).content.decode()
    with pytest.raises(Refused, match="running already"):
        sheets.begin_sheet(sheet, by=officer)


def test_a_sheet_with_a_bad_row_is_shown_and_does_not_run(visitor):
    officer = a_holder("posting_officer", STREET)
    let_in(visitor, officer)
    upload = SimpleUploadedFile("staff.xlsx", a_book(GOOD, with_cell("岗位", "<b>园丁")))
    page = visitor.get(visitor.post(reverse("people:import-staff"), {"file": upload}).url).content.decode()

    assert "&lt;b&gt;园丁" in page
    with pytest.raises(Refused, match="not in order"):
        sheets.begin_sheet(StaffSheet.objects.get(), by=officer)


def test_another_s_sheet_is_not_there(visitor):
    sheet = sheets.take_sheet(a_book(GOOD), "staff.xlsx", by=a_holder("posting_officer", STREET))
    let_in(visitor, a_holder("posting_officer", STREET))

    assert visitor.get(reverse("people:staff-sheet", args=[sheet.pk])).status_code == 404


def test_a_sheet_that_is_begun_again_goes_on_behind_what_is_in():
    officer = a_holder("posting_officer", STREET)
    sheet = sheets.take_sheet(a_book(GOOD, ["sun", "孙玉梅", *[""], *GOOD[3:]]), "staff.xlsx", by=officer)
    sheet = sheets.begin_sheet(sheet, by=officer)
    a_posting("grid_worker", GRID, member=a_member("周敏", username="zhou"), begins_on=date(2026, 12, 1))
    sheets.run_sheet(sheet)

    assert Posting.objects.filter(code=GRID).count() == 2
    assert StaffSheet.objects.get().counts == {"same": 1, "create": 1}


def test_sheets_are_forgotten_after_a_day():
    sheet = sheets.take_sheet(a_book(GOOD), "staff.xlsx", by=a_holder("posting_officer", STREET))

    assert not old_sheets(sheet.created_at).exists()
    assert old_sheets(sheet.created_at + SHEETS.period).get() == sheet


def test_the_command_takes_a_file_in_or_says_why_not(tmp_path, capsys):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(a_book(GOOD))
    bad.write_bytes(a_book(with_cell("岗位", "园丁")))
    call_command("import_staff", good, "--dry-run")
    assert "create: 1" in capsys.readouterr().out
    assert not Posting.objects.exists()

    call_command("import_staff", good)

    assert Posting.objects.count() == 1
    with pytest.raises(CommandError, match="1 cells are not in order"):
        call_command("import_staff", bad)
    assert "row 2, 岗位 “园丁”" in capsys.readouterr().err
