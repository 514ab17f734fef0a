"""Open cases that were not brought in from another system were reckoned by the calendar the platform came with: 0."""

from django.db import migrations

FORWARD = """
    UPDATE case_case SET calendar = 0
    WHERE due_at IS NOT NULL AND status NOT IN ('closed', 'rejected', 'merged', 'withdrawn')
        AND NOT EXISTS (SELECT FROM case_report AS report WHERE report.case_id = case_case.id AND report.source <> '');
    UPDATE case_stage SET calendar = 0
    WHERE ended_at IS NULL
        AND NOT EXISTS (SELECT FROM case_report AS report WHERE report.case_id = case_stage.case_id AND report.source <> '')
"""
BACK = "UPDATE case_case SET calendar = NULL; UPDATE case_stage SET calendar = NULL"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_edition_of_the_calendars")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
