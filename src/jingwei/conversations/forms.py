"""What is typed in a conversation, and around it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from jingwei.attachments.public import LARGEST_FILE
from jingwei.conversations.actions.talking import MOST_WORDS
from jingwei.conversations.actions.waiting import MOST_HOURS


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one field: a list of their bytes."""

    widget = FilesInput({"accept": "image/*,audio/*,video/*,.amr,.heic,.heif"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if any(file.size > LARGEST_FILE for file in files):
            raise forms.ValidationError(_("A file is too large: %(n)d MB at most.") % {"n": LARGEST_FILE >> 20})
        return [super(FilesField, self).clean(file, initial).read() for file in files]


class SayForm(forms.Form):
    """A message. `key` is given with the empty form, so that a form that is sent twice says it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"class": "textarea", "rows": 2, "autocomplete": "off", "enterkeyhint": "send"}),
    )

    attached = FilesField(label=_("Photos, voice, video"), required=False)

    @property
    def uploads(self) -> list[UUID]:
        """Files that were sent in pieces before, by their ids."""
        return [key for text in self.data.getlist("upload") if (key := _uuid(text))]  # type: ignore[attr-defined]

    @classmethod
    def empty(cls) -> "SayForm":
        return cls(initial={"key": uuid4()})


class GridForm(forms.Form):
    """One's own grid, from the list."""

    grid = forms.CharField(label=_("Your grid"), max_length=24)

    def __init__(self, *args: Any, listed: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if listed:
            self.fields["grid"] = forms.ChoiceField(label=_("Your grid"), choices=listed)


class TermsForm(forms.Form):
    hours = forms.FloatField(
        label=_("Working hours until a first answer"),
        min_value=0.25,
        max_value=MOST_HOURS,
        help_text=_("Counted on the calendar of the place. After that the community is told and can answer instead."),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
