from datetime import UTC, datetime
from io import StringIO

import pytest

from jingwei.kernel.public import clock, environment
from jingwei.places.imports.report import Progress, remarks_path


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def passing_time(monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr("jingwei.places.imports.report.time.monotonic", lambda: seconds[0])
    return seconds


def test_progress_writes_over_its_line_ten_times_a_second_at_most(passing_time):
    out = Terminal()
    progress = Progress(out)

    progress.show("Reading", 1000)
    progress.show("Reading", 2000)
    passing_time[0] += 0.2
    progress.show("Reading", 3000, 4000)
    progress.clear()

    assert out.getvalue() == "\r\x1b[KReading  1,000\r\x1b[KReading  3,000 / 4,000\r\x1b[K"


def test_progress_is_silent_where_nobody_watches():
    out = StringIO()
    progress = Progress(out)
    progress.show("Reading", 1000)
    progress.clear()

    assert out.getvalue() == ""


def test_remarks_of_each_run_have_a_file_of_their_own():
    with clock.frozen(datetime(2026, 11, 21, 1, 2, 3, 4, tzinfo=UTC)):
        path = remarks_path("areas")

    assert path == environment().home / "imports" / "areas-20261121-090203-000004.csv"
