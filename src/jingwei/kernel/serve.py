"""`python -m jingwei.kernel.serve`: the web process, on one port."""

import argparse
import os
import shutil
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

from jingwei.kernel.environment import environment
from jingwei.kernel.watch.shared import SHARED

SECONDS_TO_STOP = 3
# Streams are connections that stay open, so many more are let in than are worked on at a time.
CONNECTIONS = 4096
BACKLOG = 1024


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop (SIGTERM, Ctrl-C)."""
    count_together(environment().home / "run" / f"metrics-{port}")
    Granian(
        "jingwei.kernel.server.app:app",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        workers_kill_timeout=SECONDS_TO_STOP,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def count_together(folder: Path) -> None:
    """Let the worker processes keep their counts in this folder, so that each can tell those of all of them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[SHARED] = str(folder)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m jingwei.kernel.serve", description="Serves the site.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen at (default 8000)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingwei.config.settings")
    serve(given.host, given.port, given.workers)


if __name__ == "__main__":
    main()
