"""Writers of sample facts, and what became of the facts."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connection
from django.db.transaction import atomic, set_rollback
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel.facts import FactRow, publish
from jingwei.kernel.ids import uuid7
from jingwei.kernel.tests.handlers import PLACE, LampLit


def light(seconds_to_handle: int = 0) -> UUID:
    """Publish one fact and commit; its lamp."""
    lamp = uuid7()
    with atomic():
        publish(LampLit(code=PLACE, lamp_id=lamp, seconds_to_handle=seconds_to_handle), by=None)
    return lamp


def write_in_parallel(writers: int, transactions: int) -> list[UUID]:
    """Writers at the same time, some slow, some rolled back; the lamps whose facts stand."""
    with ThreadPoolExecutor(writers) as pool:
        written = pool.map(lambda seed: _write_at_random(seed, transactions), range(writers))
        return [lamp for lamps in written for lamp in lamps]


def _write_at_random(seed: int, transactions: int) -> list[UUID]:
    chance, standing = random.Random(seed), []
    for _ in range(transactions):
        lamps = [uuid7() for _ in range(chance.randint(1, 3))]
        with atomic():
            for lamp in lamps:
                publish(LampLit(code=PLACE, lamp_id=lamp), by=None)
                time.sleep(chance.choice((0, 0, 0.005, 0.05)))
            is_undone = chance.random() < 0.2
            set_rollback(is_undone)
        standing += [] if is_undone else lamps
    connection.close()
    return standing


def is_all_numbered() -> bool:
    return not FactRow.objects.filter(seq=None).exists()


def lamps_in_order() -> list[UUID]:
    return [UUID(row.subject) for row in FactRow.objects.order_by("seq")]


def numbers() -> list[int]:
    return sorted(FactRow.objects.values_list("seq", flat=True))


def queued() -> list[int]:
    """The numbers of the facts whose handler has a job, in any state."""
    return sorted(job.args["seq"] for job in ProcrastinateJob.objects.filter(task_name="kernel.handle_fact"))


def noted() -> list[int]:
    """The numbers of the facts that the handler has dealt with, as often as it has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM lamp_note ORDER BY seq")
        return [seq for (seq,) in cursor.fetchall()]
