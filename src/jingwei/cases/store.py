"""Lives to and from the database: loaded under a lock, written in few statements, one case or five hundred.

New rows of all tables go in by a single statement (JSON recordsets), so that a report is one round trip and one
commit. Measured against other ways in `docs/operate/performance.md`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import BigAutoField, BinaryField, Field, Model, Prefetch, prefetch_related_objects
from psycopg import Cursor

from jingwei.cases import docket
from jingwei.cases.docket import Entry, Lineages
from jingwei.cases.life import Life
from jingwei.cases.models import (
    Assignment,
    Case,
    DocketCount,
    DocketEntry,
    Errand,
    Rating,
    Report,
    Stage,
    Step,
    Words,
)
from jingwei.cases.workflow import Status
from jingwei.kernel.public import (
    INSERT_GIVEN,
    WHOLE,
    EncryptedField,
    Told,
    as_parameter,
    current_reach,
    encrypt,
    entered,
    environment,
)

TABLES: tuple[type[Model], ...] = (
    Case,
    Report,
    Step,
    Words,
    Stage,
    Assignment,
    Rating,
    Errand,
    DocketEntry,
    DocketCount,
)
NUMBER = "CASE WHEN number = '' THEN case_number(reported_at, %s) ELSE number END"


_PARTS = Prefetch("assignments", Assignment.objects.order_by("sent_at", "pk"))
_ERRANDS = Prefetch("errands", Errand.objects.order_by("number"))
_REPORTS = Prefetch("reports", Report.objects.only("case_id", "member_id").order_by("pk"))


def load(case_id: UUID) -> Life:
    """The case and its parts, held until the transaction ends. Raises Case.DoesNotExist.

    Permits that are asked about the case find its parties and reporters with it.
    """
    case = Case.objects.locked(case_id)
    if case.condition is not None and case.category is not None and case.condition.category_id == case.category_id:
        case.condition.category = case.category
    prefetch_related_objects([case], _PARTS, _REPORTS, _ERRANDS)
    reporters = [report.member_id for report in case.reports.all()]
    return Life(
        case,
        assignments=list(case.assignments.all()),
        stage=Stage.objects.filter(case_id=case_id, ended_at=None).first() if case.is_open else None,
        rating=case.rating if case.status == Status.CLOSED else None,
        errands=list(case.errands.all()),
        rested=_rested(case),
        reporter_id=reporters[0] if reporters else None,
        placed_at=case.code,
    )


def _rested(case: Case) -> Stage | None:
    """The clock that ran until a merge: the last of the record, whenever a move that came in late says it began."""
    if case.status != Status.MERGED:
        return None
    return Stage.objects.filter(case_id=case.pk).order_by("pk").last()


def load_many(case_ids: Sequence[UUID]) -> list[Life]:
    """Those of the cases that exist, held until the transaction ends, in the order of their keys: five queries."""
    held = Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids)
    cases = held.select_related("condition", "category").order_by("pk")
    lives = {case.pk: Life(case, placed_at=case.code) for case in cases}
    for part in Assignment.objects.filter(case_id__in=lives).order_by("sent_at", "pk"):
        lives[part.case_id].assignments.append(part)
    for stage in Stage.objects.filter(case_id__in=lives, ended_at=None):
        lives[stage.case_id].stage = stage
    for errand in Errand.objects.filter(case_id__in=lives).order_by("number"):
        lives[errand.case_id].errands.append(errand)
    reporters = Report.objects.filter(case_id__in=lives).order_by("-pk").values_list("case_id", "member_id")
    for case_id, member_id in reporters:
        lives[case_id].reporter_id = member_id
    return list(lives.values())


REZONE = """
WITH given AS (
    SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::int[], %s::timestamptz[]) AS given (id, code, version, signal_at)
),
cases AS (
    UPDATE case_case SET code = given.code, version = given.version, signal_at = given.signal_at
    FROM given WHERE case_case.id = given.id
),
reports AS (UPDATE case_report SET code = given.code FROM given WHERE case_report.case_id = given.id),
words AS (UPDATE case_words SET code = given.code FROM given WHERE case_words.case_id = given.id),
photos AS (UPDATE case_photo SET code = given.code FROM given WHERE case_photo.case_id = given.id)
DELETE FROM case_docket USING given WHERE case_docket.case_id = given.id AND case_docket.holder = 'a'
"""


def save_rezoned(lives: Sequence[Life], before: Sequence[list[Entry]], departments: Lineages) -> None:
    """Write lives that did nothing but lie in another area now; `before` are their docket plans. Two statements."""
    if not lives:
        return
    cases = [life.case for life in lives]
    columns = _columns_of(cases, "pk", "code", "version", "signal_at")
    with entered(WHOLE), connection.cursor() as cursor:
        cursor.execute(REZONE, columns)
    after = [docket.plan(life, departments) for life in lives]
    rows = _sorted([row for life in lives for row in life.fresh])
    rows[DocketEntry] = [
        row for life, entries in zip(lives, after, strict=True) for row in _entries(life, _of_areas(entries))
    ]
    rows[DocketCount] = _ledger(docket.count_changes(chain(*before), chain(*after)))
    _insert(rows, [fact for life in lives for fact in life.facts])


SIGNALLED = """
WITH given AS (
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])
    AS given (id, level, urgency, signalled, raised, version, signal_at)
),
cases AS (
    UPDATE case_case SET level = given.level, urgency = given.urgency, signalled = given.signalled,
        raised = given.raised, version = given.version, signal_at = given.signal_at
    FROM given WHERE case_case.id = given.id
),
stages AS (UPDATE case_stage SET is_signalled = true WHERE id = ANY (%s::uuid[]))
DELETE FROM case_docket WHERE case_id = ANY (%s::uuid[])
"""


def save_signalled(lives: Sequence[Life], before: Sequence[list[Entry]], departments: Lineages) -> None:
    """Write lives that were given signals, and maybe raised; `before` are their docket plans. Two statements."""
    cases = [life.case for life in lives]
    stages = {row.pk for life in lives for row in life.changed if isinstance(row, Stage)}
    after = [docket.plan(life, departments) for life in lives]
    moved = {life.case.pk: new for life, old, new in zip(lives, before, after, strict=True) if old != new}
    columns = _columns_of(cases, "pk", "level", "urgency", "signalled", "raised", "version", "signal_at")
    with connection.cursor() as cursor:
        cursor.execute(SIGNALLED, [*columns, list(stages), list(moved)])
    rows = _sorted([row for life in lives for row in life.fresh])
    rows[DocketEntry] = [row for life in lives for row in _entries(life, moved.get(life.case.pk, ()))]
    rows[DocketCount] = _ledger(docket.count_changes(chain(*before), chain(*after)))
    _insert(rows, [fact for life in lives for fact in life.facts])


def _columns_of(cases: Sequence[Case], *names: str) -> list[list[Any]]:
    return [[getattr(case, name) for case in cases] for name in names]


def _of_areas(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.holder == "a"]


def save(life: Life, before: list[Entry], departments: Lineages) -> None:
    """Write what moves changed on a loaded life; `before` is its docket plan from before them."""
    life.case.save()
    for row in life.changed:
        if row not in life.fresh:
            row.save()
    if life.case.code != life.placed_at:  # what stands beside the case is seen by those of its place
        with entered(current_reach().with_place(life.case.code)):
            for beside in (life.case.reports, life.case.words, life.case.photos):
                beside.update(code=life.case.code)
    after = docket.plan(life, departments)
    rows = _sorted(life.fresh)
    if after != before:
        DocketEntry.objects.filter(case_id=life.case.pk).delete()
        rows[DocketEntry] = _entries(life, after)
        rows[DocketCount] = _ledger(docket.count_changes(before, after))
    _insert(rows, life.facts)


def save_many(lives: Sequence[Life], before: Sequence[list[Entry]], departments: Lineages) -> None:
    """Write what moves changed on loaded lives: their rows one by one, all that is new by one statement."""
    for life in lives:
        life.case.save()
        for row in life.changed:
            if row not in life.fresh:
                row.save()
    after = [docket.plan(life, departments) for life in lives]
    DocketEntry.objects.filter(case_id__in=[life.case.pk for life in lives]).delete()
    rows = _sorted([row for life in lives for row in life.fresh])
    rows[DocketEntry] = [row for life, entries in zip(lives, after, strict=True) for row in _entries(life, entries)]
    rows[DocketCount] = _ledger(docket.count_changes(chain(*before), chain(*after)))
    _insert(rows, [fact for life in lives for fact in life.facts])


def redocket(case_id: UUID, departments: Lineages) -> None:
    """Put a case on the dockets it belongs on now, where departments changed and the case did not."""
    life = load(case_id)
    before = [_entry(row) for row in DocketEntry.objects.filter(case_id=case_id)]
    after = docket.plan(life, departments)
    if set(after) != set(before):
        DocketEntry.objects.filter(case_id=case_id).delete()
        changes = _ledger(docket.count_changes(before, after))
        _insert({DocketEntry: _entries(life, after), DocketCount: changes}, ())


def _entry(row: DocketEntry) -> Entry:
    return Entry(row.holder, row.holder_id, row.is_party, row.tray, row.category_code, row.due_at)


def insert(lives: Sequence[Life], departments: Lineages) -> dict[UUID, str]:
    """Write new lives whole. Gives the number of each case. IntegrityError where a report is there already."""
    plans = [(life, docket.plan(life, departments)) for life in lives]
    rows = _sorted([row for life in lives for row in (life.case, *life.fresh)])
    rows[Report].sort(key=lambda row: row["id"])  # batches with the same reports then wait, and lock nobody out
    rows[DocketEntry] = [row for life, entries in plans for row in _entries(life, entries)]
    rows[DocketCount] = _ledger(docket.count_changes((), [entry for _life, entries in plans for entry in entries]))
    return _insert(rows, [fact for life in lives for fact in life.facts])


def _sorted(instances: Iterable[Model]) -> dict[type[Model], list[dict[str, Any]]]:
    rows: dict[type[Model], list[dict[str, Any]]] = {}
    for instance in instances:
        model = type(instance)
        rows.setdefault(model, []).append({name: read(instance) for name, read in _readers(model)})
    return rows


def _entries(life: Life, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [{**vars(entry), "case_id": life.case.pk} for entry in entries]


def _ledger(changes: Iterable[tuple[str, int, str, Any, int]]) -> list[dict[str, Any]]:
    names = ("holder", "holder_id", "tray", "due_on", "amount")
    return [dict(zip(names, change, strict=True)) for change in changes]


def _insert(rows: dict[type[Model], list[dict[str, Any]]], facts: Iterable[Told]) -> dict[UUID, str]:
    """One statement for the rows of all tables and the facts. Gives the numbers of new cases."""
    tables = tuple(model for model in TABLES if rows.get(model))
    values: list[str] = []
    for model in tables:
        if model is Case:
            values.append(environment().time_zone)
        values.append(msgspec.json.encode(rows[model]).decode())
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:  # prepared, unlike Django's own
        cursor.execute(_statement(tables), [*values, as_parameter(facts)], prepare=True)
        return dict(cursor.fetchall())


@lru_cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return tuple(str(field.column) for field in fields if not isinstance(field, BigAutoField))


@lru_cache
def _readers(model: type[Model]) -> tuple[tuple[str, Callable[[Model], Any]], ...]:
    """For each column what JSON says of it."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    return tuple((str(field.column), _reader(field)) for field in fields if not isinstance(field, BigAutoField))


