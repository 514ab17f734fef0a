"""Years from files, and the command that takes them in."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jingwei.calendars.current import calendars
from jingwei.calendars.files import read_file
from jingwei.calendars.models import AnnouncedYear
from jingwei.calendars.testing import NOTICE_2027
from jingwei.kernel.public import Refused

BY_DAY = {
    "holidays": {"2027-01-01": "New Year's Day,元旦,1", "2027-02-08": "Spring Festival", "2028-01-01": "元旦"},
    "workdays": {"2027-02-13": "Spring Festival,春节,4"},
}
TABLE = "date,kind,name\n2027-01-01,off,元旦\n2027-02-13,on,春节\n2027-02-08,off,spring_festival\n"


def test_json_by_day_gives_each_of_its_years():
    first, second = read_file(json.dumps(BY_DAY).encode())

    assert (first.year, first.faults, second.year) == (2027, (), 2028)
    assert first.off == {date(2027, 1, 1): "new_year", date(2027, 2, 8): "spring_festival"}
    assert first.on == {date(2027, 2, 13): "spring_festival"}
    assert [one.year for one in read_file(json.dumps(BY_DAY).encode(), 2028)] == [2028]


def test_a_table_gives_the_same():
    (year,) = read_file(f"\ufeff{TABLE}".encode())

    assert (year.off, year.on) == (
        read_file(json.dumps(BY_DAY).encode())[0].off,
        {date(2027, 2, 13): "spring_festival"},
    )


def test_a_text_is_read_as_a_notice():
    assert read_file(NOTICE_2027.encode())[0].year == 2027


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "cannot be read"),
        (b'{"days": []}', "cannot be read"),
        (b'{"holidays": {"2027-13-01": "x"}}', "cannot be read"),
        (b'{"holidays": {"2027-12-25": "Christmas"}}', "no holiday “Christmas”"),
        (b"day,what\n2027-01-01,off\n", "needs the columns"),
        (b"date,kind,name\n2027-01-01,free,x\n", "Line 2"),
        ("元旦".encode("gbk"), "UTF-8"),
        (b"x" * (2 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_is_no_calendar_is_refused(content, why):
    with pytest.raises(Refused, match=why):
        read_file(content)


def test_a_year_that_is_not_in_the_file_is_refused():
    with pytest.raises(Refused, match="nothing about 2031"):
        read_file(json.dumps(BY_DAY).encode(), 2031)


@pytest.mark.django_db
class TestTheCommand:
    def run(self, path, *options):
        out = StringIO()
        call_command("import_calendar", str(path), *options, stdout=out)
        return out.getvalue()

    def test_a_dry_run_tells_and_writes_nothing(self, tmp_path):
        path = tmp_path / "2027.txt"
        path.write_text(NOTICE_2027, encoding="utf-8")

        assert "2027: 27 days off, 6 worked instead. Of 0 open cases 0 promises move." in self.run(path, "--dry-run")
        assert not AnnouncedYear.objects.exists()

    def test_a_year_is_adopted_once(self, tmp_path):
        path = tmp_path / "2027.txt"
        path.write_text(NOTICE_2027, encoding="utf-8")
        self.run(path, "--source", "国办发明电〔2026〕7号")
        again = self.run(path)

        assert "known just so already" in again
        assert AnnouncedYear.objects.get().source == "国办发明电〔2026〕7号"
        assert not calendars().nobodys().is_working_day(date(2027, 2, 8))

    def test_faults_and_missing_files_end_it(self, tmp_path):
        path = tmp_path / "wrong.txt"
        path.write_text("元旦：1月1日放假，共3天。", encoding="utf-8")
        with pytest.raises(CommandError, match="says 3 days"):
            self.run(path, "--year", "2027")
        with pytest.raises(CommandError, match="which year"):
            self.run(path)
        with pytest.raises(CommandError, match="cannot be read"):
            self.run(tmp_path / "missing.txt")
