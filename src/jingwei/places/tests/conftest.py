"""What the tests of places share."""

import hypothesis
import pytest
from django.utils import translation

from jingwei.places.tests.import_bench import Bench

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def areas(tmp_path):
    """A folder with the real rows of `divisions.py`, ready to import."""
    return Bench(tmp_path)
