"""What a line of the log holds, and what it never does."""

import json
import logging
import sys

import pytest
import structlog
from django.db import IntegrityError

from jingwei.kernel import logs
from jingwei.kernel.models import FactCounter
from jingwei.kernel.tests.handlers import PLACE


def test_line_is_an_object_whoever_writes_it(lines):
    structlog.get_logger("jingwei.lamps").info("lamp lit", code=PLACE)
    logging.getLogger("jingwei.lamps").info("lamp %s lit", 7)
    logging.getLogger("library").warning("somebody is late")

    ours, plain, theirs = lines()
    assert (ours["event"], ours["code"], ours["level"], ours["logger"]) == ("lamp lit", PLACE, "info", "jingwei.lamps")
    assert plain["event"] == "lamp 7 lit"
    assert (theirs["event"], theirs["level"]) == ("somebody is late", "warning")


def test_line_of_a_library_does_not_tell_what_was_put_into_it(lines):
    logging.getLogger("library").warning("%s is late", "Li Ming")
    logging.getLogger("django.request").error("Not found: %s", "/people/Li Ming")
    logging.getLogger("django.security.DisallowedHost").error("Invalid host: %s", "li-ming.example")

    (line,) = lines()
    assert line["event"] == "%s is late"


def fails_with(words):
    try:
        int(words)
    except ValueError as cause:
        raise LookupError(f"{words} is unknown") from cause


def test_exception_is_told_by_kind_and_place_without_its_message(lines):
    try:
        fails_with("Li Ming")
    except LookupError:
        structlog.get_logger("jingwei.lamps").exception("it broke")
        logging.getLogger("library").exception("it broke")

    for line in lines():
        first, *middle, _last = line["exception"].splitlines()
        assert first == "ValueError"
        assert "LookupError" in middle
        assert "test_logs.py" in line["exception"]
        assert "in fails_with" in line["exception"]
        assert "Li Ming" not in json.dumps(line)


@pytest.mark.django_db
@pytest.mark.role("jw_worker")
def test_exception_of_the_database_names_what_was_broken_and_not_the_row(lines):
    phone = FactCounter.objects.create(id=int("138" + "00138000"), last=0).id
    try:
        FactCounter.objects.create(id=phone, last=0)
    except IntegrityError as problem:
        said = str(problem)
        structlog.get_logger("jingwei.lamps").exception("it broke")

    (line,) = lines()
    assert str(phone) in said
    assert "UniqueViolation 23505 fact_counter fact_counter_pkey" in line["exception"]
    assert str(phone) not in line["exception"]


def test_program_that_ends_by_an_exception_says_so_in_its_log(lines, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logs.end_with_a_line()
    try:
        fails_with("Li Ming")
    except LookupError as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)

    (line,) = lines()
    assert (line["level"], line["event"]) == ("critical", "ended by an exception")
    assert "Li Ming" not in json.dumps(line)
