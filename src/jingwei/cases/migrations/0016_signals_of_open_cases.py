"""Every open case is looked at by the next sweep, which gives what is due and plans what is not."""

from django.db import migrations

LOOK = """
    UPDATE case_case SET signal_at = now()
    WHERE status IN ('reported', 'filed', 'dispatched', 'in_hand', 'handled') AND signal_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_signals")]

    operations = [migrations.RunSQL(LOOK, migrations.RunSQL.noop)]
