"""The forms of work lists."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.attachments.public import LARGEST
from jingwei.places.public import codes
from jingwei.worklists.actions import Given, NewList
from jingwei.worklists.models import Item
from jingwei.worklists.offices import Choice, areas_of
from jingwei.worklists.reading import Shown, TaskSheet
from jingwei.worklists.rules import LONGEST_ANSWER, Kind, NewItem

ROWS = 8
"""Items that the form has room for."""
OPEN_ROWS = 3
"""Those that it shows at once."""
PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class ItemForm(forms.Form):
    """One item; a row may be left empty."""

    title = forms.CharField(label=gettext_lazy("What to check or to collect"), max_length=120, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Expected answer"), choices=Kind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices, one a line"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    is_needed = forms.BooleanField(label=gettext_lazy("Has to be answered"), required=False, initial=True)

    def __init__(self, place: int, data: Any = None) -> None:
        super().__init__(data, prefix=f"item{place}")
        self.number = place + 1

    def given(self) -> NewItem:
        said: dict[str, Any] = self.cleaned_data
        lines = tuple(line.strip() for line in said["choices"].splitlines() if line.strip())
        return NewItem(said["title"], said["kind"], lines if said["kind"] == Kind.CHOICE else (), said["is_needed"])


class ListForm(forms.Form):
    """A new list. `offices` are those in whose name the member may ask."""

    office = forms.ChoiceField(label=gettext_lazy("In the name of"))
    title = forms.CharField(
        label=pgettext_lazy("work list", "Title"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What it is for, and how to check"),
        help_text=gettext_lazy("The same words for all grids: name nobody."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=forms.DateInput({"type": "date"}))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Where it goes"),
        help_text=gettext_lazy("Every grid of these areas gets it."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, offices: list[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {one.key: one.office for one in offices}
        self.fields["office"].choices = [(one.key, one.title) for one in offices]  # type: ignore[attr-defined]
        self.fields["areas"].choices = areas_of(offices)  # type: ignore[attr-defined]
        data = self.data if self.is_bound else None
        self.rows = [ItemForm(place, data) for place in range(ROWS)]
        self.first_rows, self.more_rows = self.rows[:OPEN_ROWS], self.rows[OPEN_ROWS:]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def is_long(self) -> bool:
        """Whether something stands in the rows that are folded at first."""
        return any(row["title"].value() for row in self.more_rows)

    def given(self) -> NewList:
        said: dict[str, Any] = self.cleaned_data
        return NewList(
            title=said["title"],
            words=said["words"],
            due_on=said["due_on"],
            areas=[codes.read(code) for code in said["areas"]],
            items=[row.given() for row in self.rows if row.cleaned_data["title"].strip()],
        )


class AnswerForm(forms.Form):
    """What a grid answers, one field for each item and one for its photo. All may wait: what is missing is said."""

    use_required_attribute = False

    def __init__(self, sheet: TaskSheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = sheet.rows
        for row in self.shown:
            if row.item.kind != Kind.PHOTO:
                self.fields[self._text(row.item)] = _field_for(row.item, self._there(row))
                self.fields[self._base(row.item)] = forms.CharField(
                    required=False, widget=forms.HiddenInput, initial=self._there(row), strip=False
                )
            self.fields[self._photo(row.item)] = forms.FileField(
                label=row.item.title if row.item.kind == Kind.PHOTO else _("Photo"),
                required=False,
                widget=forms.FileInput({"accept": PICTURES, "capture": "environment"}),
            )

    @staticmethod
    def _text(item: Item) -> str:
        return f"text-{item.place}"

    @staticmethod
    def _base(item: Item) -> str:
        """What stood there when the form was shown."""
        return f"base-{item.place}"

    @staticmethod
    def _there(row: Shown) -> str:
        return row.answer.text if row.answer else ""

    @staticmethod
    def _photo(item: Item) -> str:
        return f"photo-{item.place}"

    def lines(self) -> list[dict[str, Any]]:
        """What stands together on the page: an item, its answer so far, its fields, marked as the list needs them."""
        return [self._line(row) for row in self.shown]

    def _line(self, row: Shown) -> dict[str, Any]:
        asked = self._photo(row.item) if row.item.kind == Kind.PHOTO else self._text(row.item)
        self.fields[asked].required = row.item.is_needed
        text = self[asked] if row.item.kind != Kind.PHOTO else None
        base = self[self._base(row.item)] if text else None
        return {
            "item": row.item,
            "answer": row.answer,
            "text": text,
            "base": base,
            "photo": self[self._photo(row.item)],
        }

    def item_at(self, place: str) -> Item | None:
        return next((row.item for row in self.shown if str(row.item.place) == place), None)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name, value in said.items():
            if isinstance(value, UploadedFile) and (value.size or 0) > LARGEST:
                self.add_error(
                    name, _("The photo is larger than %(n)d MB. Send a smaller one.") % {"n": LARGEST // 1024**2}
                )
        for row in self.shown:
            if row.item.kind != Kind.PHOTO and self._base(row.item) in self.data:
                self._merge(row, said)
        return said

    def _merge(self, row: Shown, said: dict[str, Any]) -> None:
        """What others wrote meanwhile stays where this form left it alone; where both wrote, a person decides."""
        name, base, theirs = self._text(row.item), self._base(row.item), self._there(row)
        mine, before = said.get(name, ""), _lines(self.data[base])
        if _lines(theirs) in {before, _lines(mine)}:
            return
        if _lines(mine) == before:
            said[name] = theirs
            return
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, where something was sent
        self.data[base] = theirs  # type: ignore[index]
        self.add_error(
            name,
            _("Meanwhile this was written: “%(theirs)s”. Yours is in the field: leave what is right, and send again.")
            % {"theirs": theirs},
        )

    def given(self) -> Mapping[UUID, Given]:
        return {row.item.pk: self._given(row.item) for row in self.shown}

    def _given(self, item: Item) -> Given:
        photo = self.cleaned_data.get(self._photo(item))
        return Given(self.cleaned_data.get(self._text(item), ""), photo.read() if photo else b"")


def _lines(text: str) -> str:
    """Browsers end lines in their own way."""
    return text.replace("\r\n", "\n").strip()


def _field_for(item: Item, there: str) -> forms.Field:
    """Nothing is required here: half a form is kept, and reporting up says what is missing."""
    given: dict[str, Any] = {"label": item.title, "required": False, "initial": there}
    if item.kind == Kind.CHOICE:
        options = [(one, one) for one in item.choices]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **given)
    if item.kind == Kind.NUMBER:
        return forms.CharField(max_length=20, widget=forms.TextInput({"inputmode": "decimal"}), **given)
    return forms.CharField(max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 2}), **given)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("work list", "Reason"),
        help_text=gettext_lazy("Whoever goes on with it reads it."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )
