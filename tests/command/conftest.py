"""A home of its own for every test, and a database server for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jingwei.command.cluster import Cluster
from jingwei.command.database import Database
from jingwei.command.keys import Keys
from jingwei.command.layout import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database on a throw-away server, with its roles and rights."""
    home = Home(tmp_path_factory.mktemp("server"))
    home.prepare()
    cluster = Cluster.within(home.path, home.logs / "postgres.log", is_lasting=False)
    database = Database.on(cluster, Keys.of(home))
    database.make_cluster(home.logs / "setup.log")
    child = cluster.start()
    database.stamps()
    yield database
    child.end()
