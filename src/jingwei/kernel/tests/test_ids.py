"""Identifiers: version, order, and moments of one's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import RFC_4122

from jingwei.kernel.ids import uuid7


def moment_of(identifier) -> datetime:
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def test_identifier_is_of_version_7_and_of_now():
    before, made, after = datetime.now(UTC), uuid7(), datetime.now(UTC)

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before.replace(microsecond=before.microsecond // 1000 * 1000) <= moment_of(made) <= after


def test_identifiers_grow_in_every_thread():
    with ThreadPoolExecutor(4) as pool:
        made = [run.result() for run in [pool.submit(lambda: [uuid7() for _ in range(5000)]) for _ in range(4)]]

    assert all(identifiers == sorted(identifiers) for identifiers in made)
    assert len({identifier for identifiers in made for identifier in identifiers}) == 20_000


def test_identifiers_of_a_moment_sort_there_and_in_order():
    dawn = datetime(2015, 6, 1, 4, 30, 15, 250_000, tzinfo=UTC)
    made = [uuid7(dawn) for _ in range(1000)]

    assert made == sorted(made)
    assert {moment_of(identifier) for identifier in made} == {dawn}
    assert max(made) < uuid7()
