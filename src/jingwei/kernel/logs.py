"""Logs: one line per event on stderr, from our own code (structlog) and from libraries alike.

Lines carry ids, names of routes and codes, never words, names, addresses or query strings. So of an exception its
kind and its way through the code are told, but not its message, and of another library's line the sentence without
what was put into it: both may quote what somebody typed. Only debugging shows them.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TextIO

import psycopg
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from jingwei.kernel.environment import environment

QUIET = ("asyncio", "django.template", "django.utils.autoreload", "httpx", "httpcore", "procrastinate", "PIL")
SILENT = ("django.request", "django.security")
"""They say, with address and host name, what the line of the request says without."""
OURS = "jingwei."
FRAMES_SHOWN = 30


def described(problem: BaseException) -> str:
    """Which exceptions led to this one, and where each came from, without their messages."""
    return "\n".join(_blocks(problem))


def _blocks(problem: BaseException) -> Iterator[str]:
    chain: list[BaseException] = []
    cause: BaseException | None = problem
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    for link in reversed(chain):
        yield _kind(link)
        yield from _frames(link.__traceback__)


def _kind(problem: BaseException) -> str:
    kind = f"{type(problem).__module__}.{type(problem).__qualname__}".removeprefix("builtins.")
    if isinstance(problem, psycopg.Error) and problem.sqlstate:
        named = (problem.diag.table_name, problem.diag.column_name, problem.diag.constraint_name)
        kind += f" {' '.join([problem.sqlstate, *filter(None, named)])}"
    return kind


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace)[-FRAMES_SHOWN:]:
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def shows_all() -> bool:
    """Whether lines may quote what somebody typed."""
    return environment().debug


def _exception_without_message(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if shows_all():
        return structlog.processors.format_exc_info(logger, method, event)
    given = event.pop("exc_info", None)
    problem = sys.exception() if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(problem, BaseException):
        event["exception"] = described(problem)
    return event


def _sentence_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of a library's line: what stands in its code."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and not record.name.startswith(OURS) and not shows_all():
        event["event"] = str(record.msg)
    return event


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _sentence_without_values,
    _exception_without_message,
)


def configure() -> None:
    """Send everything that is logged in this process to stderr. Called once, when Django starts."""
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
    root = logging.getLogger()
    root.handlers = [writing_to(sys.stderr, environment().log_format)]
    root.setLevel(environment().log_level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def writing_to(stream: TextIO, log_format: str) -> logging.Handler:
    """What writes lines as one JSON object or one text each."""
    as_json = log_format == "json"
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _as_text()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    return handler


def log_as(member_id: int) -> None:
    """From here on the lines of this request say who asks."""
    structlog.contextvars.bind_contextvars(member=member_id)


def end_with_a_line() -> None:
    """For programs that write into a log only: what ends them is told there like everything else."""
    sys.excepthook = _say_uncaught


def _say_uncaught(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if shows_all() or issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
    else:
        structlog.get_logger(__name__).critical("ended by an exception", exc_info=problem)


def _as_text() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False)
