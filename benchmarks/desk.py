"""What a queue, a filter and a count of the desk cost at 1,000,000 cases, against the same at 100,000."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import city
from benchmarks.harness import Bench
from jingwei.cases import desk
from jingwei.cases.desk import QUEUES, Holder
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import a_holder, let_in

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
    city.grow(departments, city.SMALL)
    small = measured(holders, {})
    city.grow(departments, city.LARGE)
    for name, large in measured(holders, {name: cost.rows for name, cost in small.items()}).items():
        told = {"goal": 1.5, "at_most": True}
        few = small[name]
        bench.report(name=f"desk.{name}.buffers", value=large.blocks, unit="blocks", baseline=few.blocks, **told)
        bench.report(name=f"desk.{name}.time", value=large.seconds * 1e3, unit="ms", baseline=few.seconds * 1e3, **told)
    for name, holder in holders.items():
        whole_requests(bench, name, holder, members[name])


@dataclass(frozen=True)
class Cost:
    """Blocks that the statements of a question touch, its median seconds, and how many rows it showed."""

    blocks: int
    seconds: float
    rows: int


def measured(holders: dict[str, Holder], rows: dict[str, int]) -> dict[str, Cost]:
    """What each question costs. `rows` are how many a page shows, where it is to be compared with a shorter one."""
    now = clock.now()
    costs: dict[str, Cost] = {}
    for name, holder in holders.items():
        queues = QUEUES[holder.kind]
        asked = {queue.key: (queue, "") for queue in queues.values()} | {"category": (queues["all"], CATEGORY)}
        for key, (queue, category) in asked.items():
            most = rows.get(f"{name}.{key}", desk.PAGE + 1) - 1  # a page looks one row further than it shows
            if most >= 0:
                costs[f"{name}.{key}"] = cost(partial(desk.page, holder, queue, now=now, category=category, limit=most))
        costs[f"{name}.counts"] = cost(partial(desk.counts, holder, now))
    return costs


def cost(question: Callable[[], desk.Page | desk.Counts]) -> Cost:
    sent: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's signature
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        answer = question()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        question()
        taken.append(time.perf_counter() - begun)
    rows = len(answer.entries) if isinstance(answer, desk.Page) else 1
    return Cost(sum(buffers(sql, params) for sql, params in sent), statistics.median(taken), rows)


def buffers(sql: str, params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, params)
        plan = cursor.fetchone()[0]
    root = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return int(root["Shared Hit Blocks"] + root["Shared Read Blocks"])


def whole_requests(bench: Bench, name: str, holder: Holder, member: Member) -> None:
    """The median of whole desk requests, from the session to the last byte of the page, against 40 ms."""
    call_command("collectstatic", interactive=False, verbosity=0)
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
