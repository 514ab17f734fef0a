"""The function that makes partitions is the worker's alone, and sees no temporary table before ours."""

from django.db import migrations

from jingwei.kernel.row_security import pinned

MAKE = "make_fact_partitions(date, integer)"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_policy_reports")]

    operations = [
        migrations.RunSQL(pinned(MAKE), f"ALTER FUNCTION {MAKE} SET search_path FROM CURRENT"),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {MAKE} FROM PUBLIC", f"GRANT EXECUTE ON FUNCTION {MAKE} TO PUBLIC"),
    ]
