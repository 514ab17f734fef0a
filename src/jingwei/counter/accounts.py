"""Whose number it is, as far as the counter needs to know: which account, not what stands in it."""

import re

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from jingwei.counter.models import Call
from jingwei.people.public import Member, read_phone


def resident_with_phone(phone: str) -> int | None:
    """The account of the resident with this number, wherever they live; None where there is none."""
    number = mobile(phone)
    if not number:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT resident_with_phone(%s)", [_digests(Member, number)])
        (found,) = cursor.fetchone()
    return found if isinstance(found, int) else None


def call_digests(phone: str) -> list[bytes]:
    """What the column of calls holds for a number."""
    return _digests(Call, phone)


def _digests(model: type[Member] | type[Call], phone: str) -> list[bytes]:
    column = model._meta.get_field("phone_index")  # noqa: SLF001 - Django's public API
    return column.under_any_key(phone)


def mobile(phone: str) -> str:
    """The number where text messages reach somebody; "" for one on a wire, or none."""
    try:
        return read_phone(phone)
    except ValidationError:
        return ""


def read_number(text: str) -> str:
    """Any number as its digits, so that it is found again however it was typed. ValidationError for what is none."""
    if number := mobile(text):
        return number
    number = re.sub(r"[\s()（）-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{5,18}", number):
        raise ValidationError(_("This is no telephone number: digits only, five at least."))
    return number
