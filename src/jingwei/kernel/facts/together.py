"""Facts that go in by the same statement as the rows they are about: one trip and one commit on the hot path.

`INSERT_GIVEN` is the part of a WITH that writes them; its one parameter is what `as_parameter` gives.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jingwei.kernel.facts.fact import Fact
from jingwei.kernel.ids import uuid7

INSERT_GIVEN = """
    INSERT INTO fact (id, kind, code, data, actor_id, occurred_at)
    SELECT id, kind, code, data, actor_id, occurred_at FROM jsonb_to_recordset(%s::jsonb)
    AS given (id uuid, kind text, code bigint, data jsonb, actor_id bigint, occurred_at timestamptz)
"""


@dataclass(frozen=True)
class Told:
    """A fact, who did it and when it happened."""

    fact: Fact
    actor_id: int | None
    at: datetime


def as_parameter(told: Iterable[Told]) -> str:
    """The facts as the statement takes them."""
    return json.dumps(
        [
            {
                "id": str(uuid7()),
                "kind": item.fact.kind,
                "code": item.fact.code,
                "data": item.fact.data(),
                "actor_id": item.actor_id,
                "occurred_at": item.at.isoformat(),
            }
            for item in told
        ]
    )
