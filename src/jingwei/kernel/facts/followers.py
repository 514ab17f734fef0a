"""Followers: what upper modules run beside the relay, each in a thread of its own, following facts by their number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import structlog
from django.db import connection

Follower = Callable[[Event], None]
SECONDS_AFTER_FAILURE = 5.0

_followers: dict[str, Follower] = {}
log = structlog.get_logger(__name__)


def register_follower(name: str, run: Follower) -> None:
    """Let `run` go beside the relay until the event that it is given is set. Called once when Django starts."""
    _followers[name] = run


@contextmanager
def following(stop: Event) -> Iterator[None]:
    """All followers at work, as long as the block lasts; they are given `stop`, and waited for at the end."""
    threads = [Thread(target=_keep, args=(name, run, stop), name=name) for name, run in _followers.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _keep(name: str, run: Follower, stop: Event) -> None:
    """One that breaks is begun again: neither the relay nor the others hear of it."""
    while not stop.is_set():
        try:
            run(stop)
        except Exception:
            log.exception("follower broke", follower=name)
            stop.wait(SECONDS_AFTER_FAILURE)
        finally:
            connection.close()
