"""Statements that take long are counted, and named in the log by a fingerprint, without what was asked of whom."""

import re
from collections.abc import Callable
from hashlib import sha256
from time import perf_counter
from typing import Any

import structlog
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from jingwei.kernel.watch.instruments import SLOW_STATEMENTS

SLOW_SECONDS = 0.5
LONGEST_SHOWN = 600
VALUES = re.compile(r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|\b\d+(?:\.\d+)?\b|%\((?:\w+)\)s|%s", re.DOTALL)
REPEATED = re.compile(r"\?(?:\s*,\s*\?)+")
SPACE = re.compile(r"\s+")

log = structlog.get_logger(__name__)


def without_values(statement: str) -> str:
    """The statement with a question mark for each value, so that equal questions look alike."""
    bare = VALUES.sub("?", statement)
    return REPEATED.sub("?", SPACE.sub(" ", bare)).strip()


def fingerprint(statement: str) -> str:
    """Eight digits for all statements that differ in their values alone."""
    return sha256(without_values(statement).encode()).hexdigest()[:8]


def watch_statements() -> None:
    """From now on every connection that Django opens is timed."""
    connection_created.connect(_watch, dispatch_uid="jingwei.kernel.watch")


def _watch(connection: BaseDatabaseWrapper, **_rest: Any) -> None:
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = perf_counter() - began
        if seconds >= SLOW_SECONDS:
            _note(str(sql), seconds)


def _note(statement: str, seconds: float) -> None:
    route = structlog.contextvars.get_contextvars().get("route", "")
    SLOW_STATEMENTS.labels(route).inc()
    log.warning(
        "slow statement",
        fingerprint=fingerprint(statement),
        statement=without_values(statement)[:LONGEST_SHOWN],
        ms=round(seconds * 1000),
    )
