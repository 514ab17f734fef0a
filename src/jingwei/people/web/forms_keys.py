"""The form of a new API key."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jingwei.kernel.public import environment
from jingwei.people.duties import DUTIES
from jingwei.places.public import Area, codes

DAYS = (30, 90, 180, 365)
AREAS = 3
LIST = "key-areas"


class KeyForm(forms.Form):
    """`areas` are those offered by name; codes of others, such as grids, may be typed."""

    software = forms.CharField(
        label=gettext_lazy("Which software"), help_text=gettext_lazy("A new name makes a new account."), max_length=60
    )
    name = forms.CharField(label=gettext_lazy("What the key is for"), max_length=60, required=False)
    duties = forms.MultipleChoiceField(label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=gettext_lazy("Good for"), coerce=int)

    def __init__(self, data: Any = None, *, areas: Sequence[Area]) -> None:
        super().__init__(data)
        self.areas = areas
        self.labels = [label_of(area) for area in areas]
        self._choices("duties", [(duty.key, duty.title) for duty in DUTIES.values() if duty.is_for_keys])
        most = environment().key_days
        days = [*(days for days in DAYS if days < most), most]
        self._choices("days", [(n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in days])
        for number in range(1, AREAS + 1):
            self.fields[f"area_{number}"] = forms.CharField(
                label=_("Where (name or code of an area)") if number == 1 else _("and where else"),
                max_length=120,
                required=number == 1,
                widget=forms.TextInput({"list": LIST, "autocomplete": "off"}),
            )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def area_fields(self) -> list[forms.BoundField]:
        return [self[f"area_{number}"] for number in range(1, AREAS + 1)]

    def clean(self) -> None:
        found = []
        for number in range(1, AREAS + 1):
            if typed := self.cleaned_data.get(f"area_{number}", "").strip():
                try:
                    found.append(self._code(typed))
                except ValueError:
                    self.add_error(
                        f"area_{number}", _("There is no area of this name or code here. Choose one of the list.")
                    )
        self.cleaned_data["codes"] = found

    def _code(self, typed: str) -> int:
        """By the name that is offered, by a name that only one has, or by code. ValueError for anything else."""
        named = [area.code for area in self.areas if typed in (label_of(area), area.title)]
        return int(named[0]) if len(named) == 1 else codes.read(typed)


def label_of(area: Area) -> str:
    """As the list offers it: the code tells two of one name apart."""
    return f"{area.title} {codes.write(area.code)[: codes.ENDS[codes.Level(area.level)]]}"
