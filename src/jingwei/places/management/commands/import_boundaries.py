"""manage.py import_boundaries: takes in the boundaries of areas from a map file."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places.coordinates import Datum
from jingwei.places.imports.boundaries import BoundaryImport, Columns
from jingwei.places.imports.report import Progress, Remarks, Tally, remarks_path


class Command(BaseCommand):
    help = (
        "Import boundaries from GeoJSON, Shapefile (.shp or zipped), GeoPackage, KML, KMZ, or a table with a column "
        "wkt (CSV, Excel). Importing again changes only what has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="features with code, or name and parent")
        parser.add_argument(
            "--crs", choices=Datum.values, help="what the coordinates are; wins over what the file says"
        )
        for column in ("code", "name", "parent"):
            parser.add_argument(f"--{column}-column", default="", metavar="COLUMN", help=f"where the {column} stands")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--remarks", type=Path, metavar="FILE", help="where to list the rows to look at")

    def handle(self, *_args: Any, **options: Any) -> None:
        began_at = time.monotonic()
        tally, progress = Tally(), Progress()
        with Remarks(options["remarks"] or remarks_path("boundaries"), tally) as remarks:
            try:
                BoundaryImport(tally, remarks, progress).file(
                    options["file"],
                    columns=Columns(options["code_column"], options["name_column"], options["parent_column"]),
                    datum=Datum(options["crs"]) if options["crs"] else None,
                    is_dry=options["dry_run"],
                )
            except Refused as refused:
                raise CommandError(refused.message) from None
            finally:
                progress.clear()
        for sentence in [*tally.sentences(time.monotonic() - began_at), *remarks.sentences()]:
            self.stdout.write(sentence)
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was kept."))
