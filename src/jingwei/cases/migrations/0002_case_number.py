from django.db import migrations

# The day on the district's clock and the district's serial. Six digits, more when a million has been reached.
CREATE = """
CREATE SEQUENCE case_serial AS bigint;
CREATE FUNCTION case_number(at timestamptz, zone text) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT to_char(at AT TIME ZONE zone, 'YYYYMMDD') || '-' || lpad(n::text, greatest(6, length(n::text)), '0')
    FROM nextval('case_serial') AS serial (n)
$$;
"""
DROP = """
DROP FUNCTION case_number(timestamptz, text);
DROP SEQUENCE case_serial;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
