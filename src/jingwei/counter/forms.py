"""The form of a call: one page, all of it kept as it is typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.public import CategoryField, Spot, current, listed_categories, read_spot, spots_named
from jingwei.counter.accounts import read_number
from jingwei.counter.actions.asked import USUAL, is_asked_first
from jingwei.counter.models import Call, FirstAsked, Script

LONGEST_NAME, LONGEST_PHONE, LONGEST_WORDS, LONGEST_DETAIL = 80, 20, 2000, 80

TEXTS = ("phone", "name", "for_name", "for_phone", "words", "detail", "answer")
BOXES = ("is_on_behalf", "checked", "wants_news")
"""A box that is not ticked is not sent."""
KEPT = (*TEXTS, *BOXES)
STYLES = dict.fromkeys(("phone", "name", "for_name", "for_phone", "q", "detail"), "input") | {
    "words": "textarea",
    "answer": "textarea",
    "listed": "select",
}


class NumberField(forms.CharField):
    """A telephone number of any kind, as its digits."""

    widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return read_number(text) if text else ""


class CallForm(forms.Form):
    """What the clerk writes while the call is open. `spots` are the places found by the words of the search."""

    phone = NumberField(label=gettext_lazy("Phone number"), required=False, max_length=LONGEST_PHONE)
    name = forms.CharField(
        label=gettext_lazy("Caller's name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_on_behalf = forms.BooleanField(label=gettext_lazy("They speak for somebody else"), required=False)
    for_name = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    for_phone = NumberField(label=gettext_lazy("Their number"), required=False, max_length=LONGEST_PHONE)
    words = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5}),
    )
    category = CategoryField(label=gettext_lazy("It looks like"), required=False)
    listed = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    at = forms.CharField(required=False, max_length=40)
    q = forms.CharField(
        label=gettext_lazy("Look for the place"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"placeholder": gettext_lazy("Address, building or grid"), "autocomplete": "off"}),
    )
    detail = forms.CharField(
        label=gettext_lazy("More exactly"),
        required=False,
        max_length=LONGEST_DETAIL,
        widget=forms.TextInput({"placeholder": gettext_lazy("For example: by the east gate, third floor")}),
    )
    wants_news = forms.BooleanField(
        label=gettext_lazy("If it is known already, tell the caller how it goes on"), required=False
    )
    checked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    answer = forms.CharField(
        label=gettext_lazy("What was answered"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, call: Call) -> None:
        super().__init__(data, initial=_written(call))
        self.call = call
        for name, css in STYLES.items():
            self.fields[name].widget.attrs["class"] = css
        self.fields["listed"].choices = listed_categories  # type: ignore[attr-defined]
        words, chosen = str(self["words"].value() or ""), str(self["category"].value() or "")
        self.has_guesses = self.fields["category"].offer(words, chosen)  # type: ignore[attr-defined]
        self.spots: Sequence[Spot] = spots_named(str(self["q"].value() or "")) if data is not None else ()

    def offer_questions(self, script: Script | None) -> None:
        """The checklist is that of the script; what was ticked under another one stays ticked in the record."""
        known = dict.fromkeys([*(script.questions if script else []), *self.call.checked])
        self.fields["checked"].choices = [(one, one) for one in known]  # type: ignore[attr-defined]

    def clean_at(self) -> Spot | None:
        key = self.cleaned_data["at"]
        if not key:
            return None
        spot = read_spot(key)
        if spot is None:
            raise forms.ValidationError(_("This place cannot be found any more. Look for it again."))
        return spot

    @property
    def category_code(self) -> str:
        """The class as it stands in the form: the list where it was changed, else the chip."""
        if not self.is_bound:
            return self.call.category_code
        listed = str(self.data.get("listed", ""))
        is_changed = listed != self.call.category_code
        code = listed if is_changed else str(self.data.get("category", listed))
        return code if code in current() else ""

    def written(self) -> dict[str, Any]:
        """What goes into the call: each field that was sent and is in order, the others stay as they were."""
        self.full_clean()
        said = self.cleaned_data
        written = {name: said[name] for name in KEPT if name in said and (name in self.data or name in BOXES)}
        written["category_code"] = self.category_code
        if said.get("for_name") or said.get("for_phone"):
            written["is_on_behalf"] = True  # whoever names somebody else speaks for them, ticked or not
        spot = said.get("at")
        if isinstance(spot, Spot):
            written |= {
                "place_code": spot.code,
                "place": spot.title[:120],
                "longitude": spot.longitude,
                "latitude": spot.latitude,
            }
        return written


def _written(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in KEPT} | {
        "category": call.category_code,
        "listed": call.category_code,
    }


class WrapForm(forms.Form):
    """What is left to do; and how the clerk helped, where they were asked first. What is usual is chosen already."""

    helped = forms.ChoiceField(
        label=gettext_lazy("How you helped"), choices=FirstAsked.Way.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("What is left to do"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, call: Call) -> None:
        super().__init__(data, initial={"helped": USUAL.get(call.outcome), "note": call.note})
        if not is_asked_first(call):
            del self.fields["helped"]
