"""manage.py import_areas: takes in the statistical divisions, or tables of areas of one's own."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places.imports.areas import AreaImport
from jingwei.places.imports.report import Progress, Remarks, Tally, remarks_path


class Command(BaseCommand):
    help = "Import areas from CSV files. Importing again changes only what has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="tables with the columns code, name and others"
        )
        parser.add_argument("--divisions", type=Path, metavar="DIR", help="folder of the statistical divisions")
        parser.add_argument("--only", default="", metavar="PREFIX", help="take divisions whose code begins so")
        parser.add_argument("--remarks", type=Path, metavar="FILE", help="where to list the rows to look at")

    def handle(self, *_args: Any, **options: Any) -> None:
        files, folder = options["files"], options["divisions"]
        if not files and not folder:
            raise CommandError(_("Say what to import: FILE …, or --divisions DIR."))
        began_at = time.monotonic()
        tally, progress = Tally(), Progress()
        with Remarks(options["remarks"] or remarks_path("areas"), tally) as remarks:
            run = AreaImport(tally, remarks, progress)
            try:
                if folder:
                    run.divisions(folder, options["only"])
                if files:
                    run.tables(files)
            except Refused as refused:
                raise CommandError(refused.message) from None
            finally:
                progress.clear()
        for sentence in [*tally.sentences(time.monotonic() - began_at), *remarks.sentences()]:
            self.stdout.write(sentence)
