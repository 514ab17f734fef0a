"""Every form does what it does for those of the table and for nobody else, though all send it filled in rightly."""

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
def test_every_deed_is_done_by_those_of_the_table_and_by_nobody_else(part, is_whole, caplog):
    caplog.set_level(logging.CRITICAL)  # a few thousand answers of 404
    sweep()
    check([route for route in ROUTES if isinstance(route, Deed)][part::PARTS], World(), is_whole=is_whole)
