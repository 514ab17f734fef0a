"""What everybody reads at 1,000,000 cases: the map of 1 km², twins, and open data beside a bare COPY."""

import tracemalloc
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg import Cursor

from benchmarks import city
from benchmarks.desk import buffers
from benchmarks.harness import Bench, side_by_side
from jingwei.cases.testing import LONG_AGO
from jingwei.cases.twins import Sought, near
from jingwei.kernel.public import clock
from jingwei.places.public import Area
from jingwei.publication import opendata
from jingwei.publication.map import near as on_map
from jingwei.publication.reading import Filters
from jingwei.publication.view import View

MOST_BUFFERS = 500
MEGABYTE = 1024 * 1024
SPOTS = [(114.05 + 0.04 * n, 30.05 + 0.04 * n) for n in range(10)]
"""Points all over the district, each the middle of a square kilometre."""

# What `refresh` would copy, written straight into the table.
COPY_ALL = """
    INSERT INTO public_case (case_id, number, code, community, street, category_code, title, status, longitude,
        latitude, cell, reported_at, due_at, handled_at, closed_at, outcome, is_shown, supporters, hidden_because,
        is_excluded)
    SELECT id, number, code, code - mod(code, 1000000), code - mod(code, 1000000000), category_code, title, status,
        round(longitude / 0.0005) * 0.0005, round(latitude / 0.0005) * 0.0005,
        floor(latitude * 400)::bigint * 100000 + floor(longitude * 400)::bigint,
        reported_at, due_at, handled_at, closed_at, outcome, true, 0, '', false
    FROM case_case WHERE status <> 'reported'
    ON CONFLICT DO NOTHING
"""


def run(bench: Bench) -> None:
    departments = city.lay_out()
    grow(departments, city.SMALL)
    now = clock.now()
    few = sum(touched(lambda at=at: on_map(View(*at, 1000), Filters(), now)) for at in SPOTS)
    grow(departments, city.LARGE)
    many = sum(touched(lambda at=at: on_map(View(*at, 1000), Filters(), now)) for at in SPOTS)
    told: dict[str, Any] = {"unit": "blocks", "at_most": True}
    bench.report(name="public.map_of_1_km2.buffers", value=many / 10, baseline=few / 10, goal=1.5, **told)
    twins = max(touched(lambda at=at: near(sought(at, now))) for at in SPOTS)
    bench.report(name="public.twins.buffers", value=twins, goal=MOST_BUFFERS, **told)
    open_data(bench)


def grow(departments: list[Any], total: int) -> None:
    city.grow(departments, total)
    with connection.cursor() as cursor:
        cursor.execute(COPY_ALL)
        cursor.execute("VACUUM ANALYZE public_case")


def sought(at: tuple[float, float], now: datetime) -> Sought:
    return Sought("The lamp is out", "0201", at[0], at[1], now)


def touched(question: Callable[[], object]) -> int:
    """Blocks that the statements of a question touch."""
    sent: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's signature
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        question()
    return sum(buffers(sql, params) for sql, params in sent)


def open_data(bench: Bench) -> None:
    """Bytes a second of each form beside those of a bare COPY of the same table, and what Python holds meanwhile."""
    area = Area.objects.get(pk=city.DISTRICT)
    for kind in opendata.KINDS:
        path = opendata.export(area, kind, now=LONG_AGO)

        def fresh(kind: str = kind) -> None:
            opendata.export(area, kind).unlink()

        path.unlink()
        ours, bare = side_by_side(fresh, bare_copy, times=3)
        rows = city.LARGE / ours
        bench.report(name=f"public.open_data.{kind}", value=rows, unit="rows/s", baseline=city.LARGE / bare, goal=0.3)
        tracemalloc.start()
        fresh()
        peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
        tracemalloc.stop()
        bench.report(name=f"public.open_data.{kind}.memory", value=peak, unit="MB", goal=8, at_most=True)


def bare_copy() -> None:
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor, cursor.copy("COPY public_case TO STDOUT") as rows:
        for _block in rows:
            pass
