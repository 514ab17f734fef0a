"""Fixtures of the kernel's tests."""

import pytest
from django.db import connection


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
