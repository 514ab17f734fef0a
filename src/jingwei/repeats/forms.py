"""The forms of this module."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.repeats.rules import LONGEST_LIMIT, Measure, Rules


class LimitForm(forms.Form):
    measure = forms.ChoiceField(
        label=gettext_lazy("What follows"), choices=Measure.choices, widget=forms.RadioSelect, initial=Measure.LOOK
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        help_text=gettext_lazy("It ends by itself."),
        min_value=1,
        max_value=LONGEST_LIMIT,
        initial=14,
    )
    reason = forms.CharField(
        label=pgettext_lazy("limit", "Reason"),
        help_text=gettext_lazy("The person concerned reads it."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


class AppealForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("Why it is wrong"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    is_lifted = forms.TypedChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[("yes", gettext_lazy("The limit is lifted")), ("no", gettext_lazy("The limit stands"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=pgettext_lazy("appeal", "Answer"),
        help_text=gettext_lazy("The person concerned reads it."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class RulesForm(forms.Form):
    most = forms.IntegerField(label=gettext_lazy("More reports of one account than"), min_value=1, max_value=1000)
    hours = forms.IntegerField(label=gettext_lazy("within so many hours"), min_value=1, max_value=720)
    twin_hours = forms.IntegerField(
        label=gettext_lazy("The same words again within so many hours"), min_value=1, max_value=720
    )
    words = forms.CharField(
        label=gettext_lazy("Insulting words"),
        help_text=gettext_lazy("One a line, in Chinese and English. Capitals and small letters are the same."),
        required=False,
        max_length=9000,
        widget=forms.Textarea({"rows": 10}),
    )

    def rules(self) -> Rules:
        said: dict[str, Any] = dict(self.cleaned_data)
        lines = (line.strip() for line in said["words"].splitlines())
        return Rules(**(said | {"words": tuple(dict.fromkeys(line for line in lines if line))}))
