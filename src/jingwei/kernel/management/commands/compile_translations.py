"""`manage.py compile_translations`: makes the .mo files that Django reads. They are never committed."""

from typing import Any

from django.core.management.base import BaseCommand

from jingwei.kernel.translations import books


class Command(BaseCommand):
    help = "Compiles every catalogue of translations into the .mo file beside it."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for book in books():
            if book.path.exists():
                book.compile()
