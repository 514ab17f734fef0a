"""The tables of facts: partitioned, append-only."""

import jingwei.kernel.fields
import jingwei.kernel.ids
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = """
CREATE TABLE fact (
    id uuid NOT NULL,
    seq bigint,
    kind varchar(64) NOT NULL,
    code bigint NOT NULL,
    data jsonb NOT NULL,
    actor_id bigint,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE TABLE fact_default PARTITION OF fact DEFAULT;

CREATE INDEX fact_unnumbered ON fact (recorded_at, id) WHERE seq IS NULL;
CREATE INDEX fact_seq ON fact (seq);
CREATE INDEX fact_code_recorded ON fact (code, recorded_at);
"""

# A fact is final. The only change is from no number to a number; rows leave the default partition for their own.
FINALITY = """
CREATE FUNCTION refuse_to_change_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a fact is final' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER fact_content_is_final
    BEFORE UPDATE OF id, kind, code, data, actor_id, occurred_at, recorded_at ON fact
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_fact();

CREATE TRIGGER fact_number_is_final
    BEFORE UPDATE OF seq ON fact
    FOR EACH ROW WHEN (old.seq IS NOT NULL) EXECUTE FUNCTION refuse_to_change_fact();

CREATE TRIGGER fact_stays
    BEFORE DELETE ON fact
    FOR EACH ROW WHEN (current_setting('jingwei.is_moving_facts', true) IS DISTINCT FROM 'yes')
    EXECUTE FUNCTION refuse_to_change_fact();
"""

# SECURITY DEFINER: the worker may not create tables, and needs next month's partition all the same.
PARTITIONS = """
CREATE FUNCTION make_fact_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' SET lock_timeout = '3s' AS $$
DECLARE
    low date;
    high date;
    part text;
    made integer := 0;
BEGIN
    IF months NOT BETWEEN 1 AND 240 THEN
        RAISE EXCEPTION 'between 1 and 240 months at once';
    END IF;
    FOR n IN 0 .. months - 1 LOOP
        low := date_trunc('month', first) + make_interval(months => n);
        high := low + interval '1 month';
        part := 'fact_' || to_char(low, 'YYYYMM');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE fact INCLUDING DEFAULTS)', part);
        PERFORM set_config('jingwei.is_moving_facts', 'yes', true);
        EXECUTE format(
            'WITH moved AS (DELETE FROM fact_default WHERE recorded_at >= $1 AND recorded_at < $2 RETURNING *)'
            ' INSERT INTO %I SELECT * FROM moved', part
        ) USING low::timestamptz, high::timestamptz;
        PERFORM set_config('jingwei.is_moving_facts', '', true);
        EXECUTE format('ALTER TABLE fact ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, low, high);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

SELECT make_fact_partitions(current_date, 4);
"""

DROP = """
DROP TABLE fact;
DROP FUNCTION make_fact_partitions(date, integer);
DROP FUNCTION refuse_to_change_fact();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES + FINALITY + PARTITIONS, DROP)],
            state_operations=[
                migrations.CreateModel(
                    name="FactRow",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=jingwei.kernel.ids.uuid7, primary_key=True, serialize=False),
                        ),
                        ("seq", models.BigIntegerField(null=True)),
                        ("kind", models.CharField(max_length=64)),
                        ("code", jingwei.kernel.fields.AreaCodeField()),
                        ("data", models.JSONField(default=dict)),
                        ("actor_id", models.BigIntegerField(null=True)),
                        ("occurred_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(db_default=Now())),
                    ],
                    options={
                        "db_table": "fact",
                        "indexes": [
                            models.Index(
                                fields=["recorded_at", "id"],
                                condition=models.Q(("seq__isnull", True)),
                                name="fact_unnumbered",
                            ),
                            models.Index(fields=["seq"], name="fact_seq"),
                            models.Index(fields=["code", "recorded_at"], name="fact_code_recorded"),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="FactCounter",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
            ],
            options={"db_table": "fact_counter"},
        ),
        migrations.CreateModel(
            name="HandledFact",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "handler", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("handler", models.CharField(max_length=100)),
                ("seq", models.BigIntegerField()),
                ("handled_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "fact_handled",
                "indexes": [models.Index(fields=["handled_at"], name="fact_handled_at")],
            },
        ),
    ]
