"""The forms of the entrance, and of what members show and change about their signing in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import Refused
from jingwei.people.factors.rules import Way
from jingwei.people.models import Member
from jingwei.people.signin import CODE_DIGITS, read_phone


def attempt(form: forms.Form, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What `act` gives; None if it refuses, which then stands over the form."""
    try:
        return act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    except ValidationError as problem:
        form.add_error(None, problem)
    return None


class PasswordForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def find_member(self, request: HttpRequest) -> Member | None:
        """Whose name and password these are; None, with a word over the form, if nobody's."""
        member = attempt(self, authenticate, request, **self.cleaned_data)
        if member is None and not self.errors:
            self.add_error(None, _("User name and password do not match."))
        return member if isinstance(member, Member) else None


class PhoneField(forms.CharField):
    """Gives eleven digits, however they were typed."""

    widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel-national", "autofocus": True})

    def clean(self, value: Any) -> str:
        return read_phone(super().clean(value))


class PhoneForm(forms.Form):
    phone = PhoneField(label=_("Mobile number"), max_length=24)


def code_field() -> forms.CharField:
    return forms.CharField(
        label=_("6 digits"),
        validators=[RegexValidator(rf"^[0-9]{{{CODE_DIGITS}}}\Z", _("The code has 6 digits."))],
        widget=forms.TextInput(
            {
                "inputmode": "numeric",
                "pattern": f"[0-9]{{{CODE_DIGITS}}}",
                "maxlength": CODE_DIGITS,
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
    )


class CodeForm(forms.Form):
    code = code_field()


class TrustForm(forms.Form):
    """What goes with a second factor when signing in."""

    trust = forms.BooleanField(label=_("This is my work computer: ask for no code here for 7 days"), required=False)


class DigitsProof(TrustForm):
    answer = code_field()


class SpareProof(forms.Form):
    answer = forms.CharField(
        label=_("Spare code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "autofocus": True}),
    )


class PasswordProof(forms.Form):
    answer = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )


class PasskeyProof(TrustForm):
    """The browser's script puts the answer in."""

    answer = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": _("The browser gave no passkey. Try again.")}
    )


PROOFS: dict[Way, type[forms.Form]] = {
    Way.PASSWORD: PasswordProof,
    Way.TOTP: DigitsProof,
    Way.SMS: DigitsProof,
    Way.SPARE: SpareProof,
    Way.PASSKEY: PasskeyProof,
}


class PasskeyForm(PasskeyProof):
    """A new passkey."""

    trust = None  # type: ignore[assignment] # Django's way of leaving a field of the base class out
    name = forms.CharField(label=_("What to call it"), max_length=60, required=False)


class NewPasswordForm(forms.Form):
    current = forms.CharField(
        label=_("Password until now"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
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
