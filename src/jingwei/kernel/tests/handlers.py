"""A fact and a handler for the kernel's own tests. The handler's effect is a row, so that two are seen."""

from dataclasses import dataclass
from time import sleep
from typing import ClassVar
from uuid import UUID

from django.db import connection

from jingwei.kernel.facts import Fact, FactRow, handles

PLACE = 420106_007_003_012_000
SLOW = 1


@dataclass(frozen=True)
class LampLit(Fact):
    kind: ClassVar[str] = "sample.lamp_lit"
    code: int
    lamp_id: UUID
    seconds_to_handle: int = 0


@handles(LampLit)
def note_lamp(row: FactRow) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO lamp_note (seq, lamp_id) VALUES (%s, %s)", [row.seq, row.subject])
    sleep(row.data["seconds_to_handle"])
