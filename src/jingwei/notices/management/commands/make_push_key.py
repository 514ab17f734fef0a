"""`manage.py make_push_key`: a new key for messages to browsers, as a line for the settings."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management.base import BaseCommand

from jingwei.notices.sealing import CURVE, to_base64


class Command(BaseCommand):
    help = "Prints a new JINGWEI_PUSH_KEY. Whoever takes another into use asks all browsers anew."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = ec.generate_private_key(CURVE).private_numbers().private_value
        self.stdout.write(f"JINGWEI_PUSH_KEY={to_base64(number.to_bytes(32))}")
