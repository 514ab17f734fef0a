"""Records of another system brought in by the rules, beside a bare COPY of the rows that come of it."""

import tempfile
from io import StringIO
from pathlib import Path

from django.db import connection

from benchmarks.harness import Bench, seconds
from jingwei.exchange.records.mapping import Mapping, read_mapping
from jingwei.exchange.records.tally import Tally
from jingwei.exchange.records.testing import OPEN, a_mapping, a_row, bring_in, write_table

ROWS = 20_000
OPEN_SHARE = 9
"""One record in so many is open, as in Boston's."""
LEAST = 300
"""Records a second, on two cores."""
TABLES = (
    "case_case",
    "case_report",
    "case_step",
    "case_words",
    "case_stage",
    "case_assignment",
    "case_docket",
    "case_docket_count",
    "fact",
)


def run(bench: Bench) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        mapping, files = real_records(bench.data) if bench.data else made_up_records(folder)
        tallies: list[Tally] = []

        def bring() -> None:
            tallies.append(bring_in(folder, mapping, *files))

        first, again = seconds(bring), seconds(bring)
    rows = tallies[0].imported
    bare = seconds_to_copy()
    bench.report(name="imports.cases", value=rows / first, unit="records/s", goal=LEAST)
    bench.report(name="imports.cases_beside_copy", value=rows / first, unit="records/s", baseline=rows / bare)
    bench.report(name="imports.cases_again", value=tallies[1].already / again, unit="records/s", goal=LEAST)


def real_records(data: Path) -> tuple[Mapping, list[Path]]:
    """The requests of Boston, where the folder of data has them."""
    return read_mapping("boston"), sorted((data / "service-requests").glob("boston-*.csv.gz"))


def made_up_records(folder: Path) -> tuple[Mapping, list[Path]]:
    """A table of a little town's requests."""
    rows = (a_row(number, **(OPEN if number % OPEN_SHARE == 0 else {})) for number in range(ROWS))
    return a_mapping(district={"grids": 400}), [write_table(folder / "town.csv", list(rows))]


def seconds_to_copy() -> float:
    """How long the database itself takes for the same rows, in tables with the same indexes and nothing else to do."""
    return sum(_seconds_to_copy(table) for table in TABLES)


def _seconds_to_copy(table: str) -> float:
    text = StringIO()
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
            text.writelines(bytes(part).decode() for part in copy)
        cursor.execute(f"CREATE TABLE bare (LIKE {table} INCLUDING ALL)")

        def bare() -> None:
            with cursor.copy("COPY bare FROM STDIN") as copy:
                copy.write(text.getvalue())

        taken = seconds(bare)
        cursor.execute("DROP TABLE bare")
    return taken
