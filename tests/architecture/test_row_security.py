"""No table that says something about a person is open to the programs: a policy for each, or a reason why not."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from jingwei.kernel.grants import WEB, WORKER
from jingwei.kernel.personal_data import declared
from jingwei.kernel.public import NOWHERE, opened

SOURCE = Path(__file__).parents[2] / "src" / "jingwei"

# Tables with personal columns and without a policy. What stands in them is a number that leads to a row under policy,
# or is read by the very lists that find out what somebody may see.
OPEN = {
    "case_case": "names nobody; its place is that of the matter. Permits read it to find out who may see what",
    "case_step": "ids of members and codes; what was said stands in case_words",
    "case_stage": "ids of members",
    "case_assignment": "ids of members: policies ask it who has a case",
    "case_docket": "ids of members: policies ask it who has a case",
    "case_docket_count": "how many cases lie on a desk",
    "area_change": "ids of those who answer for a change: the trail of an office",
    "boundary_draft": "ids of those who answer for a boundary",
    "boundary_draft_step": "ids of those who answer for a boundary",
    "boundary_upload": "ids of those who answer for a boundary",
    "routing_edition": "ids of those who answer for the rules of routing",
    "counter_script": "ids of those who decided what is said to callers",
    "configuration_set": "ids of those who answer for a configuration",
    "webhook": "ids of those who decided that another system is told",
    "fact": "ids and codes, never words: read in the order of its numbers by relay and streams",
    "rate_counter": "keyed digests of names and addresses, for a day",
}

# Where everything is opened, and why that is not too much. A request never gets there by what it asks for.
WHOLE_IS_OPENED_IN = {
    "cases/actions/rescheduling.py": "the nightly job that moves dates",
    "cases/actions/suspending.py": "suspended cases go on when their review is over",
    "cases/actions/sweep.py": "signals are due wherever a clock runs",
    "cases/actions/appealing.py": "marks the rating that an upheld appeal is about, which no office may read",
    "cases/actions/joining.py": "cases of one matter, some outside the reach of who joins them",
    "cases/handlers.py": "small copies of photos, whosever they are; whom a move concerns",
    "cases/jobs.py": "upkeep of all cases",
    "cases/privacy.py": "whether somebody else reported a case before, whose words those are then",
    "cases/retention.py": "the nightly job that forgets",
    "cases/store.py": "what stands beside cases goes to another area with them",
    "attachments/retention.py": "the nightly job that forgets",
    "conversations/actions/files.py": "files that the scanner has not seen yet, whosever they are",
    "conversations/actions/waiting.py": "answers are overdue in whatever grid",
    "conversations/handlers.py": "whom a message is for",
    "conversations/retention.py": "the nightly job that forgets",
    "counter/handlers.py": "who called about a case that has moved",
    "counter/jobs.py": "the file that runs",
    "counter/tickets/sheets.py": "whether tickets of a file are known, all over the site",
    "counter/retention.py": "the nightly job that forgets",
    "emergency/calling.py": "an alarm is opened by whoever presses the button; calls are due wherever one is on",
    "emergency/retention.py": "the nightly job that forgets",
    "emergency/roster_board.py": "names of those who may be put on a roster, for whoever makes it",
    "emergency/rosters.py": "whom an alarm calls, whoever raises it",
    "exchange/configuration/management/commands/configuration.py": "a command of the owner's",
    "kernel/retention.py": "the nightly job that forgets",
    "kernel/rotation.py": "the command that takes a new key into use",
    "mediation/jobs.py": "reminders to whoever mediates, wherever",
    "notices/answering.py": "whose number a text message comes from",
    "notices/devices.py": "a browser is one member's alone: whoever had it before is told no more",
    "notices/figures.py": "how many messages wait on each channel, never whose",
    "notices/handlers.py": "sessions that were ended take their browsers along",
    "notices/jobs.py": "what is due to go out, to whomever",
    "notices/management/commands/send_test_notice.py": "a command of the owner's",
    "notices/retention.py": "the nightly job that forgets",
    "offline/handlers.py": "sessions that the administration ended take their phones along",
    "offline/retention.py": "the nightly job that forgets",
    "notices/sending.py": "whoever makes something true tells others of it",
    "people/actions/erasure.py": "what a person leaves behind lies in many places",
    "people/factors/passkeys.py": "whose passkey this is, before anybody is known",
    "people/importing/sheets.py": "whether names and numbers of a list of staff are taken, all over the site",
    "people/jobs.py": "upkeep of all accounts",
    "people/management/commands/import_staff.py": "a command of the owner's",
    "people/management/commands/repeat_erasures.py": "a command of the owner's",
    "people/oidc/linking.py": "whose account of another site this is, before anybody is known",
    "people/reads.py": "names in entries of the log that were found within reach",
    "people/recovery.py": "whose recovery this is, before anybody is known",
    "people/retention.py": "the nightly job that forgets",
    "people/staffing.py": "how many hold a posting where: says of places, not of people",
    "people/web/forms_reads.py": "ids of whom an auditor asks for by name",
    "worklists/handing_over.py": "what stands beside tasks goes to another office with their list",
    "worklists/jobs.py": "reminders to whoever works in the grid, wherever",
    "worklists/zones.py": "what stands beside tasks goes to another area with them",
    "repeats/handlers.py": "rules count what came from the same account, and tell nobody which",
    "places/jobs.py": "changes of areas, which take along what lies there",
}


def rows(query, given=None):
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_table_with_personal_columns_has_a_policy_or_a_reason():
    personal = {model._meta.db_table for model, _column in declared()}
    protected = {name for (name,) in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relispartition")}

    assert personal - protected == OPEN.keys() & personal, "Protect the table in a migration"
    assert OPEN.keys() <= personal, "a reason for a table that holds nothing of persons"
    assert not OPEN.keys() & protected


@pytest.mark.django_db
def test_every_table_is_known_to_the_register_or_a_library_s():
    """A table that no model stands for would escape the register."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    there = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relispartition"
    )

    assert {name for (name,) in there} <= known


