"""The number that changes whenever the map does, so that every process knows when its copy is old.

It is made from the time, so that one that was rolled back never comes again with another content.
"""

import threading

from django.db import connection

BUMP = """
    INSERT INTO map_version (id, number, transaction)
    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, pg_current_xact_id()::text::bigint)
    ON CONFLICT (id) DO UPDATE
    SET number = greatest(map_version.number + 1, excluded.number), transaction = excluded.transaction
    RETURNING number
"""
READ = """
    SELECT number, transaction IS NOT DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
    FROM map_version
"""


class _Here(threading.local):
    is_writing = False


_here = _Here()


def bump() -> int:
    """Say that the map is being changed. Other changes of the map wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(BUMP)
        (number,) = cursor.fetchone()
    _here.is_writing = True
    return int(number)


def read() -> tuple[int, bool]:
    """The map's number (0 before any change), and whether the transaction we are in changed it."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        number, _here.is_writing = cursor.fetchone() or (0, False)
    return int(number), _here.is_writing


def may_be_ours() -> bool:
    """Whether this thread changed the map and has not looked since: its transaction may still be open."""
    return _here.is_writing
