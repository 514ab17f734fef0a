"""What the relay promises, within one process."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.transaction import TransactionManagementError, atomic
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel.facts import FactRow, facts_after, last_seq, publish, publish_many, relay_lag
from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.publishing import INSERT
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.ids import uuid7
from jingwei.kernel.testing import acting_as, settle
from jingwei.kernel.tests.handlers import PLACE, LampLit
from jingwei.kernel.tests.lamps import is_all_numbered, lamps_in_order, light, noted, numbers, queued
from jingwei.kernel.tests.processes import database_address

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_jobs"),
    pytest.mark.role("jw_worker"),
]


def a_relay() -> Relay:
    relay = Relay()
    relay.begin()
    return relay


def insert_on(own: psycopg.Connection, lamp) -> None:
    """What `publish` does, on a connection of one's own."""
    data = f'{{"lamp_id": "{lamp}", "seconds_to_handle": 0}}'
    own.execute(INSERT, [None, datetime.now(UTC), [uuid7()], [LampLit.kind], [PLACE], [data]])


def test_fact_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        publish(LampLit(code=PLACE, lamp_id=uuid7()), by=None)


def test_fact_carries_who_when_and_where():
    lamp, dawn = uuid7(), datetime(2026, 3, 1, 6, tzinfo=UTC)
    with atomic():
        publish(LampLit(code=PLACE, lamp_id=lamp), by=42, at=dawn)
    settle_numbers()

    (row,) = facts_after(0)
    assert (row.kind, row.code, row.actor_id, row.occurred_at) == ("sample.lamp_lit", PLACE, 42, dawn)
    assert row.data == {"lamp_id": str(lamp), "seconds_to_handle": 0}
    assert row.subject == str(lamp)
    assert datetime.now(UTC) - row.recorded_at < timedelta(minutes=1)


def settle_numbers() -> None:
    relay = a_relay()
    while relay.step():
        pass


def test_facts_of_one_statement_are_numbered_in_the_order_given():
    lamps = [uuid7() for _ in range(50)]
    with atomic():
        publish_many([LampLit(code=PLACE, lamp_id=lamp) for lamp in lamps], by=None)
    settle_numbers()

    assert lamps_in_order() == lamps
    assert [row.seq for row in facts_after(10, limit=5)] == [11, 12, 13, 14, 15]
    assert last_seq() == 50


def test_facts_beyond_a_batch_take_several_steps(monkeypatch):
    monkeypatch.setattr("jingwei.kernel.facts.relay.BATCH", 20)
    with atomic():
        publish_many([LampLit(code=PLACE, lamp_id=uuid7()) for _ in range(50)], by=None)
    relay = a_relay()

    assert [relay.step() for _ in range(4)] == [20, 20, 10, 0]
    assert queued() == numbers() == list(range(1, 51))


def test_what_happened_just_now_is_dealt_with_before_what_happened_long_ago():
    old, new = uuid7(), uuid7()
    with atomic():
        publish(LampLit(code=PLACE, lamp_id=old), by=None, at=datetime.now(UTC) - timedelta(hours=2))
        publish(LampLit(code=PLACE, lamp_id=new), by=None)
    settle_numbers()

    first, second = facts_after(0)
    assert [first.subject, second.subject] == [str(old), str(new)]
    priorities = dict(ProcrastinateJob.objects.values_list("args__seq", "priority"))
    assert priorities[second.seq] > priorities[first.seq]


def test_open_transaction_does_not_hold_others_back():
    relay, early = a_relay(), uuid7()
    with psycopg.connect(database_address()) as own:
        insert_on(own, early)
        late = light()
        assert relay.step() == 1
        own.commit()
    assert relay.step() == 1

    assert lamps_in_order() == [late, early]
    assert queued() == numbers() == [1, 2]


def test_fact_of_a_transaction_that_was_open_for_days_is_numbered():
    relay = a_relay()
    relay.step()  # from here on it looks at recent partitions only, until the next full look
    recorded = datetime.now(UTC) - timedelta(days=40)
    FactRow.objects.create(kind=LampLit.kind, code=PLACE, occurred_at=recorded, recorded_at=recorded)

    assert relay.step() == 0
    relay._next_full_look = 0
    assert relay.step() == 1


def test_second_relay_gives_nothing_while_the_first_is_at_it():
    light()
    with psycopg.connect(database_address()) as first:
        first.execute("INSERT INTO fact_counter VALUES (1, 0)")
        first.commit()
        first.execute("SELECT last FROM fact_counter FOR UPDATE")
        assert a_step_elsewhere() == 0
    assert a_step_elsewhere() == 1


def a_step_elsewhere() -> int:
    def step() -> int:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            return Relay().step()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(step).result(timeout=5)


def test_relay_says_up_to_where_it_has_numbered():
    with psycopg.connect(database_address(), autocommit=True) as listener:
        listener.execute("LISTEN facts")
        light()
        light()
        settle_numbers()
        (notice,) = listener.notifies(timeout=5, stop_after=1)

    assert notice.payload == "2"


def test_counter_that_was_restored_too_low_catches_up():
    light()
    settle_numbers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fact_counter SET last = 0")
    light()
    settle_numbers()

    assert numbers() == [1, 2]


def test_lag_is_the_wait_of_the_oldest_fact_without_number():
    assert relay_lag() == timedelta()
    recorded = datetime.now(UTC) - timedelta(minutes=3)
    FactRow.objects.create(kind=LampLit.kind, code=PLACE, occurred_at=recorded, recorded_at=recorded)
    light()

    assert timedelta(minutes=3) <= relay_lag() < timedelta(minutes=4)
    settle_numbers()
    assert relay_lag() == timedelta()


def test_relay_waits_for_a_database_that_comes_back(monkeypatch):
    monkeypatch.setattr("jingwei.kernel.facts.relay.WAIT_AFTER_FAILURE", 0.05)
    stop, seen = threading.Event(), threading.Event()

    def run() -> None:
        connection.ensure_connection()
        seen.set()
        Relay().run(stop)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    seen.wait(5)
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = session_user"
        )
    light()
    for _ in range(200):
        if is_all_numbered():
            break
        stop.wait(0.02)
    stop.set()
    thread.join(5)

    assert numbers() == [1]


def test_handler_that_runs_again_does_nothing(lamp_notes):
    light()
    settle()
    handle("kernel.tests.note_lamp", 1)

    assert noted() == [1]


def test_handler_that_fails_leaves_no_mark(lamp_notes):
    light()
    settle_numbers()
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lamp_note RENAME TO lamp_note_away")
    with pytest.raises(DatabaseError):
        handle("kernel.tests.note_lamp", 1)
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lamp_note_away RENAME TO lamp_note")
    handle("kernel.tests.note_lamp", 1)

    assert noted() == [1]


@pytest.mark.parametrize("change", ["SET kind = 'other'", "SET seq = 7", "SET recorded_at = now()"])
def test_numbered_fact_cannot_be_changed(change):
    light()
    settle_numbers()
    with acting_as("none"), connection.cursor() as cursor, pytest.raises(DatabaseError, match="a fact is final"):
        cursor.execute(f"UPDATE fact {change}")


def test_fact_cannot_be_deleted():
    light()
    with acting_as("none"), pytest.raises(DatabaseError, match="a fact is final"):
        FactRow.objects.all().delete()


def test_jobs_name_their_handler_by_module_and_function():
    light()
    settle_numbers()

    (job,) = ProcrastinateJob.objects.filter(task_name="kernel.handle_fact")
    assert job.args == {"handler": "kernel.tests.note_lamp", "seq": 1}
