"""The sender: beside the relay, in threads of its own, so that whoever answers slowly holds nobody up."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import structlog
from django.db import Error, connection

from jingwei.exchange.webhooks.sending import due, send
from jingwei.kernel.public import clock

AT_ONCE = 4
SECONDS_BETWEEN = 0.5
SECONDS_AFTER_FAILURE = 5.0

log = structlog.get_logger(__name__)


def run(stop: Event) -> None:
    """Send what is due until told to stop. A lost database is waited for."""
    flying: dict[int, Future[None]] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as pool:
        while not stop.is_set():
            try:
                wanted = due(clock.now())
            except Error as problem:
                log.warning("webhooks lost the database", problem=type(problem).__name__)
                connection.close()
                stop.wait(SECONDS_AFTER_FAILURE)
                continue
            flying = {key: future for key, future in flying.items() if not future.done()}
            for key in wanted:
                if key not in flying:
                    flying[key] = pool.submit(_send, key)
            stop.wait(SECONDS_BETWEEN)


def _send(subscription_id: int) -> None:
    try:
        send(subscription_id)
    except Exception:
        log.exception("webhook broke", subscription=subscription_id)
        Event().wait(SECONDS_AFTER_FAILURE)
    finally:
        connection.close()
