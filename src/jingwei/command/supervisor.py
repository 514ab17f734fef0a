"""Keeps the programs of `up` alive, and leaves none behind.

The state file tells other commands what runs. The lock tells whether a supervisor lives: the system lets go of it
with the process, however that ended, so nothing has to be repaired after `kill -9`.
"""

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType
from typing import Any

from jingwei.command.children import POLITE, Child, Program, rotate
from jingwei.command.cluster import FAREWELL
from jingwei.command.layout import Home, read_json, write_json
from jingwei.command.processes import Mark, end_orphans
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

TICK_SECONDS = 0.2
STEADY_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 30.0


class Stopped(BaseException):
    """Somebody asked this command to end: SIGINT, SIGTERM or SIGHUP."""


def stop_on_signals() -> None:
    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(signal.Signals(number).name)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def ignore_signals() -> None:
    """While everything is being stopped, a second Ctrl-C must not leave half of it behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def sole_use(home: Home, command: str, wait_seconds: float = 0) -> Iterator[None]:
    """Only one command at a time starts, stops or replaces what is in the home; `Busy` names the other one."""
    with (home.run / "lock").open("a+", encoding="utf-8") as lock:
        limit = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= limit:
                    lock.seek(0)
                    raise Busy(lock.read()) from None
                time.sleep(TICK_SECONDS)
        lock.seek(0)
        lock.truncate()
        json.dump({"command": command, "pid": os.getpid()}, lock)
        lock.flush()
        yield


class Busy(Trouble):
    def __init__(self, holder: str) -> None:
        held = json.loads(holder) if holder else {"command": "?", "pid": "?"}
        super().__init__("busy", **held)


@dataclass
class Kept:
    """A program to keep alive. `due` is the moment (monotonic) of its next start while it is down."""

    start: Callable[[], Child]
    child: Child | None
    restarts: int = 0
    wait: float = 1.0
    due: float = 0.0


@dataclass
class Supervisor:
    home: Home
    port: int
    say_line: Callable[[str], None]
    kept: dict[str, Kept] = field(default_factory=dict)
    phase: str = "starting"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def keep(self, name: str, start: Callable[[], Child]) -> Child:
        child = start()
        self.kept[name] = Kept(start, child)
        self.write_state()
        return child

    def keep_program(self, program: Program) -> Child:
        return self.keep(program.name, lambda: Child(program))

    def enter(self, phase: str) -> None:
        self.phase = phase
        self.write_state()

    def watch(self) -> None:
        """Until a signal comes. A full disk is said, and must not stop what runs."""
        while True:
            try:
                self._look_after()
            except OSError as error:
                with suppress(OSError):
                    self.say_line(str(error))
                time.sleep(LONGEST_WAIT_SECONDS)
            time.sleep(TICK_SECONDS)

    def _look_after(self) -> None:
        for name, kept in self.kept.items():
            self._attend(name, kept)
        for log in self.home.logs.glob("*.log"):
            rotate(log)

    def _attend(self, name: str, kept: Kept) -> None:
        now = time.monotonic()
        if kept.child is None:
            if now >= kept.due:
                self._start_again(kept)
            return
        kept.child.has_answered = kept.child.has_answered or kept.child.program.answers()
        if not kept.child.has_ended():
            return
        code = kept.child.process.returncode
        kept.child.end()
        if now - kept.child.began > STEADY_SECONDS:
            kept.wait = 1.0
        self._put_off(kept, say("ended", name=name, code=code, wait=f"{kept.wait:.0f}"))

    def _start_again(self, kept: Kept) -> None:
        try:
            kept.child = kept.start()
        except Trouble as trouble:
            self._put_off(kept, str(trouble))
            return
        kept.restarts += 1
        self.write_state()

    def _put_off(self, kept: Kept, message: str) -> None:
        self.say_line(f"{datetime.now().astimezone():%H:%M:%S} {message}")
        kept.child = None
        kept.due = time.monotonic() + kept.wait
        kept.wait = min(kept.wait * 2, LONGEST_WAIT_SECONDS)
        self.write_state()

    def stop(self) -> None:
        """Last started, first stopped: the database goes when nobody needs it."""
        ignore_signals()
        for kept in reversed(self.kept.values()):
            if kept.child:
                kept.child.end()
        with suppress(FileNotFoundError):
            self.home.state.unlink()

    def write_state(self) -> None:
        own = Mark.of(os.getpid())
        processes = {
            name: {**_stored(kept.child.mark if kept.child else None), "restarts": kept.restarts}
            for name, kept in self.kept.items()
        }
        write_json(
            self.home.state,
            {
                "supervisor": _stored(own),
                "phase": self.phase,
                "port": self.port,
                "url": self.url,
                "processes": processes,
            },
        )


def _stored(mark: Mark | None) -> dict[str, object]:
    return {"pid": mark.pid, "started": mark.started} if mark else {}


def running(home: Home) -> dict[str, Any]:
    """The state that a living supervisor keeps; empty where there is none."""
    state = read_json(home.state)
    mark = Mark.read(state.get("supervisor", {}))
    return state if mark and mark.is_alive() else {}


def end_leftovers(home: Home) -> int:
    """End what a killed supervisor left running; how many there were. Call only in sole use."""
    state = read_json(home.state)
    ended = 0
    for name, stored in reversed(list(state.get("processes", {}).items())):
        mark = Mark.read(stored)
        if mark is None:
            continue
        if mark.is_alive():
            mark.end(FAREWELL if name == "postgres" else POLITE)
            ended += 1
        ended += end_orphans(mark.pid, str(home.path))
    with suppress(FileNotFoundError):
        home.state.unlink()
    return ended
