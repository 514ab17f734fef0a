"""For the tests of every module: let what has been published take effect, and read what is logged."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel import logs
from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.jobs import handle_fact


def settle() -> None:
    """Number all facts and run their handlers, also those of facts that handlers publish."""
    relay = Relay()
    relay.begin()
    jobs = ProcrastinateJob.objects.filter(task_name=handle_fact.name).order_by("id")
    done = jobs.aggregate(last=Max("id"))["last"] or 0
    while relay.step():
        for job in jobs.filter(id__gt=done):
            handle(job.args["handler"], job.args["seq"])
            done = job.id


@contextmanager
def recorded() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines that are logged inside, as a real site would write them, also where one debugs."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers, root.level, logs.shows_all
    logs.shows_all = lambda: False
    root.handlers = [logs.writing_to(stream, "json")]
    root.setLevel(logging.INFO)
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        root.handlers, root.level, logs.shows_all = before
