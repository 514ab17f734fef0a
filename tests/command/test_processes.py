import os
import signal
import subprocess
import sys
import time

import pytest

from jingwei.command.children import LOG_BYTES, Child, Program, rotate
from jingwei.command.processes import Mark, StepFailed, end_orphans, run_step, tied, wait_until
from jingwei.command.trouble import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
ASKED = """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: print("asked", flush=True))
print("ready", flush=True)
for _ in range(60):
    time.sleep(1)
"""
LEAVES_A_CHILD = "import os, time\nif os.fork() == 0: time.sleep(60)\nos._exit(3)"


def program(command, log, **given):
    return Program(name="test", command=tuple(command), environment=os.environ, log=log, **given)


def test_mark_of_a_process_with_another_start_time_is_not_alive():
    mark = Mark.of(os.getpid())

    assert mark is not None
    assert mark.is_alive()
    assert not Mark(mark.pid, "earlier").is_alive()


def test_mark_of_a_recycled_pid_is_never_signalled():
    stranger = subprocess.Popen(SLEEP)
    try:
        Mark(stranger.pid, "of somebody else").end([(signal.SIGKILL, 0.2)])

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_mark_of_a_zombie_is_not_alive():
    process = subprocess.Popen([sys.executable, "-c", ""])
    mark = Mark.of(process.pid)

    assert wait_until(lambda: Mark.of(process.pid) is None, 5)
    assert mark is None or not mark.is_alive()
    process.wait()


def test_process_deaf_to_a_polite_signal_is_killed(tmp_path):
    child = Child(program(DEAF, tmp_path / "log", farewell=((signal.SIGTERM, 0.3), (signal.SIGKILL, 2))))
    assert wait_until(lambda: b"deaf" in (tmp_path / "log").read_bytes(), 5)

    child.end()

    assert child.process.returncode == -signal.SIGKILL


def test_child_that_never_answered_is_not_asked_politely(tmp_path):
    child = Child(program([sys.executable, "-c", ASKED], tmp_path / "log", answers=lambda: False))
    assert wait_until(lambda: b"ready" in (tmp_path / "log").read_bytes(), 5)

    child.end()

    assert child.process.returncode == -signal.SIGKILL
    assert (tmp_path / "log").read_text() == "ready\n"


def test_child_that_ended_leaves_no_orphan(tmp_path):
    environment = {**os.environ, "JINGWEI_HOME": str(tmp_path)}
    log = tmp_path / "log"
    child = Child(Program("test", (sys.executable, "-c", LEAVES_A_CHILD), environment, log))
    assert wait_until(child.has_ended, 5)

    assert end_orphans(child.mark.pid, str(tmp_path / "another")) == 0
    assert end_orphans(child.mark.pid, str(tmp_path)) == 1


def test_child_that_ends_before_it_answers_is_quoted(tmp_path):
    child = Child(program([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path / "log"))
    child.process.wait()

    with pytest.raises(Trouble, match="no such luck"):
        child.wait_for_answer(5)


def test_process_goes_with_its_parent_even_when_that_is_killed(tmp_path):
    told = tmp_path / "pid"
    script = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen({tied(SLEEP, signal.SIGTERM)!r})\n"
        f"open({str(told)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    assert wait_until(lambda: told.exists() and told.read_text() != "", 5)
    child = Mark.of(int(told.read_text()))
    assert child is not None
    time.sleep(0.2)

    parent.kill()
    parent.wait()

    assert wait_until(lambda: not child.is_alive(), 5)


def test_step_that_fails_quotes_its_last_words(tmp_path):
    with pytest.raises(StepFailed, match="it broke") as caught:
        run_step(
            [sys.executable, "-c", "raise SystemExit('it broke')"],
            log=tmp_path / "log",
            tick=lambda: None,
            environment=os.environ,
        )

    assert caught.value.said.strip() == "it broke"


def test_log_that_has_grown_large_is_moved_aside_under_its_writer(tmp_path):
    log = tmp_path / "web.log"
    with log.open("ab") as writer:
        for round_number in range(5):
            writer.write(b"%d" % round_number + b"x" * LOG_BYTES)
            writer.flush()
            rotate(log)
        writer.write(b"after")

    assert log.read_bytes() == b"after"
    assert [path.read_bytes()[:1] for path in sorted(tmp_path.glob("web.log.*"))] == [b"4", b"3", b"2"]
