"""What is typed about subscriptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.exchange.webhooks.actions import LONGEST_URL
from jingwei.exchange.webhooks.events import offered_kinds
from jingwei.exchange.webhooks.kinds import kind_title
from jingwei.places.public import codes


class SubscriptionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=80)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=LONGEST_URL,
        help_text=gettext_lazy("Called by https only. Hosts of your own network stand in JINGWEI_OUTGOING_HOSTS."),
        widget=forms.URLInput({"placeholder": "https://example.org/hook"}),
    )
    kinds = forms.MultipleChoiceField(label=gettext_lazy("Kinds of facts"), widget=forms.CheckboxSelectMultiple)
    areas = forms.CharField(
        label=gettext_lazy("Areas"),
        required=False,
        help_text=gettext_lazy("Codes of 18 digits with blanks between them. None: everywhere."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kinds"].choices = [(kind, kind_title(kind)) for kind in offered_kinds()]  # type: ignore[attr-defined]

    def clean_areas(self) -> list[int]:
        try:
            return [codes.read(word) for word in self.cleaned_data["areas"].split()]
        except ValueError:
            raise forms.ValidationError(_("Each code has 18 digits.")) from None

    def given(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        given = {name: self.cleaned_data[name] for name in ("name", "url", "kinds")}
        return given | {"codes": self.cleaned_data["areas"]}


class ReplayForm(forms.Form):
    """From a moment, or after a number: one of the two."""

    since = forms.DateTimeField(
        label=gettext_lazy("From this moment on"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )
    after_seq = forms.IntegerField(label=gettext_lazy("After number"), required=False, min_value=0)
