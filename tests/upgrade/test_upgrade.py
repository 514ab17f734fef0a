"""Data of the commit before this one, demo and all, taken over by this one.

The commit is taken from the history of the checkout: the last one if something is changed and not committed, else the
one before. A checkout without history, as a shallow clone is, has nothing to compare with; the test then says so.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from jingwei.kernel.environment import environment

ROOT = Path(__file__).resolve().parents[2]
DAYS = "20"
NAME = f"upgrade_{os.getpid()}"
KEPT = (
    "member", "posting", "department", "area", "area_boundary", "building", "fact", "fact_counter",
    "case_case", "case_step", "case_assignment", "case_stage", "case_words", "case_report", "case_photo", "case_rating",
    "case_docket", "case_docket_count", "case_category", "case_condition",
)  # fmt: skip
"""Tables whose rows an upgrade neither adds to nor takes from. One that splits or merges tables changes this list."""


def git(*words: str) -> str:
    ran = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return ran.stdout.strip() if ran.returncode == 0 else ""


def commit_before() -> str:
    """Empty where there is no history."""
    return git("rev-parse", "--verify", "--quiet", "HEAD" if git("status", "--porcelain", "src") else "HEAD^")


@pytest.fixture
def before(tmp_path) -> Path:
    """The sources of the commit before."""
    commit = commit_before()
    if not commit:
        pytest.skip("this checkout has no history (a shallow clone?), so there is no earlier commit to upgrade from")
    tree = tmp_path / "before"
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", commit, "src"], capture_output=True, check=True)
    tree.mkdir()
    subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)
    return tree / "src"


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of its own."""
    server = make_conninfo(environment().database_url, dbname="postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    yield make_conninfo(environment().database_url, dbname=NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


def run(source: Path, database: str, home: Path, *command: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "JINGWEI_"))}
    given = {
        "PYTHONPATH": os.pathsep.join([str(source), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "jingwei.config.settings",
        "JINGWEI_DATABASE_URL": database,
        "JINGWEI_HOME": str(home),
        "JINGWEI_TESTING": "1",
        "JINGWEI_DEMO": "1",
        "JINGWEI_LOG_LEVEL": "error",
    }
    ran = subprocess.run(
        [sys.executable, "-P", *command], env=inherited | given, capture_output=True, text=True, check=False, cwd=home
    )
    assert ran.returncode == 0, f"{source}: {' '.join(command)}\n{ran.stdout[-2000:]}{ran.stderr[-4000:]}"
    return ran.stdout


def counts(database: str) -> dict[str, int]:
    with psycopg.connect(database) as connection:
        connection.execute("SELECT set_config('jw.whole', 'yes', true)")
        there = {name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        return {
            name: connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]
            for name in KEPT
            if name in there
        }


def test_data_of_the_commit_before_are_taken_over(before, database, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    run(before, database, home, "-m", "django", "migrate", "--no-input", "--verbosity", "0")
    run(before, database, home, "-m", "django", "fill_demo", "--days", DAYS)
    then = counts(database)

    run(ROOT / "src", database, home, "-m", "django", "migrate", "--no-input", "--verbosity", "0")

    assert counts(database) == then
    assert then["case_case"] > 100
    seen = json.loads(run(ROOT / "src", database, home, "-m", "tests.upgrade.look"))
    assert seen == {"lived": then["case_case"], "differing": [], "sign_in": 302}
