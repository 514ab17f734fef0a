"""Open cases are found by the square of the map in which they lie, and when they were reported: for twins."""

from django.db import migrations

# As `places/squares.py` numbers squares.
SQUARE = "(floor(latitude * 400)::bigint * 100000 + floor(longitude * 400)::bigint)"
OPEN = "status IN ('reported', 'filed', 'dispatched', 'in_hand', 'handled')"


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_signals_of_open_cases")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX case_twins ON case_case (({SQUARE}), reported_at) WHERE {OPEN} AND longitude IS NOT NULL",
            "DROP INDEX case_twins",
        )
    ]
