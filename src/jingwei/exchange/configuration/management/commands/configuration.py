"""`manage.py configuration`: write out what holds, compare a set with it, try the set on a day, put it into force."""

import sys
from argparse import ArgumentTypeError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jingwei.exchange.configuration.actions import adopt_set, bring_set
from jingwei.exchange.configuration.comparing import Compared, compared
from jingwei.exchange.configuration.files import MARK, pack, read_folder, written
from jingwei.kernel.public import WHOLE, Refused, clock, opened


class Command(BaseCommand):
    help = "Writes the configuration as files, compares files with it, tries them on a day, puts them into force."

    def add_arguments(self, parser: CommandParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        write = todo.add_parser("write", help="write what holds into a folder, or an archive that ends in .zip")
        write.add_argument("path", type=Path)
        for name, what in (("compare", "say what a set would change"), ("adopt", "put a set into force")):
            one = todo.add_parser(name, help=what)
            one.add_argument("path", type=Path, help="a folder of CSV files, or a ZIP archive of them")
        one.add_argument("--note", default="", help="what it is for")
        tried = todo.add_parser("try", help="say what a day would have been under a set")
        tried.add_argument("path", type=Path)
        tried.add_argument("--day", type=_day, default=None, help="such as 2026-11-21 (default: yesterday)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with opened(WHOLE):
                getattr(self, f"_{options['todo']}")(options)
        except Refused as fault:
            raise CommandError(fault.message) from None

    def _write(self, options: dict[str, Any]) -> None:
        path: Path = options["path"]
        files = written()
        if path.suffix == ".zip":
            path.write_bytes(pack(files))
        else:
            path.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (path / name).write_text(MARK + text, encoding="utf-8", newline="")
        self.stdout.write(_("Written: %(files)s.") % {"files": ", ".join(files)})

    def _compare(self, options: dict[str, Any]) -> None:
        self._faultless(options["path"], tell=True)

    def _try(self, options: dict[str, Any]) -> None:
        day = options["day"] or clock.local(clock.now()).date() - timedelta(days=1)
        for part in self._faultless(options["path"]):
            trial = part.trial(day)
            said = _("%(file)s on %(day)s: %(n)d looked at, %(m)d would have been otherwise.")
            counts = {"file": part.part.file, "day": day, "n": trial.looked_at, "m": len(trial.effects)}
            self.stdout.write(said % counts)
            for effect in trial.effects:
                self.stdout.write(f"  {effect.subject}  {effect.aspect}: {effect.now} → {effect.then}")

    def _adopt(self, options: dict[str, Any]) -> None:
        brought = bring_set(read_folder(options["path"]), note=options["note"], by=None)
        adopt_set(brought, by=None)
        self.stdout.write(_("Set %(number)d holds from now on.") % {"number": brought.number})

    def _faultless(self, path: Path, *, tell: bool = False) -> list[Compared]:
        """The parts of a set; ends the command where one has faults."""
        parts = compared(read_folder(path))
        for part in parts:
            for fault in part.faults:
                self.stderr.write(f"{fault.file} {fault.row}: {fault.said}")
        if any(part.faults for part in parts):
            sys.exit(1)
        for part in parts if tell else ():
            self._tell(part)
        return parts

    def _tell(self, part: Compared) -> None:
        found = part.difference
        said = _("%(file)s: %(added)d added, %(changed)d changed, %(removed)d removed.")
        counts = {"added": len(found.added), "changed": len(found.changed), "removed": len(found.removed)}
        self.stdout.write(said % (counts | {"file": part.part.file}))
        for key in found.added:
            self.stdout.write(f"  + {key}")
        for changed in found.changed:
            cells = ", ".join(f"{column}: {now} → {then}" for column, now, then in changed.cells)
            self.stdout.write(f"  ~ {changed.key}  {cells}")
        for key in found.removed:
            self.stdout.write(f"  - {key}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("Write the day as 2026-11-21.")) from None
