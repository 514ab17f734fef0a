"""The SQL of importing areas. `staged` holds the rows of one file, and each statement is about one level of it."""

from jingwei.places.imports.sources import Row

FORGET = "DROP TABLE IF EXISTS pg_temp.staged"
CREATE = """
    CREATE TEMPORARY TABLE staged (
        line integer, level text, code bigint, parent bigint, name text, name_en text, standard text,
        begins_on date, longitude float8, latitude float8
    )
"""
COPY = f"COPY staged ({', '.join(Row._fields)}) FROM STDIN"

# Areas that once got another code than their digits say keep it.
KEEP_CODES = """
    UPDATE staged SET code = area.code FROM area
    WHERE staged.level = %(level)s AND area.level = %(level)s AND area.standard_code = staged.standard
        AND area.code IS DISTINCT FROM staged.code AND area.parent_id IS NOT DISTINCT FROM staged.parent
"""
FREE_ROOTS = """
    UPDATE staged SET parent = NULL
    WHERE level = %(level)s AND parent IS NOT NULL AND NOT EXISTS (SELECT FROM area WHERE code = staged.parent)
"""
# What is already as the file says needs no further look.
UNCHANGED = """
    WITH same AS (
        DELETE FROM staged USING area
        WHERE staged.level = %(level)s AND area.code = staged.code
            AND area.parent_id IS NOT DISTINCT FROM staged.parent AND area.ends_on IS NULL
            AND area.name = staged.name AND area.name_en = coalesce(staged.name_en, area.name_en)
            AND (staged.standard IS NULL OR area.standard_code = staged.standard)
            AND (staged.longitude IS NULL OR area.longitude = staged.longitude)
            AND (staged.latitude IS NULL OR area.latitude = staged.latitude)
        RETURNING 1
    )
    SELECT count(*) FROM same
"""
# A code that another area has, or that an earlier line took, is not free.
YIELD_TO_AREAS = """
    UPDATE staged SET code = NULL FROM area
    WHERE staged.level = %(level)s AND area.code = staged.code AND area.standard_code <> staged.standard
"""
YIELD_TO_LINES = """
    UPDATE staged SET code = NULL
    FROM (SELECT code, min(line) AS first FROM staged WHERE level = %(level)s GROUP BY code HAVING count(*) > 1) AS same
    WHERE staged.code = same.code AND staged.line > same.first
"""
HOMELESS = "SELECT line, parent FROM staged WHERE level = %(level)s AND code IS NULL ORDER BY line"
TAKEN = """
    SELECT code FROM area WHERE level = %(level)s AND code BETWEEN %(first)s AND %(last)s
    UNION SELECT code FROM staged WHERE level = %(level)s AND code BETWEEN %(first)s AND %(last)s
"""
GIVE_CODE = "UPDATE staged SET code = %(code)s WHERE line = %(line)s"
FULL = "DELETE FROM staged WHERE line = %(line)s RETURNING line, standard, parent"
# Each takes out the rows at fault and tells their line, the value at fault, and what else its sentence names.
SAME = """
    DELETE FROM staged USING (
        SELECT {key}, min(line) AS first FROM staged WHERE level = %(level)s GROUP BY {key} HAVING count(*) > 1
    ) AS same
    WHERE {match} AND staged.level = %(level)s AND staged.line > same.first
    RETURNING staged.line, {value}, same.first
"""
STANDARD_TWICE = SAME.format(key="standard", match="staged.standard = same.standard", value="staged.standard")
CODE_TWICE = SAME.format(key="code", match="staged.code = same.code", value="staged.code")
NAME_TWICE = SAME.format(
    key="parent, name", match="(staged.parent, staged.name) = (same.parent, same.name)", value="staged.name"
)
MOVED = """
    DELETE FROM staged USING area
    WHERE staged.level = %(level)s AND area.level = %(level)s AND area.standard_code = staged.standard
        AND area.code IS DISTINCT FROM staged.code
    RETURNING staged.line, staged.standard, area.code
"""
ORPHAN = """
    DELETE FROM staged
    WHERE level = %(level)s AND parent IS NOT NULL
        AND NOT EXISTS (SELECT FROM area WHERE code = staged.parent AND ends_on IS NULL)
    RETURNING line, parent, parent
"""
ENDED = """
    DELETE FROM staged USING area
    WHERE staged.level = %(level)s AND area.code = staged.code AND area.ends_on IS NOT NULL
    RETURNING staged.line, staged.code, area.ends_on
"""
NAME_TAKEN = """
    DELETE FROM staged USING area
    WHERE staged.level = %(level)s AND (area.parent_id, area.name) = (staged.parent, staged.name)
        AND area.ends_on IS NULL AND area.code <> staged.code
    RETURNING staged.line, staged.name, area.code
"""
MERGE = """
    WITH given AS (
        SELECT * FROM staged WHERE level = %(level)s AND line >= %(first)s AND line < %(first)s + %(batch)s
    ), created AS (
        INSERT INTO area (code, level, parent_id, name, name_en, standard_code, begins_on, longitude, latitude)
        SELECT code, level, parent, name, coalesce(name_en, ''), standard, coalesce(begins_on, %(today)s),
            longitude, latitude
        FROM given WHERE NOT EXISTS (SELECT FROM area WHERE area.code = given.code)
        RETURNING code
    ), wanted AS (
        SELECT area.code, given.name, coalesce(given.name_en, area.name_en) AS name_en,
            coalesce(given.standard, area.standard_code) AS standard,
            coalesce(given.longitude, area.longitude) AS longitude,
            coalesce(given.latitude, area.latitude) AS latitude
        FROM given JOIN area USING (code)
    ), changed AS (
        UPDATE area SET name = wanted.name, name_en = wanted.name_en, standard_code = wanted.standard,
            longitude = wanted.longitude, latitude = wanted.latitude
        FROM wanted
        WHERE area.code = wanted.code
            AND (area.name, area.name_en, area.standard_code, area.longitude, area.latitude) IS DISTINCT FROM
                (wanted.name, wanted.name_en, wanted.standard, wanted.longitude, wanted.latitude)
        RETURNING area.code
    ), touched AS (
        SELECT code FROM created UNION ALL SELECT code FROM changed
    )
    SELECT (SELECT count(*) FROM given), (SELECT count(*) FROM created), (SELECT count(*) FROM changed),
        (SELECT min(code) FROM touched), (SELECT max(code) FROM touched)
"""
