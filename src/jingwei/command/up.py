"""`up`: from a bare checkout to a running platform, and then its keeper until somebody stops it."""

import errno
import socket
import subprocess
import sys
import time
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from jingwei.command import programs
from jingwei.command.database import Database
from jingwei.command.environment import make_environment
from jingwei.command.layout import ROOT, Home, read_json, write_json
from jingwei.command.processes import POLL_SECONDS
from jingwei.command.progress import Progress
from jingwei.command.recovered import finish_recovery
from jingwei.command.replacement import finish_restore
from jingwei.command.supervisor import Busy, Stopped, Supervisor, end_leftovers, running, sole_use
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

DEFAULT_PORT = 8000
STEPS = 7
WEB_SECONDS = 90.0
BACKGROUND = {"live": "relay", "worker": "worker"}
PORTS_TRIED = 50


def up(options: Namespace) -> int:
    home = Home.from_environment()
    home.prepare()
    try:
        if options.detach:
            return _detached(home, options)
        with sole_use(home, "up"):
            return _supervise(home, options)
    except Busy:
        state = running(home)
        if not state:
            raise
        if options.port not in (None, state["port"]):
            raise Trouble("running_elsewhere", url=state["url"]) from None
        print(say("running_already", url=state["url"]))
        return 0


def _supervise(home: Home, options: Namespace) -> int:
    end_leftovers(home)
    port = options.port or DEFAULT_PORT
    check_port(port)
    supervisor = Supervisor(home, port, say_line=lambda line: print(line, flush=True))
    try:
        _start(home, supervisor, has_demo=not options.no_demo)
        supervisor.watch()
    except Stopped:
        print(f"\n{say('stopping')}", flush=True)
    finally:
        supervisor.stop()
    print(say("stopped"), flush=True)
    return 0


def _start(home: Home, supervisor: Supervisor, *, has_demo: bool) -> None:
    progress = Progress(STEPS)
    began = time.monotonic()
    supervisor.enter("starting")
    with progress.step("step_environment") as tick:
        make_environment("base", home, tick)
    with progress.step("step_database"):
        finish_recovery(home)
        database = Database.of(home)
        if database.cluster:
            database.make_cluster(home.logs / "setup.log")
            supervisor.keep("postgres", database.cluster.start)
        finish_restore(home, database)
        stamps = database.stamps()
        is_demo = choose_demo(stamps, has_demo=has_demo)
    with progress.step("step_translations") as tick:
        programs.compile_translations(home, database, tick)
    with progress.step("step_migrate") as tick:
        if not programs.is_migrated(stamps):
            programs.migrate(home, database, tick)
        programs.repeat_erasures(home, database, stamps, tick)
    with progress.step("step_static") as tick:
        programs.collect_static(home, database, tick)
    with progress.step("step_demo" if is_demo else "step_no_demo") as tick:
        if is_demo and (stamps.get("demo") != "filled" or not home.demo_logins.exists()):
            programs.fill_demo(home, database, tick)
        elif not is_demo and "demo" not in stamps:
            database.stamp("demo", "none")
    with progress.step("step_programs") as tick:
        # The pages first: the others would take the processors from them, and nobody waits for those.
        supervisor.keep_program(programs.web(home, database, supervisor.port, is_demo=is_demo)).wait_for_answer(
            WEB_SECONDS, tick
        )
        for name, command in BACKGROUND.items():
            supervisor.keep_program(programs.background(home, database, name, command, is_demo=is_demo))
    announce(home, supervisor.url, is_demo=is_demo, seconds=time.monotonic() - began)
    supervisor.enter("ready")


def choose_demo(stamps: dict[str, str], *, has_demo: bool) -> bool:
    """A database begun as a demo stays one, and one begun without never becomes one."""
    chosen = stamps.get("demo")
    if chosen in {"filling", "filled"} and not has_demo:
        raise Trouble("is_a_demo")
    return has_demo and chosen != "none"


def announce(home: Home, url: str, *, is_demo: bool, seconds: float) -> None:
    """Say where it is and how to get in; the same for scripts, in demo.json."""
    print(f"\n{say('ready', url=url, seconds=f'{seconds:.1f}')}")
    found = read_json(home.demo_logins) if is_demo else {}
    if found:
        write_json(home.demo, {"url": url, **found})
        width = max(map(len, found["logins"]))
        for portal, login in found["logins"].items():
            print(f"  {portal:{width}}  {'  '.join(str(value) for value in login.values())}")
        print(say("logins_kept", path=home.demo))
    else:
        with suppress(FileNotFoundError):
            home.demo.unlink()
    print(say("how_to_stop"), flush=True)


def check_port(port: int) -> None:
    """Trouble if somebody listens there; the sentence names a free one nearby."""
    reason = _bind(port)
    if reason is None:
        return
    if reason == errno.EACCES:
        raise Trouble("port_forbidden", port=port)
    free = next((near for near in range(port + 1, port + PORTS_TRIED) if _bind(near) is None), None)
    raise Trouble("port_taken", port=port, free=free or "N")


def _bind(port: int) -> int | None:
    """The error number if this port cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno
    return None


def _detached(home: Home, options: Namespace) -> int:
    """Start the supervisor on its own, show what it says until it is ready, and leave it."""
    arguments = ["up", *(["--port", str(options.port)] if options.port else []), *(["--no-demo"] * options.no_demo)]
    log = home.logs / "up.log"
    with log.open("ab") as output:
        start = output.tell()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "jingwei.command", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
    try:
        return _relay_words(home, process, log, start)
    except BaseException:
        process.terminate()
        process.wait()
        raise


def _relay_words(home: Home, process: "subprocess.Popen[bytes]", log: Path, start: int) -> int:
    with log.open("rb") as said:
        said.seek(start)
        while True:
            code = process.poll()
            state = running(home)
            is_ready = state.get("phase") == "ready" and state["supervisor"]["pid"] == process.pid
            sys.stdout.buffer.write(said.read())
            sys.stdout.flush()
            if code is not None:
                return code
            if is_ready:
                return 0
            time.sleep(POLL_SECONDS)
