"""The first reading of the files: what they hold, before anything is written."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from sys import intern

import numpy as np
import numpy.typing as npt

from jingwei.exchange.records.entries import Entry, Reader, UnfitError
from jingwei.exchange.records.mapping import Mapping
from jingwei.exchange.records.reading import Record, Unreadable, read_header, read_records


@dataclass(frozen=True)
class Bad:
    """A row that does not go in, and why. `field` is ours, or "row" where the whole row is wrong."""

    file: str
    row: int
    field: str
    reason: str


@dataclass
class Survey:
    """What all files together hold. Points and the communities named with them stand side by side."""

    rows: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    longitudes: "array[float]" = field(default_factory=lambda: array("d"))
    latitudes: "array[float]" = field(default_factory=lambda: array("d"))
    communities: list[str] = field(default_factory=list)
    departments: set[str] = field(default_factory=set)
    unused: dict[str, list[str]] = field(default_factory=dict)  # columns by file

    @property
    def points(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        return np.asarray(self.longitudes), np.asarray(self.latitudes)

    def add(self, entry: Entry) -> None:
        last = entry.closed_at or entry.reported_at
        self.oldest = min(self.oldest or entry.reported_at, entry.reported_at)
        self.newest = max(self.newest or last, last)
        self.departments.add(entry.department)
        if entry.longitude is not None and entry.latitude is not None:
            self.longitudes.append(entry.longitude)
            self.latitudes.append(entry.latitude)
            self.communities.append(intern(entry.community))


def open_files(files: Sequence[Path], mapping: Mapping, now: datetime) -> dict[Path, Reader]:
    """A reader for each file. Raises Refused where one cannot be read or lacks a column."""
    return {path: Reader(mapping, read_header(path, mapping.file), path.name, now) for path in files}


def read_entries(readers: dict[Path, Reader], mapping: Mapping) -> Iterator[tuple[str, Entry | Bad]]:
    """Every row of every file with the file's name, as an entry or as what is wrong with it."""
    for path, reader in readers.items():
        for record in read_records(path, mapping.file):
            yield path.name, _read(path.name, record, reader)


def _read(file: str, record: Record | Unreadable, reader: Reader) -> Entry | Bad:
    if isinstance(record, Unreadable):
        return Bad(file, record.row, "row", record.reason)
    try:
        return reader.read(record)
    except UnfitError as unfit:
        return Bad(file, record.row, unfit.field, unfit.reason)


def survey(readers: dict[Path, Reader], mapping: Mapping) -> Survey:
    """Read all files once. Rows that will be refused count, but shape nothing."""
    found = Survey(unused={path.name: reader.unused for path, reader in readers.items() if reader.unused})
    for _file, entry in read_entries(readers, mapping):
        found.rows += 1
        if isinstance(entry, Entry):
            found.add(entry)
    return found
