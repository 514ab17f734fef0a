"""What a line of the log holds, and what it never does."""

import io
import json
import logging
import sys

import pytest
import structlog
from django.db import IntegrityError

from jingwei.kernel import logs
from jingwei.kernel.models import FactCounter
from jingwei.kernel.tests.handlers import PLACE


@pytest.fixture
def lines(monkeypatch):
    """Configure logging onto a stream of one's own; gives the lines so far. Everything is put back."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers, root.level
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = before


def test_line_is_an_object_whoever_writes_it(lines):
    structlog.get_logger("jingwei.lamps").info("lamp lit", code=PLACE)
    logging.getLogger("library").warning("%s is late", "it")

    ours, theirs = lines()
    assert (ours["event"], ours["code"], ours["level"], ours["logger"]) == ("lamp lit", PLACE, "info", "jingwei.lamps")
    assert (theirs["event"], theirs["level"]) == ("it is late", "warning")


@pytest.mark.django_db
def test_line_of_a_database_error_does_not_quote_the_row(lines):
    phone = FactCounter.objects.create(id=int("138" + "00138000"), last=0).id
    try:
        FactCounter.objects.create(id=phone, last=0)
    except IntegrityError as problem:
        said = str(problem)
        structlog.get_logger("jingwei.lamps").exception("it broke")

    (line,) = lines()
    assert str(phone) in said
    assert "unique constraint" in line["exception"]
    assert str(phone) not in line["exception"]
