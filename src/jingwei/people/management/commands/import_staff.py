"""Staff from a spreadsheet, from the command line: as at the desk, by nobody in particular."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jingwei.kernel.public import WHOLE, Refused, opened
from jingwei.people.importing.planning import Change, plan
from jingwei.people.importing.reading import read_sheet
from jingwei.people.importing.running import run
from jingwei.people.queries import today


class Command(BaseCommand):
    help = "Take in accounts and postings from an .xlsx, .xls, .ods or .csv file. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, file: Path, dry_run: bool, **_options: Any) -> None:
        with opened(WHOLE):
            self._take_in(file, is_trial=dry_run)

    def _take_in(self, file: Path, *, is_trial: bool) -> None:
        try:
            planned = plan(read_sheet(file.read_bytes(), file.name), by=None, day=today())
        except (OSError, Refused) as problem:
            raise CommandError(str(problem)) from problem
        bad = [(one.number, trouble) for one in planned for trouble in one.troubles]
        for number, trouble in bad:
            self.stderr.write(f"row {number}, {trouble.column} “{trouble.value}”: {trouble.mend}")
        for change in Change:
            self.stdout.write(f"{change}: {sum(one.change is change for one in planned)}")
        if bad:
            raise CommandError(f"{len(bad)} cells are not in order. Nothing was changed.")
        if is_trial:
            return
        done = run(planned, by=None)
        for row, said in done.refused.items():
            self.stderr.write(f"row {row}: {said}")
        if done.refused:
            raise CommandError(f"{len(done.refused)} rows were refused; the others are in.")
