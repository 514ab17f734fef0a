"""A second `./jingwei up`, until the platform answers, beside a bare Python that imports the libraries it stands on."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.command.running import free_port, jingwei

from benchmarks.harness import Bench, side_by_side

MOST_SECONDS = 5
LIBRARIES = (
    "django.contrib.postgres.fields, granian, httpx, ninja, procrastinate, psycopg, shapely, structlog, webauthn"
)


def run(bench: Bench) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder), free_port()

        def start() -> None:
            up = jingwei("up", "--no-demo", "--detach", "--port", str(port), home=home)
            if up.returncode:
                raise RuntimeError(up.stdout + up.stderr)

        def stop() -> None:
            jingwei("down", home=home)

        try:
            start()
            stop()
            started, _, imported = side_by_side(start, stop, import_libraries, times=5)
        finally:
            stop()
    bench.report(name="start.again", value=started, unit="s", goal=MOST_SECONDS, at_most=True)
    bench.report(name="start.again_beside_libraries", value=started, unit="s", baseline=imported)


def import_libraries() -> None:
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True)
