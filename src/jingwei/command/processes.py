"""Processes are known by pid and start time, so that a recycled pid is never taken for one of ours."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

Farewell = Sequence[tuple[signal.Signals, float]]
"""Signals to end a process with, each with the seconds it is given."""

POLL_SECONDS = 0.05
HAS_PROC = Path("/proc/self/stat").exists()


@dataclass(frozen=True)
class Mark:
    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """None where no such process lives; a zombie does not live."""
        started = _started_linux(pid) if HAS_PROC else _started_elsewhere(pid)
        return cls(pid, started) if started else None

    @classmethod
    def read(cls, stored: Mapping[str, object]) -> Self | None:
        pid, started = stored.get("pid"), stored.get("started")
        return cls(pid, started) if isinstance(pid, int) and isinstance(started, str) else None

    def is_alive(self) -> bool:
        return Mark.of(self.pid) == self

    def end(self, farewell: Farewell) -> bool:
        """Send the signals one after another until it is gone, then kill what is left of its group."""
        is_leader = self.is_alive() and _has_own_group(self.pid)
        for sign, seconds in farewell:
            if not self.is_alive():
                break
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)
            wait_until(lambda: not self.is_alive(), seconds)
        if is_leader:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        return not self.is_alive()


def _has_own_group(pid: int) -> bool:
    with suppress(ProcessLookupError):
        return os.getpgid(pid) == pid
    return False


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on (the second is a name that may hold anything)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _started_linux(pid: int) -> str | None:
    fields = _stat(pid)
    return f"{_boot()}/{fields[19]}" if fields and fields[0] not in "ZX" else None


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()


def _started_elsewhere(pid: int) -> str | None:
    asked = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = asked.stdout.strip().partition(" ")
    return started.strip() if started and not state.startswith("Z") else None


def end_orphans(group: int, home: str) -> int:
    """Kill the members of a group whose leader is gone, as far as they work in `home`; how many (Linux only)."""
    found = list(_orphans(group, f"JINGWEI_HOME={home}")) if HAS_PROC and home else []
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(found)


def _orphans(group: int, variable: str) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        fields = _stat(int(entry.name)) if entry.name.isdigit() else []
        if len(fields) > 3 and fields[2] == fields[3] == str(group):
            with suppress(OSError):
                if variable.encode() in (entry / "environ").read_bytes().split(b"\0"):
                    yield int(entry.name)


def command_line(pid: int) -> str:
    if HAS_PROC:
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        return ""
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def tied(command: Sequence[str], sign: signal.Signals) -> list[str]:
    """The same command, sent `sign` when its parent dies, where the system can do that."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", sign.name.removeprefix("SIG"), "--", *command] if setpriv else [*command]


def wait_until(condition: Callable[[], bool], seconds: float, tick: Tick | None = None) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= limit:
            return False
        if tick:
            tick()
        time.sleep(POLL_SECONDS)
    return True


def run_step(command: Sequence[str], *, log: Path, tick: Tick, environment: Mapping[str, str]) -> None:
    """Run to the end with its words in `log`; Trouble quotes the last of them."""
    with log.open("ab") as output:
        output.write(f"$ {' '.join(command)}\n".encode())
        output.flush()
        start = output.tell()
        process = subprocess.Popen(
            tied(command, signal.SIGTERM),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
        )
        try:
            wait_until(lambda: process.poll() is not None, float("inf"), tick)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode:
        said = log.read_bytes()[start:].decode("utf-8", "replace")
        raise StepFailed(command, said, log)


class StepFailed(Trouble):
    """`said` is everything that the step wrote."""

    def __init__(self, command: Sequence[str], said: str, log: Path) -> None:
        last = "\n".join(f"    {line}" for line in said.strip().splitlines()[-8:])
        super().__init__("step_failed", command=" ".join(command), last=last, log=log)
        self.said = said
