"""`manage.py repeat_erasures`: after a restore, erases again who was erased since the backup was made."""

from typing import Any

from django.core.management.base import BaseCommand

from jingwei.kernel.public import WHOLE, opened
from jingwei.people.actions.erasure import repeat_erasures


class Command(BaseCommand):
    help = "Erases again the accounts that erasures.json in the data folder names and that are there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with opened(WHOLE):
            gone, waiting = repeat_erasures()
        self.stdout.write(f"{gone} erased again, {waiting} wait until their case is closed")
