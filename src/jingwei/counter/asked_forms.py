"""The form of whoever was asked first: a kind of matter, and one of five buttons. Two taps."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.public import Case, current, kind_name, listed_categories
from jingwei.counter.actions.asked import LONGEST_WORDS
from jingwei.counter.asked import PERIODS
from jingwei.counter.models import FirstAsked
from jingwei.kernel.public import may, uuid7
from jingwei.people.public import Member


class KindField(forms.ChoiceField):
    """A kind of matter. Those that are offered change with what is asked; any that is known can be sent."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> str:
        """It may be left out where a class or words say what it was."""
        return str(super().clean(value)) if value else ""

    def valid_value(self, value: str) -> bool:
        return any(code[:2] == value for code in current())


class AskedForm(forms.Form):
    """`kind` are the kinds of matter that are asked about most, as chips; `listed` is the whole list of classes."""

    use_required_attribute = False
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = KindField(label=gettext_lazy("What it was about"))
    listed = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What was asked, in a few words"),
        help_text=gettext_lazy("No names and no numbers: only what was asked."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the case, if there is one"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    way = forms.ChoiceField(choices=FirstAsked.Way.choices)

    def __init__(self, data: Any, *, member: Member, kinds: list[str]) -> None:
        super().__init__(data, initial={"id": uuid7()})
        self.member = member
        self.fields["kind"].choices = [(code, kind_name(code)) for code in kinds]  # type: ignore[attr-defined]
        self.fields["listed"].choices = listed_categories  # type: ignore[attr-defined]

    def clean_number(self) -> Case | None:
        number = self.cleaned_data["number"].strip()
        if not number:
            return None
        case = Case.objects.by_numbers([number]).first()
        if case is None or not may(self.member, "cases.see", case):
            raise forms.ValidationError(_("There is no such case in your reach. Leave it empty, or check the number."))
        return case

    def noted(self) -> dict[str, Any]:
        """What is noted. A class from the list is more exact than its kind."""
        given = self.cleaned_data
        return {
            "category_code": given["listed"] or given["kind"],
            "words": given["words"],
            "case": given["number"],
            "key": given["id"],
        }


class PeriodForm(forms.Form):
    """How far back the counts go."""

    days = forms.TypedChoiceField(label=gettext_lazy("Period"), choices=PERIODS, coerce=int)
