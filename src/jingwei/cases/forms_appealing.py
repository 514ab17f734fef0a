"""The forms of appeals: against what, and what is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jingwei.cases.appealing import VERDICT_SAID, errand_said, grounds, is_partial, waiting_for
from jingwei.cases.forms import MoveForm, WordsField
from jingwei.kernel.public import clock
from jingwei.people.public import Member


class NamedForm(MoveForm):
    """Names one record of the case by its key, such as "clock-2". The only one is chosen already."""

    record = forms.ChoiceField(label=gettext_lazy("Against what"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.choices(member)
        self.fields["record"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["record"].initial = choices[0][0]

    def choices(self, member: Member) -> list[tuple[str, str]]:
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        about, _dash, nth = self.cleaned_data["record"].partition("-")
        return super().given() | {"about": about, "nth": int(nth)}


class AppealForm(NamedForm):
    words = WordsField(
        label=gettext_lazy("Why it should not count"),
        rows=4,
        help_text=gettext_lazy("Whoever decides reads this. Say what can be checked."),
    )

    field_order = ("seen", "record", "words")

    def choices(self, member: Member) -> list[tuple[str, str]]:
        found = grounds(self.case, member, clock.now())
        return [(ground.key, ground.said) for ground in found if not ground.why_not]


class DecideForm(NamedForm):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=list(VERDICT_SAID.items()), widget=forms.RadioSelect
    )
    words = WordsField(label=gettext_lazy("Grounds"), rows=4, help_text=gettext_lazy("Both sides read them."))

    field_order = ("seen", "record", "verdict", "words")

    def choices(self, member: Member) -> list[tuple[str, str]]:
        return [
            (f"{errand.about}-{errand.nth}", errand_said(errand))
            for errand in waiting_for(self.case, member)
            if not is_partial(self.case, errand, member)
        ]

    def given(self) -> dict[str, Any]:
        return super().given() | {"verdict": self.cleaned_data["verdict"]}
