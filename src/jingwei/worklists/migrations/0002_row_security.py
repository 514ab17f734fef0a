"""What grids wrote down is there for whoever wrote it, for the duties of work lists at its place, and for the office."""

from django.db import migrations

from jingwei.kernel.row_security import Protect

NUMBERS = ("CREATE SEQUENCE work_list_serial AS bigint", "DROP SEQUENCE work_list_serial")
CONCERNED = """
    department_id = ANY (jw_departments()) AND jw_holds('worklists.issue')
    OR (
        (jw_holds('worklists.answer') OR jw_holds('worklists.sort') OR jw_holds('worklists.see')
            OR jw_holds('worklists.issue'))
        AND code >= jw_low() AND code <= jw_high() AND coalesce(code <@ jw_ranges(), true)
    )
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("worklists", "0001_worklists")]

    operations = [
        migrations.RunSQL(*NUMBERS),
        Protect("work_answer", own=("member_id",), also=CONCERNED),
        Protect("work_step", own=("member_id",), also=CONCERNED),
    ]
