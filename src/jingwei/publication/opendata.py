"""Open data: all public cases of an area in one file, CSV or JSON, under CC BY 4.0.

PostgreSQL writes the rows into a file (COPY), and the file is sent from disk: memory stays flat, however many there
are. A file serves all who ask within a quarter of an hour.
"""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import connection
from psycopg import Cursor

from jingwei.cases.public import current
from jingwei.kernel.public import clock, environment
from jingwei.places.public import Area, codes, spans_of

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
KEPT = timedelta(minutes=15)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""So that spreadsheets read the Chinese."""
CSV, JSON = "csv", "json"
KINDS = {CSV: "text/csv; charset=utf-8", JSON: "application/json"}

# A title that a spreadsheet would take for a formula gets an apostrophe.
ROWS = """
    SELECT number, public_case.code::text AS area, category_code AS category, coalesce(class.zh, '') AS category_zh,
        coalesce(class.en, '') AS category_en, {title} AS title, status, outcome, reported_at, filed_at, dispatched_at,
        begun_at, handled_at, closed_at, due_at,
        CASE WHEN NOT is_excluded THEN handled_at <= due_at END AS on_time, longitude, latitude, supporters
    FROM public_case LEFT JOIN unnest(%s::text[], %s::text[], %s::text[]) AS class (code, zh, en)
        ON class.code = category_code
    WHERE is_shown AND public_case.code <@ %s::int8multirange
"""
PLAIN = "title"
GUARDED = "CASE WHEN title ~ '^[-=+@\\t]' THEN '''' || title ELSE title END"
AS_CSV = f"COPY ({ROWS.format(title=GUARDED)}) TO STDOUT (FORMAT csv, HEADER)"
# JSON text as it is: with these marks, which JSON never holds, CSV quotes nothing.
AS_JSON = f"""
    COPY (SELECT CASE WHEN row_number() OVER () > 1 THEN ',' ELSE '' END || row_to_json(one)
    FROM ({ROWS.format(title=PLAIN)}) AS one) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')
"""


def export(area: Area, kind: str, now: datetime | None = None) -> Path:
    """The file with the public cases of an area; a new one where the last has grown old."""
    folder = environment().home / "open-data"
    path = folder / f"{codes.write(area.code)}.{kind}"
    oldest = ((now or clock.now()) - KEPT).timestamp()
    if not path.exists() or path.stat().st_mtime < oldest:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(area, kind, path)
    return path


def _write(area: Area, kind: str, path: Path) -> None:
    """Whole, or not at all: whoever is fetching the old one goes on with it."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(BYTE_ORDER_MARK if kind == CSV else b"[\n")
            connection.ensure_connection()
            with (
                connection.wrap_database_errors,
                Cursor(connection.connection) as cursor,
                cursor.copy(AS_CSV if kind == CSV else AS_JSON, _given(area)) as rows,
            ):
                for block in rows:
                    file.write(block)
            file.write(b"" if kind == CSV else b"]\n")
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)


def _given(area: Area) -> list[object]:
    known = current().values()
    ranges = ",".join(f"[{first},{last}]" for first, last in spans_of(area.code))
    return [
        [one.code for one in known],
        [one.name_zh for one in known],
        [one.name_en for one in known],
        f"{{{ranges}}}",
    ]
