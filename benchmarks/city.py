"""A city's worth of cases, written straight into the tables, for measuring what a desk costs when it is large.

Three cases in a hundred are open, spread over ten streets of nine communities with ten grids each; the rest are
closed over two years. Dockets and counts are derived from the cases by SQL that says the same as `docket.plan`.
"""

import os

from django.db import connection
from django.db.transaction import atomic

from jingwei.cases.docket import fold_counts
from jingwei.cases.public import current, load_categories
from jingwei.people.public import Department, create_department
from jingwei.places.public import Area, NewArea, Rectangle, codes, create_areas, tessellate

DISTRICT = codes.make(990101)
STREETS, COMMUNITIES, GRIDS = 10, 9, 10
WEST, SOUTH, EAST, NORTH = 114.0, 30.0, 114.5, 30.5
"""The district as a rectangle, in degrees."""
STEP = 50_000
LARGE = int(os.environ.get("JINGWEI_BENCH_CASES", "1000000"))
"""How many cases a benchmark measures among: a million, or fewer for a first look."""
SMALL = LARGE // 10


def street(number: int = 1) -> int:
    return codes.child(DISTRICT, number)


def community(number: int = 1) -> int:
    return codes.child(street(), number)


CASES = """
INSERT INTO case_case (id, number, code, level, status, urgency, category_id, condition_id, category_code, title,
    place, longitude, latitude, channel, reported_at, promise_from, due_at, is_provisional, handled_at, closed_at,
    outcome, returns, reopened, signalled, raised, is_supervised, pauses, suspended_for, is_excluded, version)
SELECT uuidv7(), 'bench-' || n, grid, (ARRAY['grid', 'community', 'street', 'district'])[1 + n %% 4], status, 'normal',
    category.id, condition.id, category.code, 'Case ' || n, '', 114 + random() / 2, 30 + random() / 2, 'bench',
    reported_at, reported_at, reported_at + '5 days', false,
    CASE WHEN status IN ('handled', 'closed') THEN reported_at + '3 days' END,
    CASE WHEN status = 'closed' THEN reported_at + '4 days' END,
    CASE WHEN status = 'closed' THEN 'solved' ELSE '' END, 0, 0,
    CASE WHEN status IN ('handled', 'closed') THEN 0 ELSE (
        SELECT count(*) FROM unnest(ARRAY[2.5, 4, 5, 7.5]) AS days WHERE reported_at < now() - days * interval '1 day'
    ) END, 0, false, '[]', '', false, 5
FROM generate_series(%(first)s::int, %(last)s::int) AS n
CROSS JOIN LATERAL (
    SELECT (%(grids)s::bigint[])[1 + (n * 7919::bigint) %% array_length(%(grids)s::bigint[], 1)] AS grid,
    (ARRAY['reported', 'filed', 'dispatched', 'in_hand', 'handled'])[1 + (n / 100) %% 5] AS open_status,
    n %% 100 < 3 AS is_open, random() AS late) AS given
CROSS JOIN LATERAL (SELECT CASE WHEN is_open THEN open_status ELSE 'closed' END AS status,
    now() - CASE WHEN is_open THEN late * interval '12 days' ELSE interval '15 days' + late * interval '700 days' END
    AS reported_at) AS told
JOIN case_condition condition
    ON condition.id = (%(conditions)s::bigint[])[1 + (n * 31::bigint) %% array_length(%(conditions)s::bigint[], 1)]
JOIN case_category category ON category.id = condition.category_id
"""
BESIDE = """
WITH made AS (SELECT * FROM case_case WHERE number = ANY (
    SELECT 'bench-' || n FROM generate_series(%(first)s::int, %(last)s::int) AS n)),
reports AS (
    INSERT INTO case_report (id, case_id, digest, name, phone, source, source_key, code, received_at)
    SELECT gen_random_uuid(), id, '\\x00', '', '', 'bench', '', code, reported_at FROM made),
steps AS (
    INSERT INTO case_step (id, case_id, verb, before, after, level, detail, occurred_at, recorded_at)
    SELECT uuidv7(), id, 'report', '', 'reported', level, '{}', reported_at, reported_at FROM made
    RETURNING id, case_id),
words AS (
    INSERT INTO case_words (id, case_id, step_id, code, text)
    SELECT uuidv7(), made.id, steps.id, code, CASE WHEN substr(number, 7)::int %% 2000 = 0 THEN '井盖不见了' ELSE
        (ARRAY['Something is broken at this place', '楼道的路灯不亮', '路边堆着垃圾', '水管漏水', '有人半夜唱歌'])
        [1 + substr(number, 7)::int %% 5] END
    FROM made JOIN steps ON case_id = made.id),
parts AS (
    INSERT INTO case_assignment (id, case_id, department_id, role, status, level, sent_at, accepted_at, ended_at,
        is_whistled)
    SELECT uuidv7(), id, %(department)s + (code / 1000000000) %% %(streets)s, 'lead',
        CASE status WHEN 'dispatched' THEN 'sent' WHEN 'in_hand' THEN 'accepted' ELSE 'done' END, level, reported_at,
        CASE WHEN status <> 'dispatched' THEN reported_at END, handled_at, false
    FROM made WHERE status NOT IN ('reported', 'filed')),
course AS (
    SELECT id, 'a' AS holder, code - code %% size AS holder_id, false AS is_party,
        CASE status WHEN 'reported' THEN 'file' WHEN 'dispatched' THEN 'accept' WHEN 'in_hand' THEN 'hand'
        WHEN 'handled' THEN 'check' ELSE CASE WHEN made.level = holder.level THEN 'dispatch' ELSE 'below' END
        END AS tray, category_code, due_at, signalled
    FROM made CROSS JOIN (VALUES ('grid', 1000::bigint), ('community', 1000000), ('street', 1000000000),
        ('district', 1000000000000)) AS holder (level, size)
    WHERE status <> 'closed'
    UNION ALL
    SELECT id, 'd', %(department)s + (code / 1000000000) %% %(streets)s, true,
        CASE status WHEN 'dispatched' THEN 'accept' ELSE 'hand' END, category_code, due_at, signalled
    FROM made WHERE status IN ('dispatched', 'in_hand')),
docket AS (
    INSERT INTO case_docket (case_id, holder, holder_id, is_party, tray, category_code, due_at)
    SELECT id, holder, holder_id, is_party, tray, category_code, due_at FROM course
    UNION ALL
    SELECT id, holder, holder_id, false, 'warned', category_code, due_at FROM course WHERE signalled > 0
    RETURNING holder, holder_id, tray, due_at)
INSERT INTO case_docket_count (holder, holder_id, tray, due_on, amount)
SELECT holder, holder_id, tray, (due_at AT TIME ZONE 'Asia/Shanghai')::date, count(*) FROM docket GROUP BY 1, 2, 3, 4
"""


