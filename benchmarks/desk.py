"""What a queue, a filter and a count of the desk cost at 1,000,000 cases, against the same at 100,000."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks import city
from benchmarks.harness import Bench
from jingwei.cases import desk
from jingwei.cases.desk import QUEUES, Holder
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import a_holder, let_in

SMALL, LARGE = 100_000, 1_000_000
TIMES = 30
CATEGORY = "0101"


def run(bench: Bench) -> None:
    departments = city.lay_out()
    holders = {
        "street": Holder("a", city.street()),
        "community": Holder("a", city.community()),
        "department": Holder("d", departments[0].pk),
    }
    members = {
        "street": a_holder("dispatcher", city.street()),
        "community": a_holder("community_officer", city.community()),
        "department": a_holder("department_handler", departments[0]),
    }
    city.grow(departments, SMALL)
    small = dict(measured(holders))
    city.grow(departments, LARGE)
    for name, (blocks, seconds) in measured(holders):
        few_blocks, few_seconds = small[name]
        told = {"goal": 1.5, "at_most": True}
        bench.report(name=f"desk.{name}.buffers", value=blocks, unit="blocks a row", baseline=few_blocks, **told)
        bench.report(name=f"desk.{name}.time", value=seconds * 1e3, unit="ms", baseline=few_seconds * 1e3, **told)
    for name, holder in holders.items():
        whole_requests(bench, name, holder, members[name])


def measured(holders: dict[str, Holder]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Blocks touched for each row that is shown, and the median seconds, of each question."""
    now = clock.now()
    for name, holder in holders.items():
        queues = QUEUES[holder.kind]
        for queue in queues.values():
            yield f"{name}.{queue.key}", cost(partial(desk.page, holder, queue, now=now))
        yield f"{name}.category", cost(partial(desk.page, holder, queues["all"], now=now, category=CATEGORY))
        yield f"{name}.counts", cost(partial(desk.counts, holder, now))


def cost(question: Callable[[], desk.Page | desk.Counts]) -> tuple[float, float]:
    """Blocks that the statements of a question touch by row shown, and the median time of the question itself.

    A short queue fills less than a page, so that pages are compared by their rows; counts show one.
    """
    sent: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's signature
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        answer = question()
    rows = len(answer.entries) if isinstance(answer, desk.Page) else 1
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        question()
        taken.append(time.perf_counter() - begun)
    return sum(buffers(sql, params) for sql, params in sent) / max(rows, 1), statistics.median(taken)


def buffers(sql: str, params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, params)
        plan = cursor.fetchone()[0]
    root = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return int(root["Shared Hit Blocks"] + root["Shared Read Blocks"])


def whole_requests(bench: Bench, name: str, holder: Holder, member: Member) -> None:
    """The median of whole desk requests, from the session to the last byte of the page, against 40 ms."""
    client = Client(headers={"host": "localhost"})
    let_in(client, member)
    for key in QUEUES[holder.kind]:
        taken = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            answer = client.get(f"/desk/{holder}/{key}/")
            taken.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise RuntimeError(f"/desk/{holder}/{key}/ answered {answer.status_code}")
        p50 = statistics.median(taken) * 1000
        bench.report(name=f"desk.{name}.{key}.request_p50", value=p50, unit="ms", baseline=40, goal=1, at_most=True)
