"""Statements that every request makes are planned once per connection, where Django's own are planned each time."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class _Prepared(Cursor[tuple[Any, ...]]):
    def execute(self, query: Any, params: Sequence[Any] | None = None, **options: Any) -> Self:  # type: ignore[override]
        return super().execute(query, params, **{**options, "prepare": True})


def prepared_cursor() -> CursorWrapper:
    """A cursor of Django's: counted and watched like any other. Psycopg forgets its plans when something is undone."""
    connection.ensure_connection()
    cursor: Any = _Prepared(connection.connection)  # Django takes any cursor of the driver
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    wrapped: CursorWrapper = make(cursor)
    return wrapped
