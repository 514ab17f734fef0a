"""`manage.py write_personal_data_doc`: writes docs/operate/personal-data.md, or checks that it is up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingwei.kernel.personal_data import unclassified
from jingwei.kernel.personal_doc import PAGE, personal_data_page


class Command(BaseCommand):
    help = "Writes docs/operate/personal-data.md from the register of personal data."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        if missing := sorted(unclassified()):
            raise CommandError(f"These columns are in no module's personal.py: {', '.join(missing)}.")
        if not options["check"]:
            PAGE.parent.mkdir(parents=True, exist_ok=True)
            PAGE.write_text(personal_data_page(), encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != personal_data_page():
            raise CommandError("docs/operate/personal-data.md is out of date: run manage.py write_personal_data_doc.")
