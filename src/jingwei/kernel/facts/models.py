"""The tables of facts. `fact` is partitioned by month; its SQL stands in the first migration."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    CompositePrimaryKey,
    DateTimeField,
    Index,
    JSONField,
    Model,
    Q,
    UUIDField,
)
from django.db.models.functions import Now

from jingwei.kernel.facts.fact import subject_field
from jingwei.kernel.fields import AreaCodeField
from jingwei.kernel.ids import uuid7


class FactRow(Model):
    """A published fact. `seq` is None until the relay numbers it; nothing else ever changes."""

    id = UUIDField(primary_key=True, default=uuid7)
    seq = BigIntegerField(null=True)
    kind = CharField(max_length=64)
    code = AreaCodeField()
    data = JSONField(default=dict)
    actor_id = BigIntegerField(null=True)
    occurred_at = DateTimeField()
    recorded_at = DateTimeField(db_default=Now())

    class Meta:
        db_table = "fact"
        indexes = [
            Index(fields=["recorded_at", "id"], name="fact_unnumbered", condition=Q(seq__isnull=True)),
            Index(fields=["seq"], name="fact_seq"),
            Index(fields=["code", "recorded_at"], name="fact_code_recorded"),
        ]

    @property
    def subject(self) -> Any:
        """The id of the thing that the fact is about; None where there is none, or its module is gone."""
        name = subject_field(self.kind)
        return self.data.get(name) if name else None


class FactCounter(Model):
    """One row: the last `seq` given. Whoever holds its lock is the relay."""

    id = BigIntegerField(primary_key=True)
    last = BigIntegerField()

    class Meta:
        db_table = "fact_counter"


class HandledFact(Model):
    """A mark that a handler has dealt with a fact, written in the handler's own transaction."""

    pk = CompositePrimaryKey("handler", "seq")
    handler = CharField(max_length=100)
    seq = BigIntegerField()
    handled_at = DateTimeField(db_default=Now())

    class Meta:
        db_table = "fact_handled"
        indexes = [Index(fields=["handled_at"], name="fact_handled_at")]
