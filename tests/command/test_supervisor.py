import json
import os
import signal
import subprocess
import sys

import pytest

from jingwei.command.children import Child, Program
from jingwei.command.layout import read_json, write_json
from jingwei.command.processes import Mark, wait_until
from jingwei.command.supervisor import Busy, Supervisor, end_leftovers, running, sole_use

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
ENDS = (sys.executable, "-c", "raise SystemExit(3)")


@pytest.fixture
def supervisor(home, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    said: list[str] = []
    made = Supervisor(home, port=8000, say_line=said.append)
    made.said = said
    yield made
    for kept in made.kept.values():
        if kept.child:
            kept.child.end()


def program(home, name, command):
    return Program(name, command, {**os.environ, "JINGWEI_HOME": str(home.path)}, home.logs / f"{name}.log")


def ended(supervisor, name):
    return wait_until(supervisor.kept[name].child.has_ended, 5)


def test_program_that_ended_is_said_and_started_again_after_a_wait(supervisor, home):
    supervisor.keep_program(program(home, "worker", ENDS))
    assert ended(supervisor, "worker")

    supervisor._look_after()
    assert supervisor.kept["worker"].child is None
    assert "worker ended (exit code 3); it is started again in 1 s" in supervisor.said[0]

    supervisor._look_after()
    assert supervisor.kept["worker"].restarts == 0
    supervisor.kept["worker"].due = 0
    supervisor._look_after()
    assert supervisor.kept["worker"].restarts == 1


def test_program_that_keeps_ending_waits_longer_each_time(supervisor, home):
    supervisor.keep_program(program(home, "worker", ENDS))
    kept = supervisor.kept["worker"]
    waits = []
    for _ in range(7):
        assert ended(supervisor, "worker")
        supervisor._look_after()
        waits.append(kept.wait)
        kept.due = 0
        supervisor._look_after()

    assert waits == [2, 4, 8, 16, 30, 30, 30]


def test_program_that_ran_long_is_started_again_soon(supervisor, home):
    supervisor.keep_program(program(home, "worker", ENDS))
    kept = supervisor.kept["worker"]
    kept.wait, kept.child.began = 30, 0.0
    assert ended(supervisor, "worker")

    supervisor._look_after()

    assert "again in 1 s" in supervisor.said[0]


def test_state_names_what_runs(supervisor, home):
    child = supervisor.keep_program(program(home, "worker", SLEEPS))
    supervisor.enter("ready")

    state = running(home)

    assert (state["phase"], state["url"]) == ("ready", "http://127.0.0.1:8000")
    assert Mark.read(state["processes"]["worker"]) == child.mark


def test_state_of_a_supervisor_that_is_gone_counts_for_nothing(supervisor, home):
    supervisor.enter("ready")
    state = read_json(home.state)
    write_json(home.state, {**state, "supervisor": {"pid": os.getpid(), "started": "earlier"}})

    assert running(home) == {}


def test_leftovers_of_a_killed_supervisor_are_ended(supervisor, home):
    child = supervisor.keep_program(program(home, "worker", SLEEPS))

    assert end_leftovers(home) == 1

    assert not child.mark.is_alive()
    assert not home.state.exists()


def test_leftovers_are_never_strangers_with_a_recycled_pid(supervisor, home):
    stranger = Program("worker", SLEEPS, os.environ, home.logs / "worker.log")
    child = supervisor.keep_program(stranger)
    state = read_json(home.state)
    state["processes"]["worker"]["started"] = "earlier"
    write_json(home.state, state)

    assert end_leftovers(home) == 0
    assert child.mark.is_alive()


def test_home_is_used_by_one_command_at_a_time(home, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    held_by = pytest.raises(Busy, match=rf"\./jingwei restore \(process {os.getpid()}\)")
    with sole_use(home, "restore"), held_by, sole_use(home, "up"):
        pytest.fail("two commands at once")

    with sole_use(home, "up"):
        assert json.loads((home.run / "lock").read_text())["command"] == "up"


def test_use_ends_with_its_process_however_that_ends(home):
    script = (
        "import sys, time; from pathlib import Path; from jingwei.command.layout import Home;"
        "from jingwei.command.supervisor import sole_use\n"
        f"with sole_use(Home(Path({str(home.path)!r})), 'up'): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "src"}
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Busy), sole_use(home, "up"):
        pytest.fail("two commands at once")

    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with sole_use(home, "up"):
        pass
    holder.stdout.close()


def test_child_does_not_keep_the_home_in_use(home):
    with sole_use(home, "up"):
        child = Child(program(home, "worker", SLEEPS))
    try:
        with sole_use(home, "up"):
            pass
    finally:
        child.end()
