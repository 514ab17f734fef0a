"""Open cases that were given a signal of their promise are put into the tray of those that are warned."""

from typing import Any

from django.db import migrations

from jingwei.kernel.public import environment

ENTRIES = """
    WITH warned AS (
        INSERT INTO case_docket (case_id, holder, holder_id, is_party, tray, category_code, due_at)
        SELECT case_id, holder, holder_id, false, 'warned', entry.category_code, entry.due_at
        FROM case_docket AS entry JOIN case_case ON case_case.id = case_id
        WHERE tray IN ('file', 'dispatch', 'below', 'accept', 'hand', 'pause') AND signalled > 0 AND handled_at IS NULL
        RETURNING holder, holder_id, due_at
    )
    INSERT INTO case_docket_count (holder, holder_id, tray, due_on, amount)
    SELECT holder, holder_id, 'warned', (due_at AT TIME ZONE %s)::date, count(*) FROM warned GROUP BY 1, 2, 4
"""


def put_in(_apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute(ENTRIES, [environment().time_zone])


def take_out(_apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM case_docket WHERE tray = 'warned'")
        cursor.execute("DELETE FROM case_docket_count WHERE tray = 'warned'")


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_warned_is_a_tray")]

    operations = [migrations.RunPython(put_in, take_out)]
