"""The forms of an incident. Forms read and say what is wrong; they write nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.cases.public import Condition, current
from jingwei.emergency.actions import MOST_WORDS
from jingwei.emergency.models import Incident

LONGEST_TITLE = 120


def dangers() -> dict[str, Condition]:
    """The conditions marked as emergencies in the table of classes, by their keys: events first, then facilities."""
    found = [
        condition
        for category in current().values()
        for condition in category.conditions.all()
        if condition.is_emergency
    ]
    found.sort(key=lambda one: (one.category.kind != "event", one.category.code, one.number))
    return {str(one.pk): one for one in found}


def danger_for(*named: str) -> str:
    """The key of the first danger that is named so, by its class or by class and condition; "" where none is."""
    known = {f"{one.category.code}-{one.number}": key for key, one in reversed(dangers().items())}
    known |= {name.split("-")[0]: key for name, key in known.items()}
    return next((known[name] for name in named if name in known), "")


def _called(danger: Condition) -> str:
    """What happens is called by its class; of a thing that is broken, the class alone would not say how."""
    return danger.category.name if danger.category.kind == "event" else danger.text


class DangerField(forms.ChoiceField):
    """One of the dangers; gives the condition."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("What is the danger?"), **options)
        self.choices = lambda: [(key, _called(one)) for key, one in dangers().items()]

    def clean(self, value: Any) -> Any:
        return dangers()[super().clean(value)]


class AlarmForm(forms.Form):
    """The duty officer makes an emergency of a report."""

    condition = DangerField()
    title = forms.CharField(
        label=_("Title fit for the public"),
        help_text=_("Without names and numbers. Left empty, it is called as the danger."),
        required=False,
        max_length=LONGEST_TITLE,
    )


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("What happened"), max_length=MOST_WORDS, widget=forms.Textarea({"rows": 3}), strip=True
    )


class StepForm(forms.Form):
    """Why a step of the plan is not needed."""

    words = forms.CharField(
        label=_("Why it is not needed"), max_length=MOST_WORDS, widget=forms.Textarea({"rows": 3}), strip=True
    )


class StandDownForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How it ends"), choices=Incident.Outcome.choices, widget=forms.RadioSelect, required=True
    )
    words = forms.CharField(
        label=_("What was done, or what is left to do"),
        help_text=_("Whoever reported it reads this once it is dealt with."),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        strip=True,
    )
