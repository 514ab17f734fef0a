"""What searching looks at: the functions that `jingwei.kernel.searching` tells of.

They are IMMUTABLE so that indexes may be made of them. Those of names read a table for that: whoever changes the readings
of characters builds the indexes of names anew (REINDEX).
"""

from django.db import migrations

from jingwei.kernel.row_security import pinned

# Pairs, where pg_trgm takes three characters: most Chinese words have two, and some have one. In plpgsql, which splits
# the text once: written as one query it is split again for every pair.
WORD_PARTS = r"""
CREATE FUNCTION word_parts(said text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    c text[] := string_to_array(lower(said), NULL);
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT part) FROM (
            SELECT c[n] || c[n + 1] AS part FROM generate_series(1, cardinality(c) - 1) AS n
            UNION ALL
            SELECT one FROM unnest(c) AS one WHERE ascii(one) BETWEEN 13312 AND 40959 OR ascii(one) >= 131072
        ) AS parts WHERE part !~ '\s'
    ), '{}');
END
$$
"""
ASKED_PARTS = r"""
CREATE FUNCTION asked_parts(said text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    parts text[] := word_parts(said);
    pairs text[] := ARRAY(SELECT part FROM unnest(parts) AS part WHERE length(part) > 1);
BEGIN
    RETURN nullif(CASE WHEN cardinality(pairs) > 0 THEN pairs ELSE parts END, '{}');
END
$$
"""
# Each variant has one character read otherwise than usual: all of them at once would be too many.
NAME_KEY = r"""
CREATE FUNCTION name_key(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    read text[];
    whole text := '';
    initials text := '';
    wholes text[] := '{}';
    others text[] := '{}';
BEGIN
    IF name !~ '[\u4e00-\u9fff]' THEN
        RETURN lower(name);
    END IF;
    FOR read IN
        SELECT coalesce(r.syllables, ARRAY[c]) FROM unnest(string_to_array(lower(name), NULL)) WITH ORDINALITY AS t(c, n)
        LEFT JOIN reading r ON r.character = c WHERE c !~ '\s' ORDER BY n
    LOOP
        FOR i IN 1..cardinality(wholes) LOOP
            wholes[i] := wholes[i] || read[1];
        END LOOP;
        FOR i IN 1..cardinality(others) LOOP
            others[i] := others[i] || left(read[1], 1);
        END LOOP;
        FOR i IN 2..cardinality(read) LOOP
            wholes := wholes || (whole || read[i]);
            IF left(read[i], 1) <> left(read[1], 1) THEN
                others := others || (initials || left(read[i], 1));
            END IF;
        END LOOP;
        whole := whole || read[1];
        initials := initials || left(read[1], 1);
    END LOOP;
    RETURN array_to_string(ARRAY[lower(name), whole] || wholes || initials || others, ' ');
END
$$
"""
# Where what somebody types may begin: "^cha" in the middle of a syllable, "+chaoy" behind it, "*cy" and "*cyl" as
# initials. Characters and letters of the name itself have no sign before them.
NAME_PARTS = r"""
CREATE FUNCTION name_parts(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    read text[];
    one text;
    letter text;
    pair text;
    before text[] := '{}';
    pairs_before text[] := '{}';
    pairs text[];
    parts text[] := word_parts(name);
BEGIN
    IF name !~ '[\u4e00-\u9fff]' THEN
        RETURN parts;
    END IF;
    FOR read IN
        SELECT coalesce(r.syllables, ARRAY[c]) FROM unnest(string_to_array(lower(name), NULL)) WITH ORDINALITY AS t(c, n)
        LEFT JOIN reading r ON r.character = c WHERE c !~ '\s' ORDER BY n
    LOOP
        pairs := '{}';
        FOREACH one IN ARRAY read LOOP
            FOR n IN 2..length(one) LOOP
                parts := parts || ('^' || left(one, n));
            END LOOP;
            letter := left(one, 1);
            FOREACH pair IN ARRAY before LOOP
                parts := parts || ('+' || pair || letter);
                pair := left(pair, 1) || letter;
                IF pair <> ALL (pairs) THEN
                    pairs := pairs || pair;
                    parts := parts || ('*' || pair);
                END IF;
            END LOOP;
            FOREACH pair IN ARRAY pairs_before LOOP
                parts := parts || ('*' || pair || letter);
            END LOOP;
        END LOOP;
        before := read;
        pairs_before := pairs;
    END LOOP;
    RETURN parts;
END
$$
"""
ASKED_NAME_PARTS = r"""
CREATE FUNCTION asked_name_parts(said text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    typed text := lower(regexp_replace(said, '\s', '', 'g'));
    parts text[] := asked_parts(said);
BEGIN
    IF typed ~ '[\u3400-\u9fff]' OR length(typed) < 2 THEN
        RETURN parts[1:1];
    END IF;
    RETURN ARRAY['^' || typed, '*' || left(typed, 3), left(typed, 2)]
        || ARRAY(SELECT '+' || left(typed, n) FROM generate_series(2, least(length(typed), 7)) AS n);
END
$$
"""
IS_CALLED = r"""
CREATE FUNCTION is_called(name text, said text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    typed text := lower(said);
    key text;
BEGIN
    IF strpos(lower(name), typed) > 0 THEN
        RETURN true;
    ELSIF typed ~ '[\u3400-\u9fff]' OR name !~ '[\u4e00-\u9fff]' THEN
        RETURN false;
    END IF;
    key := name_key(name);
    RETURN strpos(key, typed) > 0 OR strpos(key, replace(typed, ' ', '')) > 0;
END
$$
"""

PINNED = (
    "asked_parts(text)",
    "name_key(text)",
    "name_parts(text)",
    "asked_name_parts(text)",
    "is_called(text, text)",
)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_readings_of_characters")]

    operations = [
        migrations.RunSQL(WORD_PARTS, "DROP FUNCTION word_parts(text)"),
        migrations.RunSQL(ASKED_PARTS, "DROP FUNCTION asked_parts(text)"),
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION name_key(text)"),
        migrations.RunSQL(NAME_PARTS, "DROP FUNCTION name_parts(text)"),
        migrations.RunSQL(ASKED_NAME_PARTS, "DROP FUNCTION asked_name_parts(text)"),
        migrations.RunSQL(IS_CALLED, "DROP FUNCTION is_called(text, text)"),
        # Indexes are built and vacuumed under a search path without our schema.
        *(migrations.RunSQL(pinned(function), migrations.RunSQL.noop) for function in PINNED),
    ]
