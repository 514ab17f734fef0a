"""The forms of the entrance."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import Refused
from jingwei.people.models import Member
from jingwei.people.signin import CODE_DIGITS, read_phone


def attempt(form: forms.Form, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What `act` gives; None if it refuses, which then stands over the form."""
    try:
        return act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, refusal.message)
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


class CodeForm(forms.Form):
    code = forms.CharField(
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
