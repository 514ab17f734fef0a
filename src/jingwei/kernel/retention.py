"""What has been kept long enough is forgotten, every night: each `Retention` of the register has a rule that does it.

A rule works in batches, each a transaction of its own, and finds by itself what is due: broken off, it goes on where
it was; run again, it finds nothing. One rule that fails keeps no other from its work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db.models import QuerySet

from jingwei.kernel.personal_data import FOLLOWS_ACCOUNT, Retention, retentions
from jingwei.kernel.reach import WHOLE, opened

log = structlog.get_logger(__name__)
BATCH = 1000


@dataclass(frozen=True)
class Rule:
    """`due` counts what is to go at a moment; `forget` lets it go, and gives the size of each batch when it is done."""

    retention: Retention
    due: Callable[[datetime], int]
    forget: Callable[[datetime], Iterator[int]]


_rules: dict[str, Rule] = {}


def carries_out(
    retention: Retention, *, due: Callable[[datetime], int], forget: Callable[[datetime], Iterator[int]]
) -> None:
    """Register who carries out a retention."""
    _rules[retention.key] = Rule(retention, due, forget)


def in_batches(rows: "QuerySet[Any]", empty: Callable[[list[Any]], object], size: int = BATCH) -> Iterator[int]:
    """Let go of `rows`, `size` of them a transaction, until none is left: `empty` is given their keys, and sees to it
    that they are found no more. Gives the size of each batch.
    """
    while True:
        with opened(WHOLE):
            keys = list(rows.order_by("pk").values_list("pk", flat=True)[:size])
            if keys:
                empty(keys)
        if not keys:
            return
        yield len(keys)


def uncarried() -> list[str]:
    """Retentions that nobody carries out."""
    return [one.key for one in retentions() if one is not FOLLOWS_ACCOUNT and one.key not in _rules]


@opened(WHOLE)
def due_all(now: datetime) -> dict[str, int]:
    """What each rule would let go at `now`."""
    return {key: rule.due(now) for key, rule in _rules.items()}


def forget_all(now: datetime) -> dict[str, int]:
    """What each rule has let go at `now`. Raises the first failure after all the others have done their work."""
    gone: dict[str, int] = {}
    failures: list[Exception] = []
    for key, rule in _rules.items():
        gone[key] = 0
        try:
            for batch in rule.forget(now):
                gone[key] += batch
        except Exception as failure:
            log.exception("retention_failed", rule=key)
            failures.append(failure)
    log.info("forgotten", **gone)
    if failures:
        raise failures[0]
    return gone
