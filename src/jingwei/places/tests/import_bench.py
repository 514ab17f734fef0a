"""Runs `import_areas` on files of a test's own."""

import csv
from io import StringIO

from django.core.management import call_command

from jingwei.places.tests.divisions import DIVISIONS


class Bench:
    """A folder of files to import, and what came of it."""

    def __init__(self, folder):
        self.folder = folder
        self.write(**DIVISIONS)

    def write(self, **texts):
        for stem, text in texts.items():
            (self.folder / f"{stem}.csv").write_text(text, encoding="utf-8")

    def add(self, stem, *lines):
        with (self.folder / f"{stem}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

    def divisions(self, **options):
        return self._run(divisions=self.folder, **options)

    def table(self, *lines):
        self.write(table="\n".join(lines))
        return self._run(self.folder / "table.csv")

    def _run(self, *files, **options):
        said, remarks = StringIO(), self.folder / "remarks.csv"
        remarks.unlink(missing_ok=True)
        call_command("import_areas", *files, stdout=said, remarks=remarks, **options)
        self.said = said.getvalue()
        self.remarks = list(csv.DictReader(remarks.open(encoding="utf-8-sig"))) if remarks.exists() else []
        return self.said

    def refused(self):
        return [(row["row"], row["field"], row["value"]) for row in self.remarks if row["outcome"] == "refused"]
