"""The command, run as a person runs it, and what it leaves behind."""

import os
import socket
import subprocess
from pathlib import Path

from jingwei.command.layout import ROOT

STRANGERS = ("JINGWEI_", "DJANGO_", "PYTEST_", "PYTHONPATH", "LC_", "LANG")


def plain_environment(**given: str) -> dict[str, str]:
    """What a person's shell would hand over: nothing of the test run's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(STRANGERS)}
    return inherited | given


def jingwei(*words: str, home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = plain_environment(JINGWEI_HOME=str(home), **given)
    return subprocess.run(
        [ROOT / "jingwei", *words],
        env=environment,
        capture_output=True,
        check=False,
        text=True,
        timeout=180,
        stdin=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(home: Path) -> set[int]:
    """Every living process that was started for this home."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if str(home).encode() in command or f"JINGWEI_HOME={home}".encode() in environment:
                found.add(int(entry.name))
    return found
