"""The quiet hours as a part of the configuration: one row."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.calendars.hush import quiet_hours, set_quiet_hours
from jingwei.kernel.public import FIRST_ROW, Effect, Fault, Part, Row, Trial

WHAT = "quiet"


class Quiet(Part):
    """From when until when messages wait. A file without the row leaves them as they are."""

    file = "quiet-hours.csv"
    title = gettext_lazy("Quiet hours")
    columns = ("hours", "begins", "ends")
    key = ("hours",)
    keeps_missing = True

    def rows(self) -> list[Row]:
        now = quiet_hours()
        return [{"hours": WHAT, "begins": f"{now.begins:%H:%M}", "ends": f"{now.ends:%H:%M}"}]

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        faults: list[Fault] = []
        for number, row in enumerate(rows, start=FIRST_ROW):
            if row["hours"] != WHAT or number > FIRST_ROW:
                faults.append(Fault(self.file, number, _("There is one row here, and it is called “quiet”.")))
            elif _time(row["begins"]) is None or _time(row["ends"]) is None:
                faults.append(Fault(self.file, number, _("Write times as 21:00 and 07:00.")))
        return faults

    def adopt(self, rows: Sequence[Row], *, by: Any, now: datetime) -> None:
        for row in rows:
            begins, ends = _time(row["begins"]), _time(row["ends"])
            if begins is not None and ends is not None:
                set_quiet_hours(begins, ends, by=by, now=now)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:  # noqa: ARG002 - the same on every day
        """The hours themselves: messages that waited are not kept."""
        (now,) = self.rows()
        aspects = {"begins": pgettext("quiet hours", "from"), "ends": pgettext("quiet hours", "until")}
        effects = [
            Effect(str(self.title), aspect, now[column], row[column])
            for row in rows
            for column, aspect in aspects.items()
            if row[column] != now[column]
        ]
        return Trial(1, effects)


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of the district's clock
    except ValueError:
        return None