def _reader(field: "Field[Any, Any]") -> Callable[[Model], Any]:
    read = attrgetter(field.attname)
    if isinstance(field, EncryptedField):
        return lambda row: _hexadecimal(encrypt(read(row), field.place))
    if isinstance(field, BinaryField):
        return lambda row: _hexadecimal(read(row))
    return read


def _hexadecimal(value: bytes) -> str:
    """Bytes as PostgreSQL reads them out of JSON."""
    return "\\x" + bytes(value).hex()


@lru_cache
def _statement(tables: tuple[type[Model], ...]) -> str:
    parts = [
        f"new_{model._meta.db_table} AS (INSERT INTO {model._meta.db_table} ({names}) "  # noqa: SLF001
        f"SELECT {_given(model)} FROM jsonb_populate_recordset(NULL::{model._meta.db_table}, %s::jsonb)"  # noqa: SLF001
        f"{' RETURNING id, number' if model is Case else ''})"
        for model in tables
        for names in [", ".join(_columns(model))]
    ]
    parts.append(f"new_facts AS ({INSERT_GIVEN})")
    result = "SELECT id, number FROM new_case_case" if Case in tables else "SELECT NULL, NULL WHERE false"
    return f"WITH {', '.join(parts)} {result}"


def _given(model: type[Model]) -> str:
    numbered = model is Case
    return ", ".join(NUMBER if numbered and column == "number" else column for column in _columns(model))
