"""The first account of a new site, before there is anyone to give one."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.transaction import atomic

from jingwei.kernel.public import Refused
from jingwei.people.actions import create_posting, register_staff
from jingwei.places.public import codes

PASSWORD_BYTES = 12


class Command(BaseCommand):
    help = "Create a staff account with a posting, and print its password once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("role", help="for example security_officer, who then manages all other accounts")
        parser.add_argument("at", help="code of the area where the role is held: 6, 9, 12, 15 or 18 digits")

    def handle(self, *, username: str, name: str, role: str, at: str, **_options: Any) -> None:
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        try:
            with atomic():
                member = register_staff(username=username, name=name, password=password, by=None)
                create_posting(member, role, code=codes.read(at), by=None)
        except (Refused, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(password)
