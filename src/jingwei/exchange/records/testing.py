"""A small city of two columns of streets, and tables of its records, for tests and benchmarks."""

import csv
from collections.abc import Mapping as Table
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from jingwei.exchange.records.bringing import Lists, import_records
from jingwei.exchange.records.mapping import Mapping
from jingwei.exchange.records.survey import Survey
from jingwei.exchange.records.tally import Tally, differing_list, refused_list

CITY: dict[str, Any] = {
    "source": "little-town",
    "title": "Little Town's requests",
    "licence": "CC0",
    "attribution": "Little Town",
    "office": "Works",
    "done": "Done.",
    "time": {"zone": "Europe/Paris", "formats": ["%Y-%m-%d %H:%M", "%Y-%m-%d"], "holidays": ["2020-01-01"]},
    "columns": {
        "key": "no",
        "reported": "opened",
        "due": "target",
        "closed": "closed",
        "status": "state",
        "verdict": "kept",
        "category": "kind",
        "words": ["said"],
        "result": "result",
        "place": "address",
        "street": "address",
        "longitude": "x",
        "latitude": "y",
        "community": "quarter",
        "channel": "by",
        "department": "office",
    },
    "values": {
        "category": {"lamp": "0201/01", "hole": "0301/01"},
        "status": {"o": "open", "c": "closed"},
        "verdict": {"yes": "on_time", "no": "overdue"},
        "channel": {"tel": "phone", "*": "other"},
        "outcome": {"twin": "explained"},
    },
    "titles": {"language": "en", "drop": r"^\d+ "},
    "departments": {"L": {"name": "照明所", "name_en": "Lighting"}},
    "district": {
        "code": "990401",
        "name": "小镇",
        "name_en": "Little Town",
        "bounds": [1.0, 40.0, 2.0, 41.0],
        "grids": 8,
        "streets": [{"name": "西街", "name_en": "West", "communities": ["Mill", "Harbour"]}],
    },
}
ROW = {
    "no": "",
    "opened": "2020-03-02 10:00",
    "target": "2020-03-05 10:00",
    "closed": "2020-03-04 10:00",
    "state": "c",
    "kept": "yes",
    "kind": "lamp",
    "said": "it is dark",
    "result": "new bulb",
    "address": "12 Rue Basse",
    "x": "1.5",
    "y": "40.5",
    "quarter": "Mill",
    "by": "tel",
    "office": "L",
}
OPEN = {"closed": "", "state": "o", "result": "", "kept": "no"}
QUARTERS = ("Mill", "Harbour", "Elsewhere")


def a_mapping(**changes: Any) -> Mapping:
    """The little town's mapping; `district={"grids": 2}` changes one key of a table."""
    given = {
        key: {**value, **changes.pop(key)} if isinstance(value, dict) and key in changes else value
        for key, value in CITY.items()
    }
    return msgspec.convert({**given, **changes}, Mapping)


def a_row(number: int, **cells: str) -> dict[str, str]:
    """A record that nothing is wrong with; each stands somewhere else."""
    step = number % 10
    here = {"x": f"1.{step}5", "y": f"40.{9 - step}5", "quarter": QUARTERS[step % len(QUARTERS)]}
    return {**ROW, "no": f"T-{number}", **here, **cells}


def write_table(path: Path, rows: Sequence[Table[str, str]]) -> Path:
    """The rows as a file; the first one says which columns there are."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


class Onlooker:
    """Watches an import; asks for an end once `rows` are read, if that is given."""

    def __init__(self, rows: int | None = None) -> None:
        self._rows = rows
        self._read = 0
        self.found = Survey()

    def surveyed(self, found: Survey) -> None:
        self.found = found

    def progressed(self, tally: Tally, _rows: int) -> None:
        self._read = tally.read

    def wants_stop(self) -> bool:
        return self._rows is not None and self._read >= self._rows


def bring_in(
    folder: Path, mapping: Mapping, *files: Path, watcher: Onlooker | None = None, is_trial: bool = False
) -> Tally:
    """Import the files; the lists are `refused.csv` and `differing.csv` in the folder."""
    no, other = refused_list(folder / "refused.csv"), differing_list(folder / "differing.csv")
    with no, other:
        return import_records(files, mapping, Lists(no, other), watcher or Onlooker(), is_trial=is_trial)


def listed(path: Path) -> list[dict[str, str]]:
    """The rows of a list; none where there is no list."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
