"""The forms of the moves: they read what a person decided, as the keyword arguments of its action, and write nothing.

`seen` is the version of the case that the person was looking at: the action refuses if it has moved on since.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.catalogue import current
from jingwei.cases.forms_report import LONGEST_WORDS, PhotosField, listed_categories
from jingwei.cases.models import Case, Condition, Errand, Words
from jingwei.cases.obstacles import levels_below
from jingwei.cases.parties import Party, PartyGroup
from jingwei.cases.said import REASONS
from jingwei.cases.workflow import Level, above
from jingwei.people.public import Department, Member
from jingwei.places.public import Area, ancestor, codes
from jingwei.places.public import Level as AreaLevel

FAILED = "failed"


class WordsField(forms.CharField):
    """A few sentences. What is only blank is nothing."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": rows}), **options)


class MoveForm(forms.Form):
    """What every move has: the version seen, and words."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    words = WordsField(label=gettext_lazy("Note"), required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case
        self.made_at: datetime | None = None
        self.fields["seen"].initial = case.version

    def given(self) -> dict[str, Any]:
        """The keyword arguments of the action. What was made without a network says when (`made_at`)."""
        made = {"now": self.made_at} if self.made_at else {}
        return {name: self.cleaned_data[name] for name in ("seen", "words")} | made

    def catch_up(self, version: int | None = None) -> None:
        """Take the case as it is now for seen, or this version of it: what has changed is shown beside the form."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(self.case.version if version is None else version)
        self.data = data


class ReasonForm(MoveForm):
    """Escalate, return: the others on the case read why."""

    words = WordsField(label=gettext_lazy("Reason"))


class RecallForm(MoveForm):
    words = WordsField(
        label=gettext_lazy("Reason"),
        required=False,
        help_text=gettext_lazy("Needed once five minutes have passed, or somebody has reported in."),
    )


class RejectForm(MoveForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=list(REASONS.items()), widget=forms.RadioSelect)
    words = WordsField(label=gettext_lazy("Explanation"), help_text=gettext_lazy("Whoever reported it reads this."))

    def given(self) -> dict[str, Any]:
        return super().given() | {"reason": self.cleaned_data["reason"]}


