"""What the tests of work lists share."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401
from jingwei.people.testing import the_cast


@pytest.fixture(autouse=True)
def english():
    """Sentences are matched in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return the_cast()


@pytest.fixture
def media(settings, tmp_path):
    """A folder of its own for photos."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
