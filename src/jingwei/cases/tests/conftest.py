"""What the tests of cases share."""

import pytest
from django.utils import translation

from jingwei.calendars.testing import settled_calendars  # noqa: F401
from jingwei.kernel.public import environment


@pytest.fixture(autouse=True)
def english():
    """Sentences are matched in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def media(settings, tmp_path):
    """A folder of its own for photos."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def codes_sent(monkeypatch, caplog):
    """Codes go to the console; gives the last one."""
    monkeypatch.setenv("JINGWEI_SMS_SENDER", "console")
    environment.cache_clear()
    caplog.set_level("INFO", logger="jingwei.people.senders")
    yield lambda: [record.args[1] for record in caplog.records if record.name == "jingwei.people.senders"][-1]
    monkeypatch.undo()
    environment.cache_clear()
