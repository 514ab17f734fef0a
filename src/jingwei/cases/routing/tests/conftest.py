"""A small district with its table, in English."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401
from jingwei.cases.catalogue import load_categories
from jingwei.cases.testing import LONG_AGO
from jingwei.people.testing import the_cast
from jingwei.places.testing import an_area


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.grid, name="First grid")
    load_categories(now=LONG_AGO)
    return cast
