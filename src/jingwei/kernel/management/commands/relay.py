"""`manage.py relay`: the process that numbers facts."""

import signal
from threading import Event
from typing import Any

import structlog
from django.core.management.base import BaseCommand

from jingwei.kernel.facts.followers import following
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.logs import end_with_a_line

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Numbers facts and queues their handlers, until it is told to stop (SIGTERM, Ctrl-C)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        end_with_a_line()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        log.info("relay started")
        with following(stop):
            Relay().run(stop)
        log.info("relay stopped")
