"""Members are found by name past the policies, under which no index of names serves: ids only, of those in reach."""

from django.db import migrations

from jingwei.kernel.row_security import Definer

INDEXES = {"member_name_parts": "name", "member_username_parts": "username"}
# As the policies of `member` say it.
FIND = """
BEGIN
    IF asked_name_parts(said) IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.id FROM (
        SELECT m.id FROM member m
        WHERE (name_parts(m.name) && asked_name_parts(said) AND is_called(m.name, said)
                OR name_parts(m.username) && asked_name_parts(said) AND is_called(m.username, said))
            AND (m.id = jw_member() OR jw_whole() OR jw_holds('people.accounts') OR jw_holds('sign-in')
                OR m.kind <> 'resident' AND jw_someone())
        LIMIT most
    ) AS found ORDER BY found.id;
END
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_parts_of_words"), ("people", "0017_scripts_by_a_duty_of_their_own")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE INDEX {name} ON member USING gin (name_parts({column}))",
                f"DROP INDEX {name}",
            )
            for name, column in INDEXES.items()
        ),
        Definer(
            "find_members(text, integer)",
            "find_members(said text, most integer) RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 50",
            FIND,
        ),
    ]
