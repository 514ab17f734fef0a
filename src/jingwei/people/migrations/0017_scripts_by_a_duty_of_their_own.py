"""Whoever sets up a site here writes what is said to callers, as before: that has a duty of its own now."""

from django.db import migrations

GIVE = """
    UPDATE role_duties SET duties = array_append(duties, 'counter.scripts')
    WHERE 'configuration.manage' = ANY (duties) AND NOT 'counter.scripts' = ANY (duties)
"""
TAKE = "UPDATE role_duties SET duties = array_remove(duties, 'counter.scripts')"


class Migration(migrations.Migration):
    dependencies = [("people", "0016_row_security")]

    operations = [migrations.RunSQL(GIVE, TAKE)]
