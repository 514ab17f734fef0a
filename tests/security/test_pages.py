"""Every page opens to those of the table and to nobody else; what is hidden looks like what is absent."""

import logging

import pytest

from tests.security.route import Deed
from tests.security.table import ROUTES
from tests.security.walk import check, sweep
from tests.security.world import World

pytestmark = pytest.mark.django_db


PARTS = 6
"""Walks that go side by side."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_page_opens_to_those_of_the_table_and_to_nobody_else(part, is_whole, caplog):
    caplog.set_level(logging.CRITICAL)  # a few thousand answers of 404
    sweep()
    check([route for route in ROUTES if not isinstance(route, Deed)][part::PARTS], World(), is_whole=is_whole)