@atomic
def lay_out() -> list[Department]:
    """Areas with boundaries, the category table and a department a street. Gives the departments, streets in order."""
    load_categories()
    outlines = iter(tessellate(Rectangle(WEST, SOUTH, EAST, NORTH), STREETS * COMMUNITIES * GRIDS))
    areas = [NewArea(code=DISTRICT, name="Bench")]
    for one in range(1, STREETS + 1):
        areas.append(NewArea(code=street(one), name=f"Street {one}"))
        for two in range(1, COMMUNITIES + 1):
            here = codes.child(street(one), two)
            areas.append(NewArea(code=here, name=f"Community {two}"))
            areas += [
                NewArea(code=codes.child(here, three), name=f"Grid {three}", outline=next(outlines).polygon)
                for three in range(1, GRIDS + 1)
            ]
    create_areas(areas, by=None)
    return [create_department(name=f"Department {n}", code=street(n), by=None) for n in range(1, STREETS + 1)]


def grow(departments: list[Department], total: int) -> None:
    """Add cases until there are `total`, and let the server know its tables."""
    given = {
        "grids": list(Area.objects.filter(level="grid").order_by("code").values_list("code", flat=True)),
        "conditions": [condition.pk for category in current().values() for condition in category.conditions.all()],
        "department": departments[0].pk,
        "streets": STREETS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM case_case")
        for first in range(cursor.fetchone()[0] + 1, total + 1, STEP):
            batch = {**given, "first": first, "last": min(first + STEP - 1, total)}
            with atomic():
                cursor.execute(CASES, batch)
                cursor.execute(BESIDE, batch)
        fold_counts()
        cursor.execute("REINDEX TABLE case_docket_count")  # a million at once leave it emptier than years of work
        cursor.execute("VACUUM ANALYZE")
