"""`manage.py fill_demo`: the invented street, with people, cases and logins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingwei.demo.build import fill_demo
from jingwei.demo.history import DAYS
from jingwei.demo.logins import logins_file, write_logins
from jingwei.kernel.public import Refused


class Command(BaseCommand):
    help = "Fills an empty demo with an invented street; a second run adds what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"how long the past of its cases is (default {DAYS})"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            fill_demo(self.stdout.write, days=options["days"])
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"logins {'written to' if write_logins() else 'as before, in'} {logins_file()}")
