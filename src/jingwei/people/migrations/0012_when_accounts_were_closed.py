from django.db import migrations

CLOSED = """
    UPDATE member SET closed_at = coalesce(
        (SELECT max(occurred_at) FROM fact
         WHERE kind = 'people.member_closed' AND (data ->> 'member_id')::bigint = member.id), now())
    WHERE NOT is_active AND closed_at IS NULL
"""


class Migration(migrations.Migration):
    """Accounts that were closed before their time was kept. When somebody last came in is counted from this day."""

    dependencies = [("people", "0011_coming_and_going")]

    operations = [migrations.RunSQL(CLOSED, migrations.RunSQL.noop)]
