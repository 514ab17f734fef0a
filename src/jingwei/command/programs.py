"""The programs of the platform: what each is started with, and as which database role."""

import hashlib
import http.client
import json
import os
import signal
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jingwei.command.children import Program
from jingwei.command.database import Database
from jingwei.command.environment import python_environment
from jingwei.command.keys import OWNER, RING, WEB, WORKER
from jingwei.command.layout import PYTHON, REQUIREMENTS, SOURCE, Home
from jingwei.command.processes import run_step, tied
from jingwei.command.progress import Tick

ANSWER_SECONDS = 2.0
MOST_WEB_WORKERS = 4


def django_environment(home: Home, database: Database, role: str, *, is_demo: bool = False) -> dict[str, str]:
    return python_environment() | {
        "JINGWEI_HOME": str(home.path),
        "JINGWEI_DATABASE_URL": database.url(role),
        "JINGWEI_SECRET_KEY": database.keys.signing_in_force,
        "JINGWEI_DEMO": "1" if is_demo else "0",
        **({RING: database.keys.ring} if database.keys.has_own_ring else {}),
        **({"JINGWEI_SMS_SENDER": "console"} if is_demo else {}),
    }


def web(home: Home, database: Database, port: int, *, is_demo: bool) -> Program:
    workers = max(2, min(MOST_WEB_WORKERS, os.cpu_count() or 2))
    command = [str(PYTHON), "-P", "-m", "jingwei.kernel.serve", "--port", str(port), "--workers", str(workers)]
    return Program(
        name="web",
        command=tuple(tied(command, signal.SIGTERM)),
        environment=django_environment(home, database, WEB, is_demo=is_demo),
        log=home.logs / "web.log",
        answers=lambda: is_ready(port),
    )


def background(home: Home, database: Database, name: str, command: str, *, is_demo: bool) -> Program:
    """`live` (the relay) or `worker`: management commands that run until they are told to end."""
    return Program(
        name=name,
        command=tuple(tied(manage(command), signal.SIGTERM)),
        environment=django_environment(home, database, WORKER, is_demo=is_demo),
        log=home.logs / f"{name}.log",
    )


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "-P", "-m", "django", *arguments]


def is_ready(port: int) -> bool:
    """Whether the web process answers and reaches its database."""
    return readiness(port).get("status") in {"ready", "degraded"}


def readiness(port: int) -> dict[str, Any]:
    """What the web process says of itself and of the others; empty where it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/readyz")
        found = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    finally:
        connection.close()
    return found if isinstance(found, dict) else {}


def compile_translations(home: Home, database: Database, tick: Tick) -> None:
    catalogues = SOURCE.glob("jingwei/**/locale/*/LC_MESSAGES/*.po")
    if any(is_older(catalogue.with_suffix(".mo"), catalogue) for catalogue in catalogues):
        _run(home, database, tick, "compile_translations")


def is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def is_migrated(stamps: dict[str, str]) -> bool:
    """Whether exactly these migrations have run on the database that has these stamps."""
    return stamps.get("migrations") == _migrations()


def migrate(home: Home, database: Database, tick: Tick) -> None:
    _run(home, database, tick, "migrate", "--no-input")
    database.stamp("migrations", _migrations())


def repeat_erasures(home: Home, database: Database, stamps: dict[str, str], tick: Tick) -> None:
    """After a restore: erase again whom the ledger names. The stamp came back with the backup, the ledger did not."""
    if not home.erasures.exists():
        return
    if stamps.get("erasures") != _ledger(home):
        _run(home, database, tick, "repeat_erasures")
        database.stamp("erasures", _ledger(home))


def _ledger(home: Home) -> str:
    return hashlib.sha256(home.erasures.read_bytes()).hexdigest()


def _migrations() -> str:
    """What migrating does: the migrations, and the rights that are told after them."""
    rights = [SOURCE / "jingwei/kernel/grants.py", *SOURCE.glob("jingwei/**/apps.py")]
    return _digest([*SOURCE.glob("jingwei/**/migrations/*.py"), SOURCE / "jingwei/config/settings.py", *rights])


def collect_static(home: Home, database: Database, tick: Tick) -> None:
    stamp = home.run / "static.stamp"
    wanted = _digest(path for path in SOURCE.glob("jingwei/**/static/**/*") if path.is_file())
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        _run(home, database, tick, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
        stamp.write_text(wanted, "utf-8")


def fill_demo(home: Home, database: Database, tick: Tick) -> None:
    database.stamp("demo", "filling")
    _run(home, database, tick, "fill_demo", is_demo=True)
    database.stamp("demo", "filled")


def _run(home: Home, database: Database, tick: Tick, *command: str, is_demo: bool = False) -> None:
    environment = django_environment(home, database, OWNER, is_demo=is_demo)
    run_step(manage(*command), log=home.logs / "setup.log", tick=tick, environment=environment)


def _digest(files: Iterable[Path]) -> str:
    """One digest of the files' names and contents, and of the packages they are used with."""
    digest = hashlib.sha256((REQUIREMENTS / "base.txt").read_bytes())
    for path in sorted(files):
        digest.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run_through(command: Sequence[str], environment: dict[str, str], folder: Path | None = None) -> int:
    """Run with this terminal; its exit code. A signal to us ends it too."""
    process = subprocess.Popen(tied(command, signal.SIGTERM), env=environment, cwd=folder)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
