"""What the tests of the demo share."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from jingwei.cases.public import load_categories
from jingwei.demo.build import read_conditions
from jingwei.demo.history import Historian
from jingwei.kernel.public import default_calendar, environment


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    """Argon2 as in production, but not made to be slow."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


@pytest.fixture
def demo(monkeypatch, tmp_path):
    """A demo with a home of its own; gives the home."""
    monkeypatch.setenv("JINGWEI_DEMO", "1")
    monkeypatch.setenv("JINGWEI_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "attachments")
    environment.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def historian(db):
    """One that knows the shipped categories."""
    load_categories()
    return Historian(read_conditions(), default_calendar())