class SendDownForm(MoveForm):
    level = forms.ChoiceField(label=gettext_lazy("To which level"), widget=forms.RadioSelect)
    words = WordsField(label=gettext_lazy("Instruction"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = reversed(levels_below(self.case))
        self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return super().given() | {"level": self.cleaned_data["level"]}


class ReopenForm(MoveForm):
    level = forms.ChoiceField(label=gettext_lazy("Who answers"), widget=forms.RadioSelect)
    words = WordsField(label=gettext_lazy("What is not good yet"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [Level(self.case.level), above(self.case.level)]
        self.fields["level"].choices = [(level.value, level.label) for level in levels if level]  # type: ignore[attr-defined]
        self.fields["level"].initial = self.case.level

    def given(self) -> dict[str, Any]:
        return super().given() | {"level": self.cleaned_data["level"]}


class PhotosForm(MoveForm):
    """A move that may bring photos along. The view keeps them before it makes the move."""

    photos = PhotosField(label=gettext_lazy("Photos"), required=False)


class HandleForm(PhotosForm):
    """What was done; whoever confirms it finds what the handler submitted."""

    words = WordsField(label=gettext_lazy("What was done"), help_text=gettext_lazy("Whoever reported it reads this."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.case.errands.filter(kind=Errand.Kind.CONFIRMATION, ended_at=None).exists():
            said = Words.objects.filter(case_id=self.case.pk, step__verb="submit").order_by("pk").last()
            self.fields["words"].initial = said.text if said else ""


class CheckForm(PhotosForm):
    """Passed, with its outcome, or failed, with what is still wrong."""

    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[*Case.Outcome.choices, (FAILED, pgettext_lazy("check", "Not passed: back to the party"))],
        widget=forms.RadioSelect,
    )
    words = WordsField(
        label=gettext_lazy("What you saw"), required=False, help_text=gettext_lazy("Needed where it has not passed.")
    )

    field_order = ("seen", "result", "words", "photos")

    @property
    def has_passed(self) -> bool:
        return bool(self.cleaned_data["result"] != FAILED)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("result") == FAILED and not cleaned.get("words"):
            self.add_error("words", _("Say what is still wrong: the party reads it."))
        return cleaned

    def given(self) -> dict[str, Any]:
        return super().given() | ({"outcome": self.cleaned_data["result"]} if self.has_passed else {})


class ClassForm(MoveForm):
    """Category and condition. `look` finds categories by everyday words; a category chosen shows its conditions."""

    look = forms.CharField(
        label=gettext_lazy("Find a category"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            {"type": "search", "autocomplete": "off", "placeholder": gettext_lazy("For example: manhole, noise, lamp")}
        ),
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    condition = forms.ChoiceField(label=gettext_lazy("Condition"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Public title"),
        max_length=120,
        help_text=gettext_lazy("Anybody may read it: what and where, without names or phone numbers."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = listed_categories  # type: ignore[attr-defined]
        self.fields["category"].initial = self.case.category_code
        self.fields["title"].initial = self.case.title
        self.fields["condition"].choices = [(key, one.text) for key, one in self.conditions.items()]  # type: ignore[attr-defined]
        self.fields["condition"].initial = next(iter(self.conditions)) if len(self.conditions) == 1 else None

    @property
    def category_now(self) -> str:
        """The category as chosen so far."""
        return str(self["category"].value() or "")

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Those of the category. Their keys name it, so that one of another category is never taken for one of this."""
        category = current().get(self.category_now)
        return {f"{category.code}-{one.number}": one for one in category.conditions.all()} if category else {}

    def given(self) -> dict[str, Any]:
        condition = self.conditions[self.cleaned_data["condition"]]
        return super().given() | {"condition": condition, "title": self.cleaned_data["title"]}


class FileForm(ClassForm):
    """Verified: what it is, which grid, and a title fit for the public."""

    area = forms.TypedChoiceField(label=gettext_lazy("Grid"), coerce=int)

    field_order = ("seen", "look", "category", "condition", "title", "area", "words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = areas_around(self.case.code)  # type: ignore[attr-defined]
        self.fields["area"].initial = self.case.code

    def given(self) -> dict[str, Any]:
        code = self.cleaned_data["area"]
        return super().given() | {"code": 0 if code == self.case.code else code}


def areas_around(code: int) -> list[tuple[int, str]]:
    """Where a case at `code` may be after a closer look: the place as it is, and the areas of the same level around it,
    or, where it is known less closely, those below.
    """
    level = codes.level_of(code)
    if level.depth >= AreaLevel.GRID.depth:
        code_above, wanted = ancestor(code, AreaLevel.COMMUNITY), AreaLevel.GRID
    else:
        code_above, wanted = code, level.below or level
    areas = Area.objects.current().under(code_above).at(wanted).order_by("code")
    around = [(area.code, area.title) for area in areas]
    if code in dict(around):
        return around
    here = Area.objects.filter(pk=code).first()
    return [(code, here.title if here else codes.write(code)), *around]


class SolveForm(ClassForm, PhotosForm):
    """Solved on the spot; a case that is filed has its class already."""

    words = WordsField(label=gettext_lazy("What was done"), help_text=gettext_lazy("Whoever reported it reads this."))

    field_order = ("seen", "look", "category", "condition", "title", "words", "photos")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.case.category_id is not None and self.case.condition_id is not None:
            for name in ("look", "category", "condition"):
                del self.fields[name]

    def given(self) -> dict[str, Any]:
        if "condition" in self.fields:
            return super().given()
        return MoveForm.given(self) | {"title": self.cleaned_data["title"]}


class DispatchForm(MoveForm):
    """To one party. `groups` are the parties that may be chosen, the recommended first."""

    party = forms.ChoiceField(label=gettext_lazy("Lead"), widget=forms.RadioSelect)
    assistants = forms.MultipleChoiceField(
        label=gettext_lazy("Assistants"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Any number. Each has its own part; the lead is done once they are."),
    )
    words = WordsField(
        label=gettext_lazy("Instruction"), required=False, help_text=gettext_lazy("The parties read this.")
    )

    def __init__(self, *args: Any, groups: Sequence[PartyGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        self.fields["party"].choices = [(one.key, one.name) for one in self._open]  # type: ignore[attr-defined]
        if "assistants" in self.fields:
            self.fields["assistants"].choices = list(self.fields["party"].choices)  # type: ignore[attr-defined]
        first = self._open[0] if self._open and self._open[0].is_recommended else None
        self.fields["party"].initial = first.key if first else None

    @property
    def _open(self) -> list[Party]:
        return [party for group in self.groups for party in group.parties if not party.why_not]

    @property
    def chosen(self) -> str:
        return str(self["party"].value() or "")

    def given(self) -> dict[str, Any]:
        lead = next(one for one in self._open if one.key == self.cleaned_data["party"])
        given = super().given() | {"department": lead.department, "member": lead.member}
        if "assistants" in self.fields:
            given["assistants"] = self.chosen_of("assistants")
        return given

    def chosen_of(self, name: str) -> list[Department | Member]:
        """Those ticked in a list of parties."""
        ticked = [one for one in self._open if one.key in self.cleaned_data[name]]
        return [who for one in ticked for who in (one.department or one.member,) if who is not None]


class PassOnForm(DispatchForm):
    """From the party that has it to another; the one that has it cannot be chosen."""

    assistants = None  # type: ignore[assignment] # this is how Django leaves out a field
    party = forms.ChoiceField(label=gettext_lazy("To whom"), widget=forms.RadioSelect)
    words = WordsField(label=gettext_lazy("Reason"), help_text=gettext_lazy("Both parties read this."))
