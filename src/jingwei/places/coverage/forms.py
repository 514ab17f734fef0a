"""The forms of the pages on boundaries."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import ScannedFileField
from jingwei.places.coordinates import Datum
from jingwei.places.coverage.export import Format
from jingwei.places.imports.boundaries import Columns

LONGEST_KEY = 120
AS_SAID: tuple[str, Any] = ("", _("As the file says"))


class MendForm(forms.Form):
    """Which mend of which finding."""

    finding = forms.CharField(max_length=LONGEST_KEY)
    mend = forms.CharField(max_length=LONGEST_KEY)


class StepForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea({"rows": 3, "class": "textarea"})
    )


class FileForm(forms.Form):
    file = ScannedFileField(label=_("Map file"))


class LookForm(forms.Form):
    """How a file is to be read. Fields are of the file, so that a page may come back to them by its address."""

    datum = forms.ChoiceField(label=_("Coordinates"), required=False)
    code = forms.ChoiceField(label=_("Code of the area"), required=False)
    name = forms.ChoiceField(label=_("Name of the area"), required=False)
    parent = forms.ChoiceField(label=_("What it lies in"), required=False)

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("datum", [AS_SAID, *Datum.choices])
        for name in ("code", "name", "parent"):
            self._choose(name, [("", "–"), *((column, column) for column in columns)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def columns(self) -> Columns:
        given = self.cleaned_data
        return Columns(given["code"], given["name"], given["parent"])

    @property
    def chosen_datum(self) -> Datum | None:
        return Datum(self.cleaned_data["datum"]) if self.cleaned_data["datum"] else None


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=_("Format"), choices=[(Format.GEOJSON.value, "GeoJSON"), (Format.GEOPACKAGE.value, "GeoPackage")]
    )
    datum = forms.ChoiceField(label=_("Coordinates"), choices=Datum.choices)
    state = forms.ChoiceField(label=_("State"), choices=[("map", _("As published")), ("draft", _("As in the draft"))])


class LimitsForm(forms.Form):
    fewest_households = forms.IntegerField(label=_("Fewest households of a grid"), min_value=0, max_value=100_000)
    most_households = forms.IntegerField(label=_("Most households of a grid"), min_value=1, max_value=100_000)
    sliver_metres = forms.FloatField(label=_("Slivers are smaller than, m²"), min_value=0, max_value=10_000)
    sliver_width = forms.FloatField(label=_("or narrower than, m"), min_value=0, max_value=100)
