"""Importing areas: the statistical divisions of the country, or tables of one's own."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places.codes import ENDS, Level
from jingwei.places.imports.report import Progress, Remarks, Tally
from jingwei.places.imports.sources import DIVISIONS, Reader, Row, read_areas, read_divisions
from jingwei.places.imports.staging import Fault, Staging
from jingwei.places.models import Area

TURNSTILE = 0x6A77_6172
"""Number of the lock that lets in one import of areas at a time; the same in every process."""


@dataclass(frozen=True)
class AreaImport:
    """One run: where it counts, remarks and shows how far it is."""

    tally: Tally
    remarks: Remarks
    progress: Progress

    def divisions(self, folder: Path, only: str = "") -> None:
        """Take in the statistical divisions in `folder`, or those whose code begins with `only`, and all above.

        Each file holds one level: provinces, cities, areas (districts), streets, communities; CSV, also gzipped.
        Refused if there is none of them, or another import is running.
        """
        found = [(path, level, parent) for stem, level, parent in DIVISIONS if (path := _table(folder, stem))]
        if not found:
            names = ", ".join(f"{stem}.csv" for stem, _level, _parent in DIVISIONS)
            raise Refused(_("%(folder)s has none of these: %(names)s.") % {"folder": folder, "names": names})
        with _alone():
            staging = Staging()
            for path, level, parent_column in found:
                reader = Reader(path, self.tally, self.remarks)
                rows = read_divisions(reader, level, parent_column, _parents(level), only)
                self._take_in(staging, path, rows, are_codes_ours=False)

    def tables(self, paths: Sequence[Path]) -> None:
        """Take in tables of one's own (sources.OWN_COLUMNS). Refused if one is missing or another import runs."""
        for path in paths:
            if not path.is_file():
                raise Refused(_("There is no file %(path)s.") % {"path": path})
        with _alone():
            staging = Staging()
            for path in paths:
                rows = read_areas(Reader(path, self.tally, self.remarks))
                self._take_in(staging, path, rows, are_codes_ours=True)

    def _take_in(self, staging: Staging, path: Path, rows: Iterable[Row], *, are_codes_ours: bool) -> None:
        staging.fill(rows, lambda number: self.progress.show(_("Reading %(file)s") % {"file": path.name}, number))
        total = staging.count()
        done = 0
        for level in staging.levels():
            self._refuse(path, staging.doubles(level, are_codes_ours=are_codes_ours))
            unchanged = staging.drop_unchanged(level)
            self.tally.unchanged += unchanged
            done += unchanged
            self._refuse(path, staging.misfits(level, are_codes_ours=are_codes_ours))
            for merged in staging.merge(level):
                self.tally.new += merged.new
                self.tally.changed += merged.changed
                done += merged.rows
                self.progress.show(_("Taking in %(file)s") % {"file": path.name}, done, total)

    def _refuse(self, path: Path, faults: Iterable[Fault]) -> None:
        for fault in faults:
            field, reason = _sentence(fault)
            self.remarks.refuse(path.name, fault.line, field, fault.value, reason)


def _table(folder: Path, stem: str) -> Path | None:
    candidates = (folder / f"{stem}.csv", folder / f"{stem}.csv.gz")
    return next((path for path in candidates if path.is_file()), None)


def _parents(level: Level) -> dict[str, int]:
    """Our codes of the living areas one level up, by the digits that the files use for them."""
    if level.above is None:
        return {}
    above = Area.objects.filter(level=level.above, ends_on=None, standard_code__isnull=False)
    digits = ENDS[level.above]
    return {str(standard)[:digits]: code for standard, code in above.values_list("standard_code", "code")}


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURNSTILE])
        (is_free,) = cursor.fetchone()
        if not is_free:
            raise Refused(_("Another import of areas is running. Wait until it has ended."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURNSTILE])


def _sentence(fault: Fault) -> tuple[str, str]:
    """The column to look at, and what is wrong with the mend."""
    field, sentence = {
        "twice": ("code", _("The code stands twice; line %(detail)s was taken. Remove one of the two.")),
        "moved": (
            "code",
            _("This standard code belongs to the area %(detail)s, elsewhere in the tree. An import moves nothing."),
        ),
        "full": ("code", _("No code is free below %(detail)s.")),
        "orphan": ("parent", _("The area %(detail)s above it is not there or has ended. Import that one first.")),
        "ended": ("code", _("The area ended on %(detail)s. Give what comes after it another code.")),
        "name twice": ("name", _("Line %(detail)s has the same name and parent. Tell the two apart.")),
        "name taken": ("name", _("The area %(detail)s beside it has this name. Rename one of the two.")),
    }[fault.kind]
    return field, sentence % {"detail": fault.detail}
