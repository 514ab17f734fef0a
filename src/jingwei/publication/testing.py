"""Builders of what everybody sees, for tests."""

from typing import Any

from jingwei.cases.public import Case
from jingwei.cases.testing import a_case
from jingwei.people.testing import Cast, the_cast
from jingwei.places.testing import an_area
from jingwei.publication.actions import refresh
from jingwei.publication.models import PublicCase


def cast_and_areas() -> Cast:
    """A cast, and the areas around it."""
    cast = the_cast()
    an_area(cast.grid)
    return cast


def a_public_case(status: str = "filed", **given: Any) -> PublicCase:
    """A case that has come as far as `status`, and its public copy."""
    return published(a_case(status, **given))


def published(case: Case) -> PublicCase:
    """The public copy of a case as it stands now."""
    refresh([case.pk])
    return PublicCase.objects.get(pk=case.pk)
