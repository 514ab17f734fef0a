"""What reporters do with their own cases: rate, open again, withdraw."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.said import RATING_SAID
from jingwei.cases.workflow import REASONS_OF

GRADES: Mapping[int, tuple[str, Promise]] = MappingProxyType(
    {
        5: ("mood-happy", pgettext_lazy("grade", "Very good")),
        4: ("mood-smile", pgettext_lazy("grade", "Good")),
        3: ("mood-empty", pgettext_lazy("grade", "So-so")),
        2: ("mood-sad", pgettext_lazy("grade", "Poor")),
        1: ("mood-cry", pgettext_lazy("grade", "Very poor")),
    }
)
"""From the best, with the face that stands for it."""
BEST_POOR, WORST_GOOD = 2, 4


def _chosen(grade: int) -> list[tuple[str, Promise]]:
    return [(reason, RATING_SAID[reason]) for reason in REASONS_OF[grade]]


NOT_GOOD: Mapping[str, Promise] = MappingProxyType(
    {
        "again": pgettext_lazy("reopen", "It is broken again"),
        "wrong": pgettext_lazy("reopen", "It was not done properly"),
        "nobody": pgettext_lazy("reopen", "Nobody came"),
        "other": pgettext_lazy("reopen", "Another reason"),
    }
)


class SeenForm(forms.Form):
    """A form about a case as it stood: `seen` is the version that the person was looking at."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ConfirmForm(SeenForm):
    """Whether the work is good, where that is the reporter's to say. The button that was pressed is the answer."""

    answer = forms.ChoiceField(choices=[("good", "good"), ("bad", "bad")])
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("If it is not right yet, say what is missing: whoever did the work reads it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "bad" and not cleaned.get("words"):
            self.add_error("words", _("Say what is not right yet."))
        return cleaned


class RateForm(SeenForm):
    grade = forms.TypedChoiceField(
        label=gettext_lazy("How was it done?"),
        coerce=int,
        choices=[(grade, word) for grade, (_icon, word) in GRADES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the five grades.")},
    )
    praise = forms.MultipleChoiceField(
        label=gettext_lazy("What was good?"),
        choices=_chosen(5),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    middling = forms.MultipleChoiceField(
        label=gettext_lazy("What could have been better?"),
        choices=_chosen(3),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    blame = forms.MultipleChoiceField(
        label=gettext_lazy("What was not?"),
        choices=_chosen(1),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    @property
    def faces(self) -> list[dict[str, Any]]:
        """The grades as buttons with a face."""
        return [
            {"grade": grade, "icon": icon, "word": word, "is_chosen": str(self["grade"].value()) == str(grade)}
            for grade, (icon, word) in GRADES.items()
        ]

    @property
    def reasons(self) -> list[str]:
        """The reasons that go with the grade; those of the other kinds are not meant."""
        grade = self.cleaned_data["grade"]
        kind = "praise" if grade >= WORST_GOOD else "blame" if grade <= BEST_POOR else "middling"
        return list(self.cleaned_data[kind])


class ReopenForm(SeenForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=NOT_GOOD.items(), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "placeholder": gettext_lazy("For example: it worked for one night only")}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == "other" and not cleaned.get("words"):
            self.add_error("words", _("Say what is not right yet."))
        return cleaned

    @property
    def said(self) -> str:
        """The reason as whoever takes it on reads it."""
        reason, words = self.cleaned_data["reason"], self.cleaned_data["words"]
        if reason == "other":
            return str(words)
        if not words:
            return str(NOT_GOOD[reason])
        return _("%(reason)s: %(words)s") % {"reason": NOT_GOOD[reason], "words": words}


class UrgeForm(SeenForm):
    words = forms.CharField(
        label=gettext_lazy("What you would like to say"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Whoever has the case reads this."),
    )


class AppealForm(SeenForm):
    words = forms.CharField(
        label=gettext_lazy("Why it should be dealt with"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Whoever decides reads this: somebody who has not decided on your report before."),
    )


class WithdrawForm(SeenForm):
    words = forms.CharField(
        label=gettext_lazy("Why, if you like to say"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
