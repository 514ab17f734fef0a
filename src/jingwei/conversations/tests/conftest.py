"""A grid with people, and one resident's thread with it."""

import pytest

from jingwei.conversations.testing import a_conversation
from jingwei.people.testing import the_cast
from jingwei.places.testing import an_area


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.community)
    an_area(cast.grid, name="Seventh")
    return cast


@pytest.fixture
def conversation(cast):
    return a_conversation(cast.resident, cast.grid)
