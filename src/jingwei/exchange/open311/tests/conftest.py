"""A street with cases, as other software meets it."""

import pytest

from jingwei.cases.testing import a_condition
from jingwei.people.testing import a_key, the_cast
from jingwei.places.testing import an_area


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.grid)
    a_condition()
    return cast


@pytest.fixture
def key(cast):
    return a_key(["cases.report"], [cast.street]).removeprefix("Bearer ")


@pytest.fixture
def seeing(cast):
    return a_key(["cases.report", "cases.see", "cases.check"], [cast.street]).removeprefix("Bearer ")
