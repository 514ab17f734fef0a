"""Points to grids beside a bare Shapely tree; importing the divisions beside a bare COPY of what comes of it."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from django.core.management import call_command
from django.db import connection
from shapely import Polygon

from benchmarks.harness import Bench, seconds, side_by_side
from jingwei.places.public import Level, NewArea, codes, create_areas, find, find_many

SIDE = 100
"""Grids along one side of the map: 10,000 in all, as many as a city of three million people has."""
BENDS = 5
"""Points along each border besides its corners."""
POINTS = 500_000
SINGLES = 2_000
WEST, SOUTH, EXTENT = 114.0, 30.0, 1.0

CITIES, DISTRICTS, STREETS, COMMUNITIES = 11, 9, 14, 15
"""How many of each lie in one of the level above: with 31 provinces about as many rows as the real divisions."""

Floats = npt.NDArray[np.float64]


def run(bench: Bench) -> None:
    points_to_grids(bench)
    import_of_divisions(bench)


def points_to_grids(bench: Bench) -> None:
    outlines = list(irregular_grids())
    create_areas(tree_of(outlines), by=None)
    dice = np.random.default_rng(1)
    longitudes = WEST + dice.uniform(0, EXTENT, POINTS)
    latitudes = SOUTH + dice.uniform(0, EXTENT, POINTS)
    tree = shapely.STRtree(outlines)
    find_many(longitudes[:1], latitudes[:1])  # makes the copy of the map

    def bare() -> None:
        tree.query(shapely.points(longitudes, latitudes), predicate="intersects")

    def bare_singly() -> None:
        for n in range(SINGLES):
            tree.query(shapely.points(longitudes[n], latitudes[n]), predicate="intersects")

    def ours_singly() -> None:
        for n in range(SINGLES):
            find(longitudes[n], latitudes[n])

    ours, base = side_by_side(lambda: find_many(longitudes, latitudes), bare)
    bench.report(name="places.find_many", value=POINTS / ours, unit="points/s", baseline=POINTS / base, goal=0.8)
    ours, base = side_by_side(ours_singly, bare_singly)
    bench.report(name="places.find", value=SINGLES / ours, unit="points/s", baseline=SINGLES / base, goal=0.1)


def irregular_grids() -> Iterator[Polygon]:
    """Neighbours with bent borders that they share exactly."""
    dice = np.random.default_rng(2)
    steps = (BENDS + 1) * SIDE + 1
    line = np.linspace(0, EXTENT, steps)
    x, y = np.meshgrid(WEST + line, SOUTH + line, indexing="ij")
    reach = EXTENT / steps / 3
    x += dice.uniform(-reach, reach, x.shape)
    y += dice.uniform(-reach, reach, y.shape)
    for column in range(0, steps - 1, BENDS + 1):
        for row in range(0, steps - 1, BENDS + 1):
            yield Polygon(_ring(x, y, column, row))


def _ring(x: Floats, y: Floats, column: int, row: int) -> Floats:
    side = np.arange(BENDS + 1)
    far = BENDS + 1
    columns = np.concatenate([side, np.full(far, far), far - side, np.zeros(far, int)]) + column
    rows = np.concatenate([np.zeros(far, int), side, np.full(far, far), far - side]) + row
    return np.column_stack([x[columns, rows], y[columns, rows]])


def tree_of(outlines: list[Polygon]) -> Iterator[NewArea]:
    """The outlines as grids, a hundred to a community, and what lies above them."""
    district = codes.make(990101)
    street = codes.child(district, 1)
    yield NewArea(code=district, name="Bench")
    yield NewArea(code=street, name="Street")
    for number in range(1, SIDE + 1):
        community = codes.child(street, number)
        yield NewArea(code=community, name=f"Community {number}")
        for serial in range(1, SIDE + 1):
            outline = outlines[(number - 1) * SIDE + serial - 1]
            yield NewArea(code=codes.child(community, serial), name=f"Grid {serial}", outline=outline)


def import_of_divisions(bench: Bench) -> None:
    with tempfile.TemporaryDirectory() as temporary, connection.cursor() as cursor:
        folder = bench.data / "divisions" if bench.data else made_up_divisions(Path(temporary))
        cursor.execute("TRUNCATE area CASCADE")
        first = seconds(lambda: call_command("import_areas", divisions=folder, stdout=StringIO()))
        second = seconds(lambda: call_command("import_areas", divisions=folder, stdout=StringIO()))
        cursor.execute("SELECT count(*) FROM area")
        (rows,) = cursor.fetchone()
        rows_as_text = StringIO()
        with cursor.copy("COPY area TO STDOUT") as copy:
            rows_as_text.writelines(bytes(part).decode() for part in copy)
        cursor.execute("TRUNCATE area CASCADE")

        def bare() -> None:
            with cursor.copy("COPY area FROM STDIN") as copy:
                copy.write(rows_as_text.getvalue())

        base = seconds(bare)
    bench.report(name="places.import", value=rows / first, unit="rows/s", baseline=rows / base, goal=0.3)
    bench.report(name="places.import_again", value=rows / second, unit="rows/s", baseline=rows / base, goal=0.4)


def made_up_divisions(folder: Path) -> Path:
    """Files like those of the statistical divisions, and about as many rows: 31 provinces down to communities."""
    above = [str(number) for number in range(11, 42)]
    _write(folder / "provinces.csv", "", ((code, f"Province {code}", "") for code in above))
    for stem, column, level, count in (
        ("cities", "provinceCode", Level.CITY, CITIES),
        ("areas", "cityCode", Level.DISTRICT, DISTRICTS),
        ("streets", "areaCode", Level.STREET, STREETS),
        ("communities", "streetCode", Level.COMMUNITY, COMMUNITIES),
    ):
        digits = len(str(level.serials))
        rows = [
            (f"{parent}{n:0{digits}d}", f"{level.value} {n}", parent) for parent in above for n in range(1, count + 1)
        ]
        _write(folder / f"{stem}.csv", column, rows)
        above = [code for code, _name, _parent in rows]
    return folder


def _write(path: Path, parent_column: str, rows: Iterable[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", parent_column])
        writer.writerows(rows)
