"""Looking for cases by what was said."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingwei.cases.finding import LONGEST
from jingwei.kernel.public import is_long_enough


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Words of the report"),
        help_text=_(
            "As they were written: one Chinese character or more. Only cases whose words you may read are searched."
        ),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )

    def clean_words(self) -> Any:
        words = " ".join(self.cleaned_data["words"].split())
        if not is_long_enough(words):
            raise forms.ValidationError(gettext("One letter or sign is too little to look for: write two."))
        return words
