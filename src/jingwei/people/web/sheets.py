"""Tables that people take away: CSV as spreadsheets open it, in which no cell is a formula."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO

from django.http import HttpResponse

from jingwei.kernel.public import clock

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(name: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> HttpResponse:
    """A file to keep. With the mark by which spreadsheets know UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _cell(value: object) -> str:
    text = f"{clock.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
