"""manage.py apply_area_changes: lets changes of areas take effect."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jingwei.places.changes.effect import apply_due_changes, bring_latecomers, obstacle
from jingwei.places.changes.preview import headline
from jingwei.places.models import PENDING, AreaChange


class Command(BaseCommand):
    help = "Let approved changes of areas take effect whose day has come. The worker does so every five minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="only show what is still to come")

    def handle(self, *_args: Any, **options: Any) -> None:
        results = self._to_come() if options["list"] else apply_due_changes()
        if not options["list"]:
            bring_latecomers()
        for change, why_not in results:
            said = why_not or str(change.get_state_display())
            self.stdout.write(f"{change.takes_effect_on:%Y-%m-%d}  {headline(change)}  {said}")
        if any(why_not for _change, why_not in results):
            raise CommandError(_("Something stands in the way of a change. Undo it and plan it anew."))

    def _to_come(self) -> list[tuple[AreaChange, str]]:
        changes = AreaChange.objects.filter(state__in=PENDING).order_by("takes_effect_on", "pk")
        return [(change, obstacle(change)) for change in changes]
