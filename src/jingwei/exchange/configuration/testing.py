"""Sets as an administrator would bring them: what holds, with a few cells changed."""

import csv
from collections.abc import Callable
from io import StringIO

from jingwei.exchange.configuration.files import as_csv, written
from jingwei.kernel.public import configuration_parts

Row = dict[str, str]


def files_with(file: str, change: Callable[[list[Row]], None]) -> dict[str, str]:
    """What holds now, with the rows of one file as `change` leaves them."""
    files = written()
    rows = list(csv.DictReader(StringIO(files[file], newline="")))
    change(rows)
    part = next(part for part in configuration_parts() if part.file == file)
    return {**files, file: as_csv(part, rows)}
