"""Announced years from files: JSON by day as common calendar packages publish it, CSV, or the official text."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from jingwei.calendars.announcement import NAMES, Announcement, from_days, keys_of, read_notice
from jingwei.kernel.public import Refused

LARGEST = 2 * 1024 * 1024


def read_file(content: bytes, year: int = 0) -> list[Announcement]:
    """The years in a file, or the one `year` of it, in order. Refused where it cannot be read."""
    if len(content) > LARGEST:
        raise Refused(_("This file is too large for a calendar: at most 2 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is not text in UTF-8. Save it so, and choose it again.")) from None
    head = text.lstrip()[:1]
    if head == "{":
        found = _by_year(*_read_json(text))
    elif head and "," in text.splitlines()[0]:
        found = _by_year(*_read_csv(text))
    else:
        found = [read_notice(text, year)]
    wanted = [one for one in found if not year or one.year == year]
    if not wanted:
        raise Refused(_("There is nothing about %(year)d in this file.") % {"year": year})
    return wanted


Days = dict[date, str]


def _read_json(text: str) -> tuple[Days, Days]:
    """`{"holidays": {"2027-01-01": "New Year's Day,元旦,1"}, "workdays": {…}}`."""
    try:
        data = json.loads(text)
        return _days(data["holidays"]), _days(data.get("workdays", {}))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused(_("This file cannot be read as a calendar: %(fault)s.") % {"fault": fault}) from None


def _days(given: Mapping[str, Any]) -> Days:
    return {date.fromisoformat(day): _key(str(name)) for day, name in given.items()}


def _read_csv(text: str) -> tuple[Days, Days]:
    """Columns `date`, `kind` (off or on) and `name`."""
    off: Days = {}
    on: Days = {}
    reader = csv.DictReader(StringIO(text))
    if not {"date", "kind"} <= set(reader.fieldnames or ()):
        raise Refused(_("The table needs the columns date, kind (off or on) and name."))
    for row in reader:
        try:
            day, days = date.fromisoformat(row["date"].strip()), {"off": off, "on": on}[row["kind"].strip()]
        except (ValueError, KeyError):
            raise Refused(
                _("Line %(line)d: a date such as 2027-01-01, and off or on.") % {"line": reader.line_num}
            ) from None
        days[day] = _key(row.get("name") or "")
    return off, on


def _key(name: str) -> str:
    """The key of a holiday from its name, which may stand among other words: "Labour Day,劳动节,2"."""
    for part in name.split(","):
        if part.strip().lower() in NAMES or part.strip() in NAMES.values():
            return keys_of([part.strip()])[0]
    raise Refused(_("There is no holiday “%(name)s”.") % {"name": name})


def _by_year(off: Days, on: Days) -> list[Announcement]:
    years = sorted({day.year for day in (*off, *on)})
    return [from_days(year, _of(year, off), _of(year, on)) for year in years]


def _of(year: int, days: Days) -> Days:
    return {day: key for day, key in days.items() if day.year == year}
