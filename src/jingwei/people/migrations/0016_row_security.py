"""Accounts are there for their members, for who manages them, and at the door for who is about to come in."""

from django.db import migrations

from jingwei.kernel.row_security import Allow, Definer, Protect

OFFICERS = "jw_holds('people.accounts')"
DOOR = f"{OFFICERS} OR jw_holds('sign-in')"
WAYS_IN = ("authenticator", "passkey", "spare_code", "trusted_browser", "recovery", "outside_account")
# What opens the rest of the statement that calls: the row's member, as if they had come in already.
ENTER = "PERFORM set_config('jw.member', coalesce(the_row.member_id::text, ''), true);"


def find(name, table, column):
    return Definer(
        f"{name}(text)",
        f"{name}(wanted text) RETURNS SETOF {table} LANGUAGE plpgsql ROWS 1",
        f"""
        DECLARE the_row {table};
        BEGIN
            SELECT * INTO the_row FROM {table} WHERE {column} = wanted;
            IF FOUND THEN
                {ENTER}
                RETURN NEXT the_row;
            END IF;
        END
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("people", "0015_employment_and_teams")]

    operations = [
        Protect("member", own=("id",), also=DOOR),
        # Who works here is no secret to anybody who has come in, or who is told who will look at their report.
        Allow("member", "member_at_work", "kind <> 'resident' AND jw_someone()"),
        # Whoever arranges postings and absences holds the accounts still meanwhile.
        Allow("member", "member_held_still", "kind = 'staff' AND jw_member() IS NOT NULL", "update", check="false"),
        Protect("posting", also="jw_someone()"),
        Protect("api_key", own=("member_id",), also=f"{OFFICERS} OR jw_holds('people.keys')"),
        Protect("session", own=("member_id",), also=f"digest = jw_bearer() OR {DOOR}", insert="true"),
        Protect("sign_in_code", also="jw_holds('sign-in')"),
        *(Allow(table, f"{table}_door", "jw_holds('sign-in')", command="all") for table in WAYS_IN),
        find("find_session", "session", "digest"),
        find("find_key", "api_key", "prefix"),
    ]