@pytest.mark.django_db
def test_every_protected_table_says_who_may_read_add_change_and_delete():
    commands = rows("SELECT tablename, array_agg(DISTINCT cmd ORDER BY cmd) FROM pg_policies GROUP BY 1")

    assert [table for table, asked in commands if {"SELECT", "INSERT", "UPDATE", "DELETE"} - set(asked)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [WEB, WORKER])
def test_programs_own_nothing_and_pass_no_policy_by(role):
    ((is_super, passes_by),) = rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
    owned = rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", [role])

    assert (is_super, passes_by, owned) == (False, False, [])


@pytest.mark.django_db
def test_functions_that_look_past_the_policies_are_pinned_and_not_for_everybody():
    functions = rows(
        "SELECT proname, coalesce(proconfig::text, ''), proacl::text FROM pg_proc"
        " WHERE prosecdef AND pronamespace = current_schema()::regnamespace"
    )

    assert {name for name, _config, _rights in functions} >= {"find_session", "find_key", "known_reports"}
    for name, config, rights in functions:
        assert "search_path" in config, name
        assert "pg_temp" in config, name
        assert rights is not None, f"{name} may be called by everybody"
        assert not re.search(r"[{,]=X", rights), f"{name} may be called by everybody"


@pytest.mark.django_db
def test_without_a_reach_every_protected_table_is_empty():
    tables = [name for (name,) in rows("SELECT DISTINCT tablename FROM pg_policies")]
    with opened(NOWHERE):
        assert {name for name in tables if rows(f"SELECT FROM {name} LIMIT 1")} == set()


def test_everything_is_opened_in_a_few_known_places():
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "/tests/" not in str(path)
        and path.name not in {"testing.py", "reach.py"}
        and re.search(r"(opened|entered)\(WHOLE\)|reach=WHOLE", path.read_text())
    }

    assert found == WHOLE_IS_OPENED_IN.keys()
