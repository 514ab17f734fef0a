"""Who follows a case: for telling them how it goes on, by the worker alone."""

from uuid import UUID

from django.db import connection


def followers_of(case_id: UUID) -> list[int]:
    """The members who follow a case. Only the worker may ask: nobody else is to know them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM followers_of(%s)", [case_id])
        return [member_id for (member_id,) in cursor.fetchall()]
