"""What an auditor looks for in the log of reads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.kernel.public import WHOLE, opened
from jingwei.people.models import Member
from jingwei.people.reads import REASONS, Sought, find_things, read_kinds
from jingwei.people.signin import read_phone

ANY = ("", pgettext_lazy("choice", "Any"))
DAY = {"type": "date"}


def members_called(text: str) -> tuple[int, ...]:
    """Those with this user name, phone number or full name."""
    named = Member.objects.filter(username=text) | Member.objects.filter(name=text)
    try:
        numbered = Member.objects.with_phone(read_phone(text))
    except ValidationError:
        numbered = Member.objects.none()
    with opened(WHOLE):  # the log says it of everybody
        return (*named.values_list("pk", flat=True), *numbered.values_list("pk", flat=True))


class MemberField(forms.CharField):
    """Gives the ids of those who are called so; None where nothing is typed."""

    def clean(self, value: Any) -> tuple[int, ...] | None:
        text = super().clean(value)
        if not text:
            return None
        if found := members_called(text):
            return found
        raise ValidationError(_("Nobody has this name or number here."))


class ThingField(forms.CharField):
    """Gives the ids of what has this number; None where nothing is typed."""

    def clean(self, value: Any) -> tuple[str, ...] | None:
        text = super().clean(value)
        if not text:
            return None
        with opened(WHOLE):
            found = find_things(text)
        if found:
            return found
        raise ValidationError(_("There is no case with this number."))


class SoughtForm(forms.Form):
    reader = MemberField(
        label=gettext_lazy("Who looked"),
        help_text=gettext_lazy("Name, user name or number"),
        required=False,
        max_length=60,
    )
    person = MemberField(
        label=gettext_lazy("At whose data"),
        help_text=gettext_lazy("Name or mobile number"),
        required=False,
        max_length=60,
    )
    number = ThingField(
        label=gettext_lazy("Case number"), help_text=gettext_lazy("The whole number"), required=False, max_length=20
    )
    kind = forms.ChoiceField(label=gettext_lazy("What was read"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (("kind", read_kinds()), ("reason", REASONS)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [ANY, *listed.items()]

    def sought(self) -> Sought:
        said = self.cleaned_data
        return Sought(
            reader_ids=said["reader"],
            subject_ids=said["person"],
            things=said["number"],
            kind=said["kind"],
            reason=said["reason"],
            since=said["since"],
            until=said["until"],
        )
