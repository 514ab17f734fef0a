"""The forms of the work between parties: who assists, and what an assistant has done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.forms import MoveForm, PhotosForm, WordsField
from jingwei.cases.models import Assignment
from jingwei.cases.parties import Party, PartyGroup
from jingwei.cases.progress import party_name
from jingwei.cases.workflow import LIVE, Part
from jingwei.people.public import Department, Member


class FinishForm(PhotosForm):
    words = WordsField(label=gettext_lazy("What was done"), help_text=gettext_lazy("The lead reads this."))


class ReportInForm(MoveForm):
    """A note; where a whistle called, where one is: by the device, or in words."""

    longitude = forms.FloatField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)

    field_order = ("seen", "longitude", "latitude", "words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        called = Assignment.objects.filter(case_id=self.case.pk, status=Part.SENT, is_whistled=True)
        self.has_place = called.exists()
        if self.has_place:
            self.fields["words"].label = _("Where you are")
            self.fields["words"].help_text = _("Only the distance from the place is kept of what the device says.")
        else:
            del self.fields["longitude"], self.fields["latitude"]

    def given(self) -> dict[str, Any]:
        longitude, latitude = self.cleaned_data.get("longitude"), self.cleaned_data.get("latitude")
        given = super().given()
        return given if longitude is None or latitude is None else given | {"at": (longitude, latitude)}


class WhistleForm(MoveForm):
    """The departments that are called, one of which leads."""

    lead = forms.ChoiceField(label=gettext_lazy("Leads"), widget=forms.RadioSelect)
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Come too"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One at least besides the one that leads."),
    )
    words = WordsField(label=gettext_lazy("What they are called for"), help_text=gettext_lazy("The parties read this."))

    field_order = ("seen", "lead", "others", "words")

    def __init__(self, *args: Any, groups: Sequence[PartyGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        parties = [one for group in groups for one in group.parties if one.department is not None and not one.why_not]
        self._departments = {one.key: one.department for one in parties}
        choices = [(one.key, one.name) for one in parties]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        self.fields["lead"].initial = next((one.key for one in parties if one.is_recommended), None)

    def clean_others(self) -> list[str]:
        others: list[str] = self.cleaned_data["others"]
        if self.cleaned_data.get("lead") in others:
            raise forms.ValidationError(_("Whoever leads comes anyway. Choose others."))
        return others

    def given(self) -> dict[str, Any]:
        called = {"lead": self._departments[self.cleaned_data["lead"]]}
        return super().given() | called | {"others": [self._departments[key] for key in self.cleaned_data["others"]]}


class ChangeAssistantForm(MoveForm):
    """Whom to call in, and whom to release of those who assist."""

    add = forms.MultipleChoiceField(label=gettext_lazy("Call in"), required=False, widget=forms.CheckboxSelectMultiple)
    release = forms.MultipleChoiceField(
        label=gettext_lazy("Release"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = WordsField(label=gettext_lazy("Reason"), help_text=gettext_lazy("All parties read this."))

    def __init__(self, *args: Any, groups: Sequence[PartyGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        parts = Assignment.objects.filter(case_id=self.case.pk, status__in=LIVE).select_related("department", "member")
        live = {part.party: part for part in parts.order_by("sent_at", "pk")}
        helping = [(key, party_name(part)) for key, part in live.items() if part.role == Assignment.Role.ASSIST]
        self._free: dict[str, Party] = {
            party.key: party
            for group in groups
            for party in group.parties
            if not party.why_not and party.key not in live
        }
        self.fields["add"].choices = [(key, party.name) for key, party in self._free.items()]  # type: ignore[attr-defined]
        self.fields["release"].choices = helping  # type: ignore[attr-defined]
        if not helping:
            del self.fields["release"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("add") and not cleaned.get("release"):
            self.add_error("add", _("Choose whom to call in or whom to release."))
        return cleaned

    def given(self) -> dict[str, Any]:
        called = [self._free[key] for key in self.cleaned_data["add"]]
        add: list[Department | Member] = [who for one in called for who in (one.department or one.member,) if who]
        return super().given() | {"add": add, "release": self.cleaned_data.get("release", [])}
