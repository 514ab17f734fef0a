"""Publishing: one statement that adds rows to `fact`, inside the caller's transaction."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from jingwei.kernel import clock
from jingwei.kernel.facts.fact import Fact
from jingwei.kernel.ids import uuid7

INSERT = """
    INSERT INTO fact (id, kind, code, data, actor_id, occurred_at)
    SELECT id, kind, code, data::jsonb, %s, %s
    FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::text[]) AS given (id, kind, code, data)
"""


def publish(fact: Fact, *, by: Model | int | None, at: datetime | None = None) -> None:
    """Tell `fact`, done by a member or nobody at `at` (default: now). It stands once the caller commits."""
    publish_many([fact], by=by, at=at)


def publish_many(facts: Iterable[Fact], *, by: Model | int | None, at: datetime | None = None) -> None:
    """Tell several facts of one actor and one moment, in one statement."""
    told = list(facts)
    if not told:
        return
    if not connection.in_atomic_block:
        raise TransactionManagementError("a fact is published in the transaction that makes it true")
    actor = by.pk if isinstance(by, Model) else by
    columns = (
        [uuid7() for _ in told],
        [fact.kind for fact in told],
        [fact.code for fact in told],
        [json.dumps(fact.data()) for fact in told],
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [actor, at or clock.now(), *columns])
