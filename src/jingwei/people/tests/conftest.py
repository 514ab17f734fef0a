"""What the tests of people share."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import translation

from jingwei.kernel.public import environment


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    """Argon2 as in production, but not made to be slow."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


@pytest.fixture
def visitor(client):
    """A browser that asks for English."""
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def surroundings(monkeypatch):
    """Set JINGWEI_ variables for the test."""

    def surround(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"JINGWEI_{name}", value)
        environment.cache_clear()

    yield surround
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def sent(surroundings, caplog):
    """Codes are sent by the console sender; gives the last one."""
    surroundings(SMS_SENDER="console")
    caplog.set_level("INFO", logger="jingwei.people.senders")

    def last_code():
        return [record.args[1] for record in caplog.records if record.name == "jingwei.people.senders"][-1]

    return last_code
