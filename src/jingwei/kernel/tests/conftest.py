"""Fixtures of the kernel's tests."""

from dataclasses import replace

import pytest
from django.db import connection

from jingwei.kernel import encryption
from jingwei.kernel.environment import environment
from jingwei.kernel.testing import recorded
from jingwei.kernel.tests.keepers import Keeper


@pytest.fixture
def no_jobs(transactional_db):
    """Procrastinate's tables are not Django's to empty between tests."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def lamp_notes(no_jobs):
    """The table in which the sample handler leaves its effect."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lamp_note (seq bigint, lamp_id uuid)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE lamp_note")


@pytest.fixture
def keeper_table(db):
    with connection.schema_editor() as editor:
        editor.create_model(Keeper)


@pytest.fixture
def keys(monkeypatch):
    """Gives the process another ring."""

    def use(*ring: tuple[str, bytes]) -> None:
        there = replace(environment(), field_keys=ring)
        monkeypatch.setattr(encryption, "environment", lambda: there)

    return use


@pytest.fixture
def lines():
    """What is logged from now on, as on a real site; gives the lines so far."""
    with recorded() as lines:
        yield lines
