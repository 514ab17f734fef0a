"""A long-lived process of ours: its start, its first answer, its end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jingwei.command.account import Identity
from jingwei.command.processes import Farewell, Mark, end_orphans, wait_until
from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

POLITE: Farewell = ((signal.SIGTERM, 8), (signal.SIGKILL, 2))
AT_ONCE: Farewell = ((signal.SIGKILL, 2),)
LOG_BYTES = 10_000_000
LOGS_KEPT = 3
QUOTED_BYTES = 4_000


@dataclass(frozen=True)
class Program:
    """What to run. `command` ties itself to the parent's life; `log` takes both of its outputs."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    answers: Callable[[], bool] = lambda: True
    farewell: Farewell = POLITE
    identity: Identity = field(default_factory=Identity)


class Child:
    """One run of a program, the leader of a process group of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.began = time.monotonic()
        self.has_answered = False
        with program.log.open("ab") as log:
            self.log_start = os.fstat(log.fileno()).st_size
            self.process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(program.environment),
                cwd="/",
                start_new_session=True,
                **program.identity,
            )
        mark = Mark.of(self.process.pid)
        self.mark = mark or Mark(self.process.pid, "")

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def wait_for_answer(self, seconds: float, tick: Tick | None = None) -> None:
        """Until it answers; Trouble, with its last words, if it ends or stays dumb."""

        def settled() -> bool:
            self.has_answered = not self.has_ended() and self.program.answers()
            return self.has_answered or self.has_ended()

        wait_until(settled, seconds, tick)
        if not self.has_answered:
            raise Trouble("no_answer", name=self.program.name, last=self.last_words(), log=self.program.log)

    def last_words(self) -> str:
        with self.program.log.open("rb") as log:
            size = os.fstat(log.fileno()).st_size
            log.seek(max(size - QUOTED_BYTES, min(self.log_start, size)))
            lines = log.read().decode("utf-8", "replace").strip().splitlines()
        return "\n".join(f"    {line}" for line in lines[-8:])

    def end(self) -> None:
        """A program that has not answered yet may hang on a polite signal and has nothing to lose: it is killed."""
        is_polite = self.has_answered or self.program.farewell is not POLITE
        self.mark.end(self.program.farewell if is_polite else AT_ONCE)
        self.process.wait()
        end_orphans(self.mark.pid, self.program.environment.get("JINGWEI_HOME", ""))


def rotate(log: Path) -> None:
    """Move a log that has grown large aside. The writer appends, so it may keep the file open."""
    try:
        if log.stat().st_size < LOG_BYTES:
            return
    except FileNotFoundError:
        return
    for number in range(LOGS_KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    with log.open("r+b") as current, log.with_name(f"{log.name}.1").open("wb") as aside:
        while part := current.read(1 << 20):
            aside.write(part)
        current.truncate(0)
