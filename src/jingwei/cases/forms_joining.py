"""The forms by which cases are joined: merged with another, grouped under one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.forms import MoveForm
from jingwei.cases.leading import numbers_in
from jingwei.cases.moves.joining import MOST_CHILDREN

LONGEST = 40 * MOST_CHILDREN


class MergeForm(MoveForm):
    other = forms.CharField(
        label=gettext_lazy("Number of the case that goes on"),
        max_length=20,
        help_text=gettext_lazy("Whole, such as 20261121-000142. It has to be open."),
    )

    field_order = ("seen", "other", "words")


class GroupForm(MoveForm):
    others = forms.CharField(
        label=gettext_lazy("Numbers of the cases that follow this one"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("One a line, or parted by commas; up to 200."),
    )

    field_order = ("seen", "others", "words")

    def clean_others(self) -> list[str]:
        found = numbers_in(self.cleaned_data["others"])
        if not found:
            raise forms.ValidationError(_("There is no number of a case here, such as 20261121-000142."))
        return found
