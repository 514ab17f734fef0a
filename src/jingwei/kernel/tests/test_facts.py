"""What a fact may carry, and the partitions that keep it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import connection

from jingwei.kernel.facts import Fact, FactRow, handles
from jingwei.kernel.facts.partitions import ensure_partitions
from jingwei.kernel.tests.handlers import PLACE, LampLit, note_lamp


@dataclass(frozen=True)
class LampNoted(Fact):
    kind: ClassVar[str] = "sample.lamp_noted"
    code: int
    word: object


@pytest.mark.parametrize("word", ["case.filed", "20261121-000123", "", 7, True, None, [1, "a"]])
def test_fact_carries_ids_and_codes(word):
    assert LampNoted(code=PLACE, word=word).data() == {"word": word}


def test_fact_carries_an_identifier_as_text():
    lamp = UUID("01a2002b-d1e9-7427-8f4e-d0f4b3fbef38")

    assert LampLit(code=PLACE, lamp_id=lamp).data() == {"lamp_id": str(lamp), "seconds_to_handle": 0}


@pytest.mark.parametrize("word", ["broken since Monday", "路灯坏了", "x" * 65, ["two words"]])
def test_fact_carries_no_words(word):
    with pytest.raises(ValueError, match="not words"):
        LampNoted(code=PLACE, word=word).data()


def test_fact_carries_nothing_of_an_odd_type():
    with pytest.raises(TypeError, match="cannot carry a datetime"):
        LampNoted(code=PLACE, word=datetime.now(UTC)).data()


def test_kind_names_one_class():
    with pytest.raises(ValueError, match=r"two facts are called sample\.lamp_lit"):
        type("Other", (Fact,), {"kind": "sample.lamp_lit"})


def test_handler_is_registered_once():
    with pytest.raises(ValueError, match=r"two handlers are called kernel\.tests\.note_lamp"):
        handles(LampLit)(note_lamp)


def test_fact_of_an_unknown_kind_is_about_nothing():
    assert FactRow(kind="gone.by", data={"lamp_id": "7"}).subject is None


def partition_of(row: FactRow) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM fact WHERE id = %s", [row.id])
        return cursor.fetchone()[0]


def a_fact(recorded_at: datetime) -> FactRow:
    return FactRow.objects.create(kind="other", code=PLACE, occurred_at=recorded_at, recorded_at=recorded_at)


@pytest.mark.django_db
def test_fact_goes_to_the_partition_of_its_month():
    assert partition_of(a_fact(datetime.now(UTC))) == f"fact_{datetime.now(UTC):%Y%m}"


@pytest.mark.django_db
@pytest.mark.role("jw_worker")
def test_fact_without_partition_is_kept_and_moves_when_there_is_one():
    last, next_month = a_fact(datetime(2044, 2, 29, 23, 59, tzinfo=UTC)), a_fact(datetime(2044, 3, 1, tzinfo=UTC))
    assert (partition_of(last), partition_of(next_month)) == ("fact_default", "fact_default")

    assert ensure_partitions(date(2044, 2, 10), months=1) == 1
    assert (partition_of(last), partition_of(next_month)) == ("fact_204402", "fact_default")
    assert ensure_partitions(date(2044, 2, 10), months=2) == 1
    assert partition_of(next_month) == "fact_204403"
    assert FactRow.objects.filter(pk__in=[last.pk, next_month.pk]).count() == 2
