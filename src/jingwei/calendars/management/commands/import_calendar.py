"""Adopt the announced holidays of one or more years from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jingwei.calendars.actions import announce_year, announced_row, supposed
from jingwei.calendars.announcement import Announcement
from jingwei.calendars.current import calendars
from jingwei.calendars.files import read_file
from jingwei.calendars.impact import impact_of
from jingwei.kernel.public import Refused


class Command(BaseCommand):
    help = (
        "Adopt the holidays of a year: from the official text, from JSON by day (holidays, workdays) or from CSV "
        "(date, kind off or on, name). Says what would move; open cases get their new dates within a minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, default=0, help="only this year; needed where the text does not say it")
        parser.add_argument("--source", default="", help="number of the notice")
        parser.add_argument("--dry-run", action="store_true", help="read, check and tell; write nothing")

    def handle(self, *, file: Path, year: int, source: str, dry_run: bool, **_options: Any) -> None:
        try:
            years = read_file(file.read_bytes(), year)
        except OSError as fault:
            raise CommandError(_("%(file)s cannot be read: %(fault)s") % {"file": file, "fault": fault}) from None
        except Refused as no:
            raise CommandError(no.message) from None
        for one in years:
            if one.year and not _is_known(one):
                self._adopt(one, source, is_trial=dry_run)
            elif not one.year:
                raise CommandError("\n".join(one.faults))
            else:
                self.stdout.write(_("%(year)d is known just so already.") % {"year": one.year})

    def _adopt(self, one: Announcement, source: str, *, is_trial: bool) -> None:
        for remark in one.remarks:
            self.stdout.write(f"{one.year}: {remark}")
        if one.faults:
            raise CommandError("\n".join(f"{one.year}: {fault}" for fault in one.faults))
        impact = impact_of(supposed(announced_row(one)))
        self.stdout.write(
            _("%(year)d: %(off)d days off, %(on)d worked instead. Of %(open)d open cases %(moved)d promises move.")
            % {
                "year": one.year,
                "off": len(one.off),
                "on": len(one.on),
                "open": impact.open,
                "moved": impact.promises,
            }
        )
        if not is_trial:
            announce_year(one, source=source, by=None)


def _is_known(one: Announcement) -> bool:
    """Whether the year is known with these very days; weekend days off are days off either way."""
    years = calendars().nobodys().years
    known = years.get(one.year)
    return known is not None and dict(known.off) == one.off and dict(known.on) == one.on
