"""Flags are there for those of their place; a limit for whoever it concerns, and for those who decide and review there."""

from django.db import migrations

from jingwei.kernel.row_security import Protect

OFFICERS = """
    (jw_holds('repeats.decide') OR jw_holds('repeats.review'))
    AND office >= jw_low() AND office <= jw_high() AND coalesce(office <@ jw_ranges(), true)
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("repeats", "0001_repeats")]

    operations = [
        Protect("repeat_flag", area="code"),
        Protect("repeat_limit", own=("member_id",), also=OFFICERS),
    ]
