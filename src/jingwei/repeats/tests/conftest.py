"""What the tests of repeats share."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401
from jingwei.people.testing import a_holder, the_cast
from jingwei.places.public import codes


@pytest.fixture(autouse=True)
def english():
    """Sentences are matched in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return the_cast()


@pytest.fixture
def admin(cast):
    return a_holder("administrator", codes.ancestor(cast.street, codes.Level.DISTRICT))
