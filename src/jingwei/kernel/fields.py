"""What fields of models and of the API share."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import BigIntegerField

FIRST_CODE = 10**17
LAST_CODE = 10**18 - 1
STORABLE = r"^[^\x00]*$"
"""The pattern of texts that PostgreSQL can keep: it knows no NUL."""


class AreaCodeField(BigIntegerField):  # type: ignore[type-arg]  # generic in the stubs only
    """An area code of 18 digits, kept as a number, so that a subtree is one range of an index."""

    default_validators = [MinValueValidator(FIRST_CODE), MaxValueValidator(LAST_CODE)]
