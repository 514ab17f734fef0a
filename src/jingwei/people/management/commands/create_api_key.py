"""A key for an outside system, given by whoever runs the site."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.transaction import atomic

from jingwei.kernel.public import Refused, clock
from jingwei.people.actions import register_software
from jingwei.people.keys import create_key
from jingwei.places.public import codes


class Command(BaseCommand):
    help = "Create an account for software with an API key, and print the key's token once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the software is called")
        parser.add_argument("--duty", action="append", required=True, help="for example cases.report; may be repeated")
        parser.add_argument("--at", action="append", required=True, help="code of an area; may be repeated")

        parser.add_argument("--days", type=int, help="for how long it is good (default: as long as keys may be)")

    def handle(self, *, name: str, duty: list[str], at: list[str], days: int | None, **_options: Any) -> None:
        expires_at = None if days is None else clock.now() + timedelta(days=days)
        try:
            with atomic():
                software = register_software(name=name, by=None)
                areas = [codes.read(code) for code in at]
                _key, token = create_key(software, name=name, duties=duty, codes=areas, expires_at=expires_at, by=None)
        except (Refused, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(token)
