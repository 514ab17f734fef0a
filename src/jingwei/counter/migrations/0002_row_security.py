"""A call is there for its clerk, for whom it was handed to, for the caller's own account, and at its counter's place."""

from django.db import migrations

from jingwei.kernel.row_security import Definer, Protect


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_reach"),
        ("people", "0016_row_security"),
        ("cases", "0012_row_security"),
        ("counter", "0001_initial"),
    ]

    operations = [
        Protect(
            "counter_call",
            own=("clerk_id", "to_member_id", "handed_by_id", "caller_id"),
            area="code",
            also="to_department_id = ANY (jw_departments())",
        ),
        Definer(
            "resident_with_phone(bytea[])",
            "resident_with_phone(wanted bytea[]) RETURNS bigint LANGUAGE sql STABLE",
            "SELECT id FROM member WHERE phone_index = ANY (wanted) AND kind = 'resident' AND is_active LIMIT 1",
        ),
    ]
