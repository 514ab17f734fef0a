"""The forms of the calendar pages."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.calendars.crews import PATTERNS, crew_of
from jingwei.calendars.offices import Office
from jingwei.kernel.public import Hours, Limit, LimitKind, Schedule, Season, Stretch, clock
from jingwei.ui.public import WEEKDAYS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STRETCH = re.compile(r"\s*([0-9]{1,2}[:：][0-9]{2})\s*[-–—~至]\s*([0-9]{1,2}[:：][0-9]{2})\s*")
LONGEST_LIMIT = 1000
FIRST_YEAR, LAST_YEAR = 2004, 2100


class HoursField(forms.CharField):
    """The hours of a day, such as 8:30-12:00 14:00-17:30; empty: nobody works."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, required=False, **kwargs)

    def clean(self, value: Any) -> Hours:
        words = super().clean(value)
        found = STRETCH.findall(words)
        if STRETCH.sub("", words).strip(" ,，、;；"):
            raise forms.ValidationError(_("Write hours as 8:30-12:00 14:00-17:30."))
        try:
            return tuple(Stretch.read([one.replace("：", ":") for one in pair]) for pair in found)
        except ValueError:
            raise forms.ValidationError(_("Write hours as 8:30-12:00 14:00-17:30.")) from None


class DateField(forms.DateField):
    """A day, chosen or written as 2027-02-08."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class HoursForm(forms.Form):
    """The hours of an office from a day on: a week, two by season, a crew in shifts, or again those above it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who works when"),
        choices=[
            ("week", gettext_lazy("Office hours, week by week")),
            ("two", gettext_lazy("Round the clock in two shifts")),
            ("three", gettext_lazy("Round the clock in three shifts")),
            ("four", gettext_lazy("Round the clock in four shifts")),
            ("above", gettext_lazy("As the office above it")),
        ],
        widget=forms.RadioSelect,
        initial="week",
    )
    begins_on = DateField(label=gettext_lazy("From this day on"))
    keeps_holidays = forms.BooleanField(label=gettext_lazy("Closed on holidays"), required=False, initial=True)
    shift_begins = forms.TimeField(
        label=gettext_lazy("The first shift begins"),
        required=False,
        initial="08:00",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    season_begins = forms.RegexField(
        r"^(0[1-9]|1[0-2])-([0-2][0-9]|3[01])\Z",
        label=gettext_lazy("The second season begins"),
        help_text=gettext_lazy("Month and day, such as 05-01. Without it, the first column holds all year."),
        required=False,
    )
    first_begins = forms.RegexField(
        r"^(0[1-9]|1[0-2])-([0-2][0-9]|3[01])\Z",
        label=gettext_lazy("The first season begins"),
        required=False,
        initial="01-01",
    )

    def __init__(self, *args: Any, schedule: Schedule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = {"first": _("First season"), "second": _("Second season")}
        for column, season in columns.items():
            for day, name in zip(DAYS, WEEKDAYS, strict=True):
                spoken = _("%(day)s, %(season)s") % {"day": name, "season": season}
                self.fields[f"{column}_{day}"] = HoursField(label=name, widget=forms.TextInput({"aria-label": spoken}))
        self.fields["begins_on"].initial = clock.local(clock.now()).date()
        if schedule is not None and schedule.keeps_holidays:
            self._show(schedule)

    def _show(self, schedule: Schedule) -> None:
        """Begin with the hours that hold now."""
        for column, season in zip(("first", "second"), schedule.seasons, strict=False):
            self.initial[f"{column}_begins" if column == "first" else "season_begins"] = "{:02}-{:02}".format(
                *season.begins
            )
            for day, hours in zip(DAYS, season.week, strict=True):
                self.initial[f"{column}_{day}"] = " ".join(str(one) for one in hours)

    @property
    def rows(self) -> list[Sequence[Any]]:
        """The weekdays with their two fields."""
        return [(self[f"first_{day}"].label, self[f"first_{day}"], self[f"second_{day}"]) for day in DAYS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                data["schedule"] = self._schedule(data)
            except ValueError:
                self.add_error(
                    None, _("Hours of a day follow one another and do not overlap, and somebody works at all.")
                )
        return data

    def _schedule(self, data: dict[str, Any]) -> Schedule | None:
        if data["kind"] == "above":
            return None
        if data["kind"] in PATTERNS:
            return crew_of(data["kind"], data["shift_begins"] or time())
        seasons = [Season(_month_day(data["first_begins"] or "01-01"), self._week(data, "first"))]
        if data["season_begins"]:
            seasons.append(Season(_month_day(data["season_begins"]), self._week(data, "second")))
        return Schedule(tuple(sorted(seasons)), data["keeps_holidays"])

    def _week(self, data: dict[str, Any], column: str) -> tuple[Hours, ...]:
        return tuple(data[f"{column}_{day}"] for day in DAYS)


def _month_day(words: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2023-{words}")
    return day.month, day.day


class DaysForm(forms.Form):
    """Days on which an office departs from its hours."""

    first_on = DateField(label=pgettext_lazy("hours", "first day"))
    last_on = DateField(label=pgettext_lazy("hours", "last day"), required=False)
    reason = forms.CharField(
        label=pgettext_lazy("hours", "reason"),
        max_length=60,
        help_text=gettext_lazy("Everyone reads it beside the dates that it moves. No names."),
    )
    hours = HoursField(
        label=gettext_lazy("Open at these hours"), help_text=gettext_lazy("Empty: closed all day. Such as 9:00-12:00.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("last_on"):
            data["last_on"] = data.get("first_on")
        return data


class AnnounceForm(forms.Form):
    """The official text of a year, or a file."""

    text = forms.CharField(
        label=gettext_lazy("The official text"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 10}),
        help_text=gettext_lazy("Paste the notice of the State Council as it is printed, from its heading on."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("JSON or CSV by day, or the text, in UTF-8."),
    )
    year = forms.IntegerField(
        label=pgettext_lazy("calendar", "Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("Only where the text does not say it, or the file holds several."),
    )
    source = forms.CharField(label=gettext_lazy("Number of the notice"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text") and not data.get("file"):
            raise forms.ValidationError(_("Paste the text, or choose a file."))
        return data


class CalculatorForm(forms.Form):
    """A limit, from when it runs, and on whose calendar."""

    amount = forms.IntegerField(label=gettext_lazy("Limit"), min_value=1, max_value=LONGEST_LIMIT, initial=4)
    kind = forms.ChoiceField(
        label=gettext_lazy("Counted in"), choices=LimitKind.choices, initial=LimitKind.WORKING_HOURS
    )
    start = forms.DateTimeField(
        label=gettext_lazy("Runs from"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    office = forms.ChoiceField(label=gettext_lazy("Whose calendar"))

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, "\u2003" * one.depth + one.name) for one in offices]

    def clean_start(self) -> datetime:
        start: datetime = self.cleaned_data["start"]
        if not FIRST_YEAR <= start.year <= LAST_YEAR:
            raise forms.ValidationError(_("Choose a time between 2004 and 2100."))
        return start

    @property
    def limit(self) -> Limit:
        return Limit(LimitKind(self.cleaned_data["kind"]), self.cleaned_data["amount"])
