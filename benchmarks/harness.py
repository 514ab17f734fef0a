"""Running benchmarks and telling what they found.

A benchmark is a module of this package with a function `run(bench)`. It measures its subject and, in the same
run, a baseline that does the same with as little as possible in between: machines differ, ratios hardly.
"""

import importlib
import json
import os
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import TextIO

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

import benchmarks

DATABASE_VARIABLE = "JINGWEI_DATABASE_URL"


@dataclass(frozen=True)
class Result:
    """One measurement. `ratio` is value by baseline; what has no baseline is held to the goal itself."""

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    goal: float | None
    ok: bool | None


class Bench:
    """What a benchmark is given: where to tell its results, and a folder of data it may use."""

    def __init__(self, out: TextIO = sys.stdout, *, is_json: bool = False, data: Path | None = None) -> None:
        self.results: list[Result] = []
        self.data = data
        self._out = out
        self._is_json = is_json

    def report(
        self,
        *,
        name: str,
        value: float,
        unit: str,
        baseline: float | None = None,
        goal: float | None = None,
        at_most: bool = False,
    ) -> Result:
        """Tell a value in `unit`, and how it stands to the baseline in the same unit.

        The ratio, or the value where there is no baseline, must reach `goal`; with `at_most`, not exceed it.
        """
        ratio = None if baseline is None else value / baseline
        held = value if ratio is None else ratio
        is_met = None if goal is None else bool(held <= goal if at_most else held >= goal)
        result = Result(name, value, unit, baseline, ratio, goal, is_met)
        self.results.append(result)
        print(json.dumps(asdict(result)) if self._is_json else row(result), file=self._out, flush=True)
        return result

    @property
    def is_good(self) -> bool:
        return all(result.ok is not False for result in self.results)


HEADINGS = f"{'':<2}{'benchmark':<44}{'value':>14} {'unit':<10}{'baseline':>14}{'ratio':>9}{'goal':>8}"


def row(result: Result) -> str:
    """The result as a line of the table for people."""
    sign = {True: "✓", False: "✗", None: " "}[result.ok]
    numbers = [f"{result.value:,.2f}", f"{result.unit:<10}"]
    baseline, ratio, goal = (
        "" if number is None else f"{number:,.2f}" for number in (result.baseline, result.ratio, result.goal)
    )
    return f"{sign:<2}{result.name:<44}{numbers[0]:>14} {numbers[1]}{baseline:>14}{ratio:>9}{goal:>8}"


def names() -> list[str]:
    """The benchmarks there are."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    return sorted(name for name in found if hasattr(load(name), "run"))


def load(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.{name}")


@contextmanager
def own_database() -> Iterator[None]:
    """A new, migrated database for one benchmark, dropped afterwards. Programs it starts inherit the address."""
    settings.DEBUG = False  # or Django keeps every statement in memory
    given, own = settings.DATABASES["default"]["NAME"], f"{settings.DATABASES['default']['NAME']}_bench"
    connection.settings_dict["TEST"]["NAME"] = own
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    before = os.environ.get(DATABASE_VARIABLE, "")
    os.environ[DATABASE_VARIABLE] = make_conninfo(before, dbname=own)
    try:
        yield
    finally:
        os.environ[DATABASE_VARIABLE] = before
        connection.creation.destroy_test_db(given, verbosity=0)


def side_by_side(*works: Callable[[], object], times: int = 5) -> tuple[float, ...]:
    """Median seconds of each, run in turn, so that what slows the machine slows all of them."""
    rounds = [[seconds(work) for work in works] for _ in range(times)]
    return tuple(statistics.median(column) for column in zip(*rounds, strict=True))


def seconds(work: Callable[[], object]) -> float:
    began_at = time.perf_counter()
    work()
    return time.perf_counter() - began_at
