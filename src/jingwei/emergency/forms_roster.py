"""The forms of rosters and plans."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.public import kind_choices
from jingwei.emergency.roster_actions import MOST_DAYS, MOST_RANKS
from jingwei.kernel.public import clock
from jingwei.people.public import Member

PATTERNS = (
    ("two", _("Two shifts of 12 hours, from 8:00")),
    ("three", _("Three shifts of 8 hours, from 8:00")),
    ("four", _("Four shifts of 6 hours, from 8:00")),
)
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class ShiftForm(forms.Form):
    """One shift by hand."""

    member = forms.TypedChoiceField(label=_("Who"), coerce=int)
    rank = forms.IntegerField(
        label=_("Called as number"), min_value=1, max_value=MOST_RANKS, initial=1, help_text=_("1 is called first.")
    )
    starts_at = _moment(pgettext_lazy("shift", "From"))
    ends_at = _moment(pgettext_lazy("shift", "Until"))

    def __init__(self, *args: Any, people: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [(one.pk, one.name) for one in people]  # type: ignore[attr-defined]


class FillForm(forms.Form):
    """A pattern of shifts for some weeks, the chosen people in turn."""

    members = forms.TypedMultipleChoiceField(label=_("Who, in turn"), coerce=int, widget=forms.CheckboxSelectMultiple)
    pattern = forms.ChoiceField(label=_("Pattern"), choices=PATTERNS)
    begins_on = forms.DateField(label=_("From the day"), widget=DATE)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=28)

    def __init__(self, *args: Any, people: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["begins_on"].initial = clock.local(clock.now()).date() + timedelta(days=1)
        self.fields["members"].choices = [(one.pk, one.name) for one in people]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A plan, its steps one a line."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=40)
    title_en = forms.CharField(label=_("Title in English"), max_length=80, required=False)
    steps_zh = forms.CharField(
        label=_("Steps in Chinese, one a line"), max_length=4000, widget=forms.Textarea({"rows": 8})
    )
    steps_en = forms.CharField(
        label=_("Steps in English, line by line beside them"),
        max_length=6000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )


class KindForm(forms.Form):
    """For which class of cases a plan of its own is laid down."""

    kind = forms.ChoiceField(label=_("Class of cases"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("Choose from the whole list")), *kind_choices()]  # type: ignore[attr-defined]
