"""The forms of what follows the end: a call-back, a meeting, a check of what was solved on the spot."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.forms import MoveForm, WordsField
from jingwei.cases.said import CALLED_SAID

INSPECTED: Mapping[str, Promise] = MappingProxyType(
    {
        "passed": pgettext_lazy("inspection", "Passed: it was solved"),
        "failed": pgettext_lazy("inspection", "Failed: it is opened again"),
    }
)


class CallBackForm(MoveForm):
    result = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=list(CALLED_SAID.items()), widget=forms.RadioSelect
    )
    words = WordsField(label=gettext_lazy("What was said"))

    field_order = ("seen", "result", "words")

    def given(self) -> dict[str, Any]:
        return super().given() | {"result": self.cleaned_data["result"]}


class ReviewForm(MoveForm):
    words = WordsField(
        label=gettext_lazy("Who met, and what was agreed"), help_text=gettext_lazy("Whoever reported it reads this.")
    )


class InspectForm(MoveForm):
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=list(INSPECTED.items()), widget=forms.RadioSelect)
    words = WordsField(
        label=gettext_lazy("What you saw"), required=False, help_text=gettext_lazy("Needed where it has not passed.")
    )

    field_order = ("seen", "result", "words")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("result") == "failed" and not cleaned.get("words"):
            self.add_error("words", _("Say what is still wrong: the party reads it."))
        return cleaned

    def given(self) -> dict[str, Any]:
        return super().given() | {"result": self.cleaned_data["result"]}
