"""What a sweep of signals costs with 10,000 of them due: among 1,000,000 open cases, against among 100,000."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.db.transaction import atomic

from benchmarks import city
from benchmarks.harness import Bench
from jingwei.cases.public import Case, current, sweep_signals
from jingwei.kernel.public import clock
from jingwei.places.public import Area

DUE = city.LARGE // 100
ROUNDS = 3
STEP = 50_000

# Cases in hand of which half and four fifths have been said, with their party and their stage. Nothing is raised at the
# promise itself, so that no docket changes: they have none.
OPEN = """
WITH made AS (
    INSERT INTO case_case (id, number, code, level, status, urgency, category_id, condition_id, category_code, title,
        place, channel, reported_at, promise_from, due_at, is_provisional, outcome, returns, reopened, signalled,
        raised, is_supervised, pauses, suspended_for, is_excluded, version)
    SELECT uuidv7(), 'open-' || n, (%(grids)s::bigint[])[1 + n %% array_length(%(grids)s::bigint[], 1)], 'street',
        'in_hand', 'normal', condition.category_id, condition.id, category.code, 'Case ' || n, '', 'bench',
        %(now)s - interval '5 days', %(now)s - interval '5 days', %(now)s + interval '9 days' * random() + '1 day',
        false, '', 0, 0, 2, 0, false, '[]', '', false, 3
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
    JOIN case_condition condition
        ON condition.id = (%(conditions)s::bigint[])[1 + n %% array_length(%(conditions)s::bigint[], 1)]
    JOIN case_category category ON category.id = condition.category_id
    RETURNING id, promise_from, due_at
), stages AS (
    INSERT INTO case_stage (id, case_id, name, level, department_id, started_at, due_at, is_provisional, is_signalled,
        is_excluded)
    SELECT uuidv7(), id, 'handle', 'street', %(department)s, promise_from, due_at, false, false, false FROM made
)
INSERT INTO case_assignment (id, case_id, department_id, role, status, level, sent_at, accepted_at, is_whistled)
SELECT uuidv7(), id, %(department)s, 'lead', 'accepted', 'street', promise_from, promise_from, false FROM made
"""
PLANNED = "UPDATE case_case SET signal_at = due_at WHERE signal_at IS NULL"
FALL_DUE = """
UPDATE case_case SET due_at = %(now)s - interval '1 minute', signal_at = %(now)s - interval '1 minute'
WHERE id IN (SELECT id FROM case_case WHERE signalled = 2 ORDER BY number LIMIT %(many)s)
"""
TOUCHED = "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"


def run(bench: Bench) -> None:
    department = city.lay_out()[0].pk
    grow(department, city.SMALL)
    small = measured()
    grow(department, city.LARGE)
    large = measured()
    told = {"goal": 1.3, "at_most": True}
    bench.report(name="signals.sweep.time", value=large.seconds, unit="s", baseline=small.seconds, **told)
    bench.report(name="signals.sweep.buffers", value=large.blocks, unit="blocks", baseline=small.blocks, **told)
    bench.report(name="signals.sweep.rate", value=DUE / large.seconds, unit="signals/s")


@dataclass(frozen=True)
class Cost:
    """Of one sweep: its least seconds, which other work on the machine disturbs least, and the blocks it touched."""

    seconds: float
    blocks: int


def measured() -> Cost:
    seconds, blocks = [], []
    for _ in range(ROUNDS):
        now = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(FALL_DUE, {"now": now, "many": DUE})
            cursor.execute("VACUUM ANALYZE case_case")
        touched, begun = _touched(), time.perf_counter()
        given = sweep_signals(now)
        seconds.append(time.perf_counter() - begun)
        blocks.append(_touched() - touched)
        if given != DUE:
            raise RuntimeError(f"{given} signals were given, {DUE} were due")
    return Cost(min(seconds), int(statistics.median(blocks)))


def _touched() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(TOUCHED)
        return int(cursor.fetchone()[0])


def grow(department: int, total: int) -> None:
    """Add open cases until there are `total`, each with its next signal in the days to come."""
    given = {
        "grids": list(Area.objects.filter(level="grid").order_by("code").values_list("code", flat=True)),
        "conditions": [condition.pk for category in current().values() for condition in category.conditions.all()],
        "department": department,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        for first in range(Case.objects.count() + 1, total + 1, STEP):
            with atomic():
                cursor.execute(OPEN, {**given, "first": first, "last": min(first + STEP - 1, total)})
                cursor.execute(PLANNED)
        cursor.execute("VACUUM ANALYZE")
