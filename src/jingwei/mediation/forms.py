"""The forms of mediation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.kernel.public import clock
from jingwei.mediation.actions import NewParty
from jingwei.mediation.models import Mediation, Seat
from jingwei.mediation.rules import Elsewhere, Kind, Level, Result, Seen

ROWS = 4
"""Parties that the form for a new dispute has room for; more are added later."""
WALL = "%Y-%m-%dT%H:%M"


def _words(label: Any, *, hint: Any = "", rows: int = 4, most: int = 4000, required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=widget)


def _moment(label: Any, **given: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, widget=forms.DateTimeInput({"type": "datetime-local"}, format=WALL), **given
    )


class PartyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the party"), max_length=80)
    phone = forms.CharField(
        label=pgettext_lazy("party", "Phone number"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )

    def given(self) -> NewParty:
        return NewParty(self.cleaned_data["name"], self.cleaned_data["phone"])


class RowForm(PartyForm):
    """A row that may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False


class OpenForm(forms.Form):
    """A new dispute. `places` are the areas to choose from; a case brings its own."""

    place = forms.ChoiceField(label=pgettext_lazy("dispute", "Where"))
    kind = forms.ChoiceField(label=pgettext_lazy("dispute", "What it is about"), choices=Kind.choices)
    level = forms.ChoiceField(
        label=gettext_lazy("Who mediates first"),
        help_text=gettext_lazy("As low as it can: it goes up where it fails."),
        choices=Level.choices,
        widget=forms.RadioSelect,
    )
    words = _words(
        gettext_lazy("The matter"), hint=gettext_lazy("What the parties disagree on, in a few neutral sentences.")
    )
    is_first_reporter = forms.BooleanField(
        label=gettext_lazy("The first party is whoever reported the case"), required=False
    )

    def __init__(self, places: list[tuple[str, str]], *args: Any, has_case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        if not has_case:
            del self.fields["is_first_reporter"]
        data = self.data if self.is_bound else None
        self.rows = [RowForm(data, prefix=f"party{number}") for number in range(ROWS)]

    def is_valid(self) -> bool:
        return super().is_valid() and all(row.is_valid() for row in self.rows)

    def parties(self) -> list[NewParty]:
        return [row.given() for row in self.rows if row.cleaned_data["name"].strip()]


class PlanForm(forms.Form):
    held_at = _moment(gettext_lazy("When the parties meet"))
    place = forms.CharField(label=gettext_lazy("Where they meet"), max_length=120)


class SessionForm(forms.Form):
    """Who was there and what was said. One choice for each party and mediator of the dispute."""

    held_at = _moment(gettext_lazy("When it was held"))
    place = forms.CharField(label=gettext_lazy("Where it was held"), max_length=120)
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Parties who were there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mediators = forms.MultipleChoiceField(label=gettext_lazy("Who mediated"), widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=gettext_lazy("Who else was there"),
        help_text=gettext_lazy("A relative, a witness, somebody from the property company; or whom you waited for."),
        max_length=200,
        required=False,
    )
    said = _words(gettext_lazy("What was said, in brief"), rows=6)

    def __init__(self, row: Mediation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [(str(one.pk), one.name) for one in row.parties.order_by("pk")]
        seated = row.seats.filter(role=Seat.Role.MEDIATOR, until=None).select_related("member").order_by("since", "pk")
        self.fields["parties"].choices = parties  # type: ignore[attr-defined]
        self.fields["mediators"].choices = [(str(one.member_id), one.member.name) for one in seated]  # type: ignore[attr-defined]

    def clean_held_at(self) -> datetime:
        held_at: datetime = self.cleaned_data["held_at"]
        if held_at > clock.now():
            raise forms.ValidationError(_("This session is still to come: plan it instead."))
        return held_at

    def given(self) -> dict[str, Any]:
        """What the action takes; ids as they are kept."""
        chosen = {
            "parties": [UUID(key) for key in self.cleaned_data["parties"]],
            "mediators": [int(key) for key in self.cleaned_data["mediators"]],
        }
        return {**self.cleaned_data, **chosen}


class AgreementForm(forms.Form):
    text = _words(
        gettext_lazy("What was agreed"),
        hint=gettext_lazy("Who does what until when, in sentences that each party can be held to."),
        rows=10,
        most=8000,
    )
    is_oral = forms.BooleanField(
        label=gettext_lazy("It is an oral agreement: nobody signs, this is the record of it"), required=False
    )


class SignatureForm(forms.Form):
    """An empty day takes the signature out."""

    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class VisitForm(forms.Form):
    due_on = forms.DateField(
        label=gettext_lazy("Day of the visit"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class VisitedForm(forms.Form):
    seen = forms.ChoiceField(label=gettext_lazy("What you found"), choices=Seen.choices, widget=forms.RadioSelect)
    words = _words(gettext_lazy("In a few words"), most=2000, required=False)


class EndForm(forms.Form):
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=Result.choices, widget=forms.RadioSelect)
    referred_to = forms.ChoiceField(
        label=gettext_lazy("Referred to"),
        choices=[("", "—"), *Elsewhere.choices],
        required=False,
        help_text=gettext_lazy("Only where it is referred elsewhere."),
    )
    words = _words(gettext_lazy("How it ended"))


class ReasonForm(forms.Form):
    words = _words(pgettext_lazy("mediation", "Why"))
