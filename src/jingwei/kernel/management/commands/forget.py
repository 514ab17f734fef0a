"""`manage.py forget`: lets go what has been kept long enough, as the nightly job does, or says what would go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jingwei.kernel.clock import now
from jingwei.kernel.retention import due_all, forget_all


class Command(BaseCommand):
    help = "Forgets what has been kept as long as docs/operate/personal-data.md says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="forget nothing; say how much would go")

    def handle(self, *_args: Any, **options: Any) -> None:
        counts = due_all(now()) if options["dry_run"] else forget_all(now())
        for key, amount in counts.items():
            self.stdout.write(f"{key:24}{amount:10}")
