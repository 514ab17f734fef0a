"""What is typed about sets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.exchange.configuration.files import LARGEST
from jingwei.kernel.public import ScannedFileField


class BringForm(forms.Form):
    file = ScannedFileField(
        label=_("ZIP archive with the files of a set"),
        help_text=_("Take the one that holds now, change it in a spreadsheet program, and pack it again."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
    note = forms.CharField(label=_("What it is for"), max_length=200, required=False)

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        return bytes(file.read())


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
