"""Words of one character are found, and numbers by how they end."""

from django.db import migrations

from jingwei.kernel.row_security import Definer

# Planned anew for each search: some characters stand in every other report, others in three.
FIND = """
DECLARE
    asked text[] := asked_parts(said);
BEGIN
    IF asked IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE $query$
        SELECT latest.case_id FROM (
            SELECT w.case_id, w.id FROM case_words w
            WHERE word_parts(w.text) @> $1 AND strpos(lower(w.text), lower($2)) > 0
                AND (w.code >= jw_low() AND w.code <= jw_high() AND coalesce(w.code <@ jw_ranges(), true)
                    OR EXISTS (
                        SELECT FROM case_docket d WHERE d.case_id = w.case_id AND d.is_party AND (
                            d.holder = 'm' AND d.holder_id = jw_member()
                            OR d.holder = 'd' AND d.holder_id = ANY (jw_departments()))))
            ORDER BY w.id DESC LIMIT $3 * 4
        ) AS latest GROUP BY latest.case_id ORDER BY max(latest.id::text) DESC LIMIT $3
    $query$ USING asked, said, most;
END
"""
BEFORE = """
BEGIN
    IF said !~ '\\S\\S' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT w.case_id FROM case_words w
    WHERE word_pairs(w.text) @> word_pairs(said) AND strpos(lower(w.text), lower(said)) > 0
        AND (w.code >= jw_low() AND w.code <= jw_high() AND coalesce(w.code <@ jw_ranges(), true)
            OR EXISTS (
                SELECT FROM case_docket d WHERE d.case_id = w.case_id AND d.is_party AND (
                    d.holder = 'm' AND d.holder_id = jw_member()
                    OR d.holder = 'd' AND d.holder_id = ANY (jw_departments()))))
    GROUP BY w.case_id ORDER BY max(w.id::text) DESC LIMIT most;
END
"""
NAME, DECLARED = "find_words(text, integer)", "find_words(said text, most integer) RETURNS SETOF uuid LANGUAGE plpgsql"
FOUND_BEFORE = Definer(NAME, f"{DECLARED} STABLE ROWS 50", BEFORE)
PAIRS = r"""
CREATE FUNCTION word_pairs(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
    FROM (SELECT string_to_array(lower(said), NULL) AS c) AS t,
        LATERAL (SELECT c[n] || c[n + 1] AS pair FROM generate_series(1, cardinality(c) - 1) AS n) AS pairs
    WHERE pair !~ '\s'
$$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_parts_of_words"), ("cases", "0032_meaning_learned")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX case_words_parts ON case_words USING gin (word_parts(text))",
            "DROP INDEX case_words_parts",
        ),
        migrations.RunSQL(FOUND_BEFORE.reverse_sql, FOUND_BEFORE.sql),
        Definer(NAME, f"{DECLARED} STABLE ROWS 50", FIND),
        migrations.RunSQL(
            "DROP INDEX case_words_pairs",
            "CREATE INDEX case_words_pairs ON case_words USING gin (word_pairs(text))",
        ),
        migrations.RunSQL("DROP FUNCTION word_pairs(text)", PAIRS),
        migrations.RunSQL(
            "CREATE INDEX case_number_end ON case_case (reverse(number) text_pattern_ops)",
            "DROP INDEX case_number_end",
        ),
    ]
