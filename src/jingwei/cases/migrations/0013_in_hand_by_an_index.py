"""Whether a case is in hand is part of the query, not a call for each row."""

from django.db import migrations

from jingwei.kernel.row_security import Reprotect

OWN = {"case_report": ("member_id", "sender_id"), "case_photo": ("member_id",)}
REST = {
    "case_report": "",
    "case_words": " OR case_reported(case_id) OR case_step_taken(step_id)",
    "case_photo": " OR case_reported(case_id)",
    "case_rating": " OR case_reported(case_id)",
}


def in_hand(table):
    return (
        f"EXISTS (SELECT FROM case_docket d WHERE d.case_id = {table}.case_id AND d.is_party AND (d.holder = 'm'"
        " AND d.holder_id = jw_member() OR d.holder = 'd' AND d.holder_id = ANY (jw_departments())))"
    )


def reworded(table):
    given = {"own": OWN.get(table, ()), "area": "code"}
    return Reprotect(
        table,
        before={**given, "also": f"case_in_hand(case_id){REST[table]}"},
        after={**given, "also": f"{in_hand(table)}{REST[table]}"},
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_row_security")]

    operations = [reworded(table) for table in REST]
