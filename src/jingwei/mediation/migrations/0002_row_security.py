"""A dispute is there for those who have a seat at it; while nobody arranges it, its header for whoever may.

Area opens nothing else here: whoever sees all cases of a place sees no dispute of it.
"""

from django.db import migrations

from jingwei.kernel.row_security import Definer, Protect

NUMBERS = ("CREATE SEQUENCE mediation_serial AS bigint", "DROP SEQUENCE mediation_serial")
# A party sees that there is one, and how it ended: in what is held of them. Asked in the caller's name.
PARTY_OF = (
    "CREATE FUNCTION mediation_party_of(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$"
    " BEGIN RETURN EXISTS (SELECT FROM mediation_party WHERE mediation_id = wanted AND member_id = jw_member()); END $$",
    "DROP FUNCTION mediation_party_of(uuid)",
)
SEATED = "mediation_seated(mediation_id)"
FILES = ("agreement", "paper", "session", "step", "visit")
WAITS = """
    is_waiting AND jw_holds('mediation.appoint')
    AND office >= jw_low() AND office <= jw_high() AND coalesce(office <@ jw_ranges(), true)
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("mediation", "0001_mediation")]

    operations = [
        migrations.RunSQL(*NUMBERS),
        # Past the policies, because the policy of seats asks it too.
        Definer(
            "mediation_seated(uuid)",
            "mediation_seated(wanted uuid) RETURNS boolean LANGUAGE sql STABLE",
            """
            SELECT EXISTS (
                SELECT FROM mediation_seat
                WHERE mediation_id = wanted AND until IS NULL
                    AND member_id = nullif(current_setting('jw.member', true), '')::bigint
            )
            """,
        ),
        # How many, and nothing else.
        Definer(
            "mediation_figures(bigint,bigint,timestamptz)",
            "mediation_figures(first bigint, last bigint, since timestamptz)"
            " RETURNS TABLE (level varchar, result varchar, n bigint) LANGUAGE sql STABLE",
            """
            SELECT m.level, m.result, count(*) FROM mediation m
            WHERE m.code BETWEEN first AND last AND m.opened_at >= since GROUP BY 1, 2
            """,
        ),
        # Whoever begins to mediate, or takes one on, sits down first.
        Protect("mediation_seat", own=("member_id",), also=SEATED),
        Protect("mediation_party", own=("member_id",), also=SEATED),
        migrations.RunSQL(*PARTY_OF),
        *(Protect(f"mediation_{name}", also=SEATED) for name in FILES),
        Protect(
            "mediation",
            also=f"mediation_seated(id) OR mediation_party_of(id) OR ({WAITS})",
            insert="jw_someone()",
        ),
    ]
