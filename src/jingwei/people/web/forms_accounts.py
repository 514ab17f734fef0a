"""Forms of whoever manages accounts."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from jingwei.people.models import Member
from jingwei.people.signin import read_phone

CLOSED = "closed"
KINDS = [
    ("", _("Everybody")),
    (Member.Kind.STAFF.value, Member.Kind.STAFF.label),
    (Member.Kind.RESIDENT.value, Member.Kind.RESIDENT.label),
    (CLOSED, _("Closed accounts")),
]


class FindForm(forms.Form):
    q = forms.CharField(label=_("Name, user name or whole phone number"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)

    def sought(self) -> dict[str, Any]:
        """What `find_accounts` takes. What cannot be read is not asked for."""
        given = self.cleaned_data if self.is_valid() else {}
        kind = given.get("kind", "")
        return {
            "words": given.get("q", "").strip(),
            "kind": "" if kind == CLOSED else kind,
            "is_closed": kind == CLOSED,
        }


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(
        label=_("User name"),
        help_text=_("Letters, digits, dot, hyphen: with this they sign in."),
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+\Z", _("Letters, digits, dot, hyphen and underscore only."))],
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    phone = forms.CharField(
        label=_("Mobile number"), max_length=24, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return read_phone(typed) if typed else ""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, and how did you make sure who is asking?"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
    )


class RecoverForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    code = forms.CharField(
        label=_("Code from the officer"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters; a few words that you remember are best."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        if self.cleaned_data.get("new") != self.cleaned_data.get("again"):
            self.add_error("again", _("The two are not the same."))
