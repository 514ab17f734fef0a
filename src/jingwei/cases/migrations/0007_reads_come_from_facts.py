from django.db import migrations

BRING = """
    INSERT INTO personal_read (id, kind, reader_id, subject_id, thing, code, reason, words, read_at)
    SELECT f.id, 'cases.words', f.actor_id, r.member_id, f.data ->> 'case_id', f.code, 'work', '', f.occurred_at
    FROM fact f
    JOIN member ON member.id = f.actor_id
    LEFT JOIN LATERAL (
        SELECT member_id FROM case_report WHERE case_id = (f.data ->> 'case_id')::uuid ORDER BY received_at LIMIT 1
    ) r ON true
    WHERE f.kind = 'case.words_read' AND r.member_id IS DISTINCT FROM f.actor_id
"""
TAKE_BACK = "DELETE FROM personal_read USING fact WHERE personal_read.id = fact.id AND fact.kind = 'case.words_read'"


class Migration(migrations.Migration):
    """Reads that were noted as facts so far; the facts stay, and nothing reads them any more."""

    dependencies = [("cases", "0006_plain_contacts_go"), ("people", "0006_reads")]

    operations = [migrations.RunSQL(BRING, TAKE_BACK)]
