"""The forms of signals: one rule, and the quiet hours. Whether what they read makes sense, actions say."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.kinds import kind_choices
from jingwei.cases.models import Case, SignalRule
from jingwei.cases.signals.kinds import Signal, Whom
from jingwei.cases.signals.rules import SAID
from jingwei.cases.workflow import Level

YES_NO = [("yes", pgettext_lazy("rule", "Yes")), ("no", pgettext_lazy("rule", "No"))]


class SignalRuleForm(forms.Form):
    """A rule and its place among `rules`. `seen` is the edition of the rules that the person was looking at."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    signal = forms.ChoiceField(label=_("At the signal"), choices=Signal.choices)
    category = forms.ChoiceField(label=_("Category"), required=False)
    level = forms.ChoiceField(label=_("Who answers"), required=False, choices=[("", _("Any level")), *Level.choices])
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("Any urgency")), *Case.Urgency.choices]
    )
    tell = forms.MultipleChoiceField(
        label=_("Tell"), required=False, choices=Whom.choices, widget=forms.CheckboxSelectMultiple
    )
    makes_urgent = forms.ChoiceField(label=_("Make it urgent"), choices=YES_NO, widget=forms.RadioSelect)
    raises = forms.ChoiceField(label=_("Raise it by a level"), choices=YES_NO, widget=forms.RadioSelect)
    number = forms.IntegerField(
        label=pgettext_lazy("rule", "Order"), min_value=1, help_text=_("Of the rules that fit a case, the first holds.")
    )

    def __init__(self, *args: Any, rules: Sequence[SignalRule], edition: int, place: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = [rule for rule in rules if rule.number != place]
        self.fields["category"].choices = lambda: [("", _("Any category")), *kind_choices()]  # type: ignore[attr-defined]
        self.fields["number"].max_value = len(self.others) + 1  # type: ignore[attr-defined]
        self.fields["seen"].initial = edition
        self.initial.setdefault("number", len(self.others) + 1)
        self.initial.setdefault("makes_urgent", "no")
        self.initial.setdefault("raises", "no")

    @property
    def rules(self) -> list[SignalRule]:
        """All rules, with this one in its place."""
        data = self.cleaned_data
        rule = SignalRule(
            signal=data["signal"],
            category_code=data["category"],
            level=data["level"],
            urgency=data["urgency"],
            tell=data["tell"],
            makes_urgent=SAID[data["makes_urgent"]],
            raises=SAID[data["raises"]],
        )
        place = min(data["number"], len(self.others) + 1)
        return [*self.others[: place - 1], rule, *self.others[place - 1 :]]


class QuietHoursForm(forms.Form):
    begins = forms.TimeField(
        label=pgettext_lazy("quiet hours", "from"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=pgettext_lazy("quiet hours", "until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    @property
    def hours(self) -> tuple[time, time]:
        return self.cleaned_data["begins"], self.cleaned_data["ends"]
