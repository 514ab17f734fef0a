"""The report of a worker on one page: what, where, photos. It can wait on a phone, so it asks the server nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.forms_report import LONGEST_WORDS, PhotosField, PointForm, listed_categories
from jingwei.cases.spots import Spot, read_spot, spot_at
from jingwei.kernel.public import uuid7

HERE = "here"


class NowForm(PointForm):
    """`id` names the report, so that the same page sent twice is one case."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    photos = PhotosField(label=gettext_lazy("Photos"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What have you found?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )
    listed = forms.ChoiceField(label=gettext_lazy("Category, if you know it"), required=False)
    detail = forms.CharField(label=gettext_lazy("More exactly"), required=False, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listed"].choices = listed_categories  # type: ignore[attr-defined]
        self.fields["area"].label = _("Grid, if the place of the phone is not taken")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not (said.get("words") or said.get("photos") or self.errors):
            self.add_error("words", _("Say in a few words what is wrong, or add a photo."))
        if not self.errors and (spot := _spot(said)) is not None:
            said["spot"] = spot
        elif not self.errors:
            self.add_error("area", _("Choose a place from the list, or look for its address."))
        return said


def _spot(said: dict[str, Any]) -> Spot | None:
    """The grid that was chosen, else where the phone was: inside our area, or there is none."""
    if said.get("area"):
        return read_spot(said["area"])
    if said.get("longitude") is None or said.get("latitude") is None:
        return None
    return spot_at(HERE, said["longitude"], said["latitude"])
