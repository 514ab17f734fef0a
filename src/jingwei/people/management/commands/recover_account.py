"""A way back into an account where no two officers can give one, for whoever runs the site."""

from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError

from jingwei.kernel.public import Refused
from jingwei.people.models import Member
from jingwei.people.recovery import recover_from_command

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Print a code by which a staff member sets a new password; needed where there are no two officers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, and how it was made sure who is asking")

    def handle(self, *, username: str, reason: str, **_options: Any) -> None:
        member = Member.objects.filter(username=username).first()
        if member is None:
            raise CommandError(f"There is no account “{username}”.")
        try:
            code = recover_from_command(member, reason=reason[:200])
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        log.warning("account recovery from the command line", member_id=member.pk)
        self.stdout.write(code)
