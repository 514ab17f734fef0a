"""Looking for cases by what was said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.cases.finding import LONGEST, SHORTEST


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Words of the report"),
        help_text=_("Two characters or more, as they were written. Only cases whose words you may read are searched."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )

    def clean_words(self) -> Any:
        return " ".join(self.cleaned_data["words"].split())
