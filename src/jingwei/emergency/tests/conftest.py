"""What the tests of emergencies share."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401


@pytest.fixture(autouse=True)
def english():
    """Sentences are matched in the language of the source."""
    with translation.override("en"):
        yield
