"""The forms of reporting: what, where, and sending. Forms read and say what is wrong; they write nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.catalogue import current
from jingwei.cases.heard import Heard, heard_in
from jingwei.cases.models import Category
from jingwei.cases.suggesting import suggest
from jingwei.people.public import CodeForm, PhoneForm

LONGEST_WORDS = 2000
File: TypeAlias = "UploadedFile[bytes]"
PICTURES = "image/jpeg,image/png,image/webp"


class PhotosInput(forms.FileInput):
    """Several photos at once; on a phone the camera is offered too."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": PICTURES, "multiple": True})

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, File], name: str) -> Any:  # noqa: ARG002
        return files.getlist(name)


class PhotosField(forms.FileField):
    """Gives a list of files, empty where none was chosen."""

    widget = PhotosInput

    def clean(self, data: Sequence[File] | None, initial: Any = None) -> list[File]:
        files = list(data or [])
        if not files:
            super().clean(None, initial)
        return [super(PhotosField, self).clean(file, initial) for file in files]


class CategoryField(forms.ChoiceField):
    """The likeliest categories for some words as chips, and that one does not know."""

    widget = forms.RadioSelect

    def offer(self, words: str, chosen: str) -> bool:
        """Offer what fits `words`, and what was chosen already. Whether there is anything to choose."""
        known = current()
        likely = suggest(words)
        if chosen in known and known[chosen] not in likely:
            likely = [known[chosen], *likely[:2]]
        self.choices = [*((one.code, one.name) for one in likely), ("", _("I do not know"))]
        return bool(likely)

    def valid_value(self, value: str) -> bool:
        return value in current()


def listed_categories() -> list[tuple[str, Any]]:
    """The whole table as the choices of a select, grouped by class."""
    groups: dict[str, list[Category]] = {}
    for category in current().values():
        groups.setdefault(category.major_name, []).append(category)
    choices: list[tuple[str, Any]] = [("", _("Choose from the whole list"))]
    return choices + [(name, [(one.code, one.name) for one in group]) for name, group in groups.items()]


class WhatForm(forms.Form):
    """First step: photos, words, a category if one knows it. `has_photo`: some are kept already."""

    photos = PhotosField(label=gettext_lazy("Photos"), required=False)
    words = forms.CharField(
        label=gettext_lazy("A sentence will do"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3, "placeholder": gettext_lazy("For example: the manhole cover rattles")}),
    )
    category = CategoryField(label=gettext_lazy("It looks like"), required=False)
    listed = forms.ChoiceField(label=gettext_lazy("Another category"), required=False)

    def __init__(self, *args: Any, has_photo: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_photo = has_photo
        self.fields["listed"].choices = listed_categories  # type: ignore[attr-defined]
        self.has_guesses = self.fields["category"].offer(self._now("words"), self._now("category"))  # type: ignore[attr-defined]

    @property
    def heard(self) -> list[Heard]:
        """What is to be said of the words so far."""
        return heard_in(self._now("words"))

    def _now(self, name: str) -> str:
        """What the field holds, sent or kept."""
        return str(self[name].value() or "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("words") or cleaned.get("photos") or self.has_photo or self.errors):
            self.add_error("words", _("Say in a few words what is wrong, or add a photo."))
        cleaned["category_code"] = cleaned.get("listed") or cleaned.get("category") or ""
        return cleaned


class PointForm(forms.Form):
    """Where it is, other than by words: the point that the device fills in, or a grid from the list."""

    area = forms.ChoiceField(label=gettext_lazy("Or choose the grid from the list"), required=False)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    def offer_areas(self, groups: Sequence[tuple[str, list[tuple[str, str]]]]) -> None:
        self.fields["area"].choices = [("", _("Not chosen")), *groups]  # type: ignore[attr-defined]


class WhereForm(PointForm):
    """Second step: one of the places found, or words to find others by."""

    at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    q = forms.CharField(label=gettext_lazy("Find another address or building"), required=False, max_length=60)
    detail = forms.CharField(
        label=gettext_lazy("More exactly"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"placeholder": gettext_lazy("For example: by the east gate, third floor")}),
    )


class CheckForm(forms.Form):
    """Third step: a last chance to name the category."""

    category = CategoryField(label=gettext_lazy("It looks like"), required=False)


class GuestPhoneForm(PhoneForm):
    """The number to which the code goes, on a page that begins with something else."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].widget.attrs.pop("autofocus")


class GuestCodeForm(CodeForm):
    """The code that was sent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.pop("autofocus")
