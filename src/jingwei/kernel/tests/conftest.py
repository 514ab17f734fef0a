"""Fixtures of the kernel's tests."""

from dataclasses import replace

import pytest
from django.db import connection

from jingwei.kernel import encryption
from jingwei.kernel.environment import environment
from jingwei.kernel.testing import acting_as, recorded
from jingwei.kernel.tests.keepers import Keeper


@pytest.fixture
def no_jobs(transactional_db):
    """Procrastinate's tables are not Django's to empty between tests."""
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def lamp_notes(no_jobs):
    """The table in which the sample handler leaves its effect."""
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lamp_note (seq bigint, lamp_id uuid)")
        cursor.execute("GRANT SELECT, INSERT ON lamp_note TO jw_web, jw_worker")
    yield
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE lamp_note")


@pytest.fixture
def keeper_table(db):
    with acting_as("none"), connection.schema_editor() as editor:
        editor.create_model(Keeper)
        editor.execute(f"GRANT ALL ON {Keeper._meta.db_table} TO jw_web, jw_worker")


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
