"""What is typed in a conversation, and around it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.conversations.actions.talking import MOST_WORDS
from jingwei.conversations.actions.waiting import MOST_HOURS


class SayForm(forms.Form):
    """A message. `key` is given with the empty form, so that a form that is sent twice says it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "enterkeyhint": "send"}),
    )

    @classmethod
    def empty(cls) -> "SayForm":
        return cls(initial={"key": uuid4()})


class GridForm(forms.Form):
    """One's own grid, from the list."""

    grid = forms.CharField(label=_("Your grid"), max_length=24)

    def __init__(self, *args: Any, listed: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if listed:
            self.fields["grid"] = forms.ChoiceField(label=_("Your grid"), choices=listed)


class TermsForm(forms.Form):
    hours = forms.FloatField(
        label=_("Working hours until a first answer"),
        min_value=0.25,
        max_value=MOST_HOURS,
        help_text=_("Counted on the calendar of the place. After that the community is told and can answer instead."),
    )
