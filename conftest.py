"""Tests work as the programs do: as a database role that owns nothing. The tables are made by their owner."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from jingwei.kernel.grants import ROLES, WEB
from jingwei.kernel.testing import acting_as, everything_open

NO_ROLES = """Tests need the roles jw_web and jw_worker in the database server. ./jingwei test makes them; elsewhere:
CREATE ROLE jw_web; CREATE ROLE jw_worker; GRANT jw_web, jw_worker TO {owner};"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin in each of two processes, which get half of the list each."""
    walks = [item for item in items if item.nodeid.startswith("tests/security/")]
    others = [item for item in items if not item.nodeid.startswith("tests/security/")]
    half = len(others) // 2
    items[:] = walks[::2] + others[:half] + walks[1::2] + others[half:]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """From here on every connection begins as the web process."""
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        _check_roles()
        connection.close()
    options["options"] = f"-c role={WEB}"
    yield
    del options["options"]
    with django_db_blocker.unblock():
        connection.close()


def _check_roles() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), current_user FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLES)])
        found, owner = cursor.fetchone()
    if found < len(ROLES):
        pytest.exit(NO_ROLES.format(owner=owner), 4)


@pytest.fixture(autouse=True)
def _role_and_reach(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test that has the database: as its role, with everything open to what is no request."""
    wanted = [name for name in ("transactional_db", "db") if name in request.fixturenames]
    if not wanted and request.node.get_closest_marker("django_db") is None:
        yield
        return
    for name in wanted[:1]:
        request.getfixturevalue(name)
    role = request.node.get_closest_marker("role")
    with everything_open(role.args[0] if role else WEB):
        yield


@pytest.fixture(autouse=True, scope="session")
def _emptied_by_owner() -> Iterator[None]:
    """A test without a transaction of its own leaves rows behind, which only the owner may sweep away at once."""
    sweep = TransactionTestCase._fixture_teardown

    def as_owner(case: TransactionTestCase) -> None:
        with acting_as("none"):
            sweep(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", as_owner)
        yield
