"""The form behind the emergency button: what the danger is, and where. The device, a known place or words say where."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.public import (
    Condition,
    Draft,
    Origin,
    PointForm,
    Spot,
    digest,
    listed_areas,
    read_spot,
    spots_named,
    spots_of,
)
from jingwei.emergency.forms import DangerField, danger_for
from jingwei.people.public import Member

LONGEST_WORDS, LONGEST_PLACE = 500, 100
NOTHING: Mapping[str, str] = MappingProxyType({})


class ButtonForm(PointForm):
    """`spots` are the places to choose from: those of the member, and those that the words have found.

    `begun` is what was written elsewhere: its `words`, and the `danger` that they sound like.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    condition = DangerField()
    at = forms.ChoiceField(label=gettext_lazy("Where is it?"), required=False, widget=forms.RadioSelect)
    place = forms.CharField(
        label=gettext_lazy("Address or building, and where there"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput({"placeholder": gettext_lazy("For example: block 5, third floor")}),
    )
    words = forms.CharField(
        label=gettext_lazy("What you see"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2, "placeholder": gettext_lazy("For example: somebody is trapped")}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, member: Member, begun: Mapping[str, str] = NOTHING
    ) -> None:
        super().__init__(data, initial={"key": uuid4(), **_taken_over(begun)})
        self.spots: Sequence[Spot] = self._spots(member)
        self.fields["at"].choices = [(one.key, one.title or one.note) for one in self.spots]  # type: ignore[attr-defined]
        self.offer_areas(listed_areas())

    def _spots(self, member: Member) -> list[Spot]:
        spots = {one.key: one for one in spots_of(member)}
        spots |= {one.key: one for one in spots_named(str(self["place"].value() or ""))}
        return list(spots.values())

    @property
    def danger(self) -> Condition:
        condition = self.cleaned_data["condition"]
        assert isinstance(condition, Condition)
        return condition

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and cleaned.get("longitude") is None and self._spot(cleaned) is None:
            self.add_error(None, _("Say where it is: use your location, or choose a place from the list."))
        return cleaned

    def _spot(self, cleaned: Mapping[str, Any]) -> Spot | None:
        """What was chosen; else the only place that the words have found."""
        chosen = read_spot(cleaned.get("at") or cleaned.get("area") or "")
        named = spots_named(cleaned.get("place", ""))
        return chosen or (named[0] if len(named) == 1 else None)

    def draft(self, member: Member, channel: str) -> Draft:
        """The report. The device's own place counts before what was chosen."""
        said, spot = self.cleaned_data, self._spot(self.cleaned_data)
        is_here = said["longitude"] is not None
        words = said["words"].strip() or self.danger.text
        where = said["place"].strip() or (spot.title if spot and not is_here else "")
        told = f"{said['key']} {self.danger.pk} {words} {where} {spot.key if spot else ''}"
        return Draft(
            Origin(
                id=said["key"],
                code=0 if is_here or spot is None else spot.code,
                channel=channel,
                digest=digest(told.encode()),
                words=words,
                place=where,
                longitude=said["longitude"] if is_here else spot.longitude if spot else None,
                latitude=said["latitude"] if is_here else spot.latitude if spot else None,
                category_code=self.danger.category.code,
                member_id=member.pk,
            )
        )


def _taken_over(begun: Mapping[str, str]) -> dict[str, str]:
    return {"words": begun.get("words", "")[:LONGEST_WORDS], "condition": danger_for(begun.get("danger", ""))}
