"""`manage.py worker`: the process that runs jobs and schedules."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from jingwei.kernel.logs import end_with_a_line

SECONDS_TO_FINISH = 10


class Command(BaseCommand):
    help = "Runs jobs and schedules, until it is told to stop (SIGTERM, Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (default 2)")
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")

    def handle(self, *_args: Any, **options: Any) -> None:
        end_with_a_line()
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.run_worker(
                concurrency=options["concurrency"],
                wait=not options["once"],
                delete_jobs="successful",
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
            )
