"""What stands beside a case is there for those of its place, for its reporter, and for whoever has it in hand."""

from django.db import migrations

from jingwei.kernel.row_security import Allow, Definer, Protect

# Functions of plpgsql, so that a query is planned as quickly as without policies; they are asked last. They run in the
# caller's name: what they look into is protected itself.
FUNCTIONS = {
    # A live part of the case is the member's, or that of one of their departments.
    "case_in_hand(wanted uuid)": """
        EXISTS (
            SELECT FROM case_docket WHERE case_id = wanted AND is_party
                AND (holder = 'm' AND holder_id = jw_member() OR holder = 'd' AND holder_id = ANY (jw_departments()))
        )
    """,
    "case_reported(wanted uuid)": """
        EXISTS (SELECT FROM case_report WHERE case_id = wanted AND member_id = jw_member())
    """,
    "case_step_taken(wanted uuid)": """
        EXISTS (SELECT FROM case_step WHERE id = wanted AND actor_id = jw_member())
    """,
    # By the policy of reports, those of whom the caller may see one.
    "member_reported(wanted bigint)": """
        EXISTS (SELECT FROM case_report WHERE member_id = wanted)
    """,
    "pending_is_own(wanted uuid)": """
        EXISTS (SELECT FROM case_pending WHERE id = wanted)
    """,
}


def create(apps, schema_editor):
    for name, asked in FUNCTIONS.items():
        schema_editor.execute(
            f"CREATE FUNCTION {name} RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE"
            f" AS $$ BEGIN RETURN {asked}; END $$"
        )


def drop(apps, schema_editor):
    for name in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {name.replace('wanted ', '')}")


BESIDE = "case_in_hand(case_id) OR case_reported(case_id)"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("people", "0016_row_security"), ("cases", "0011_editions_may_return")]

    operations = [
        migrations.RunPython(create, drop),
        # Anybody may report; an import and another system write in the name of others.
        Protect(
            "case_report",
            own=("member_id", "sender_id"),
            area="code",
            also="case_in_hand(case_id)",
            insert="true",
        ),
        Protect(
            "case_words",
            area="code",
            also=f"{BESIDE} OR case_step_taken(step_id)",
            insert="true",
        ),
        Protect("case_photo", own=("member_id",), area="code", also=BESIDE, insert="true"),
        Protect("case_rating", area="code", also=BESIDE, insert="true"),
        Protect("case_pending", own=("member_id",), also="browser = jw_bearer()"),
        Protect("case_pending_photo", also="pending_is_own(report_id)"),
        Allow("member", "member_reported", "member_reported(id)"),
        Definer(
            "known_reports(uuid[])",
            "known_reports(wanted uuid[]) RETURNS TABLE (id uuid, digest bytea, case_id uuid, number varchar)"
            " LANGUAGE plpgsql STABLE",
            """
            #variable_conflict use_column
            BEGIN
                RETURN QUERY SELECT r.id, r.digest, r.case_id, c.number
                FROM case_report r JOIN case_case c ON c.id = r.case_id WHERE r.id = ANY (wanted);
            END
            """,
        ),
    ]
