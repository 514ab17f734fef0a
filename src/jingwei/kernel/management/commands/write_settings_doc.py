"""`manage.py write_settings_doc`: writes docs/operate/settings.md, or checks that it is up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingwei.kernel.settings_doc import PAGE, settings_page


class Command(BaseCommand):
    help = "Writes docs/operate/settings.md from the settings that the platform knows."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            PAGE.parent.mkdir(parents=True, exist_ok=True)
            PAGE.write_text(settings_page(), encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != settings_page():
            raise CommandError("docs/operate/settings.md is out of date: run manage.py write_settings_doc.")
