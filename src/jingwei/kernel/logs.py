"""Logs: one line per event on stderr, from our own code (structlog) and from libraries alike.

Lines carry ids and codes, never words, names or query strings. What PostgreSQL quotes of a row is cut out.
"""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from jingwei.kernel.environment import environment

QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
QUIET = ("asyncio", "django.template", "django.utils.autoreload", "procrastinate", "PIL")


def without_rows(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut the values of the row out of a database error: they may be personal."""
    for key in ("exception", "event"):
        if isinstance(event.get(key), str):
            event[key] = QUOTED_ROW.sub(r"\1: (left out)", event[key])
    return event


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_rows,
)


def configure() -> None:
    """Send everything that is logged in this process to stderr. Called once, when Django starts."""
    env = environment()
    as_json = env.log_format == "json"
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _as_text()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(env.log_level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _as_text() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False)
