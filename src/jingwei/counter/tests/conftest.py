"""What the tests of the counter share."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401
from jingwei.people.testing import a_holder, the_cast
from jingwei.places.public import codes
from jingwei.places.testing import an_area


@pytest.fixture(autouse=True)
def english():
    """Sentences are matched in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast():
    """The people of a street, with its areas."""
    people = the_cast()
    for code in (codes.ancestor(people.street, codes.Level.DISTRICT), people.street, people.community, people.grid):
        an_area(code)
    return people


@pytest.fixture
def clerk(cast):
    """Takes calls in the cast's street."""
    return a_holder("call_taker", cast.street, name="Clerk")
