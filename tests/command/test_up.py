"""The command as a person meets it: real programs, a real database, a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from jingwei.command.keys import OWNER
from jingwei.command.layout import ROOT, Home, write_json
from jingwei.command.processes import Mark, wait_until
from jingwei.command.trouble import Trouble
from jingwei.command.up import announce, check_port, choose_demo
from tests.command.running import free_port, jingwei, plain_environment, processes_of


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A home that has been set up once, and is stopped."""
    home = tmp_path_factory.mktemp("town")
    with started(home):
        pass
    return home


@contextmanager
def started(home: Path):
    port = free_port()
    up = jingwei("up", "--no-demo", "--detach", "--port", str(port), home=home)
    assert up.returncode == 0, up.stdout + up.stderr
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        jingwei("down", home=home)


def state_of(home: Path) -> dict:
    return json.loads((home / "run/state.json").read_text())


def answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/readyz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def counts(home: Path) -> dict[str, int]:
    """Rows of every table, but for those in which the programs sign in."""
    password = json.loads((home / "secrets.json").read_text())["passwords"][OWNER]
    with psycopg.connect(host=str(home / "sockets"), dbname="jingwei", user=OWNER, password=password) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname IN ('public', 'launch') AND tablename NOT LIKE 'procrastinate%' ORDER BY 1"
        ).fetchall()
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}


def test_second_start_prepares_nothing_again_and_down_leaves_nothing(town):
    prepared = (town / "logs/setup.log").read_text()
    with started(town) as url:
        assert answers(url)
        assert jingwei("status", home=town).returncode == 0
        assert wait_until(lambda: jingwei("doctor", home=town).returncode == 0, 30)
        checked = {one["check"] for one in json.loads(jingwei("doctor", "--json", home=town).stdout)}
        assert {"database", "roles", "migrations", "works"} <= checked

        again = jingwei("up", "--detach", home=town)
        assert (again.returncode, "running already" in again.stdout) == (0, True)

    assert "django migrate" in prepared
    assert (town / "logs/setup.log").read_text() == prepared
    assert processes_of(town) == set()
    assert jingwei("status", home=town).returncode == 3


def test_killed_up_starts_again_without_repair(town):
    with started(town) as url:
        os.kill(state_of(town)["supervisor"]["pid"], signal.SIGKILL)
        assert wait_until(lambda: not answers(url), 10)

        with started(town) as again:
            assert answers(again)
            assert len(processes_of(town)) >= 5

    assert processes_of(town) == set()


@pytest.mark.slow
def test_program_that_crashed_is_started_again_and_named(town):
    with started(town):
        worker = Mark.read(state_of(town)["processes"]["worker"])
        os.kill(worker.pid, signal.SIGKILL)

        assert wait_until(lambda: state_of(town)["processes"]["worker"]["restarts"] == 1, 10)
        assert "worker ended (exit code -9)" in jingwei("logs", "up", home=town).stdout


def test_interrupted_up_stops_all_it_started(town):
    process = subprocess.Popen(
        [ROOT / "jingwei", "up", "--no-demo", "--port", str(free_port())],
        env=plain_environment(JINGWEI_HOME=str(town)),
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if "Ctrl-C" in line:
            break

    process.send_signal(signal.SIGINT)

    assert process.wait(20) == 0
    assert "Stopped." in process.stdout.read()
    assert processes_of(town) == set()


def test_backup_of_a_running_platform_fills_a_fresh_home(town, tmp_path):
    file, fresh = tmp_path / "backup.tar", tmp_path / "fresh"
    picture = town / "attachments/2026/11/picture.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(os.urandom(100_000))
    with started(town):
        made = jingwei("backup", str(file), home=town)
        assert made.returncode == 0, made.stderr
        expected = counts(town)

        second = jingwei("backup", str(file), home=town)
        assert second.returncode == 1
        assert "not overwritten" in second.stderr

    restored = jingwei("restore", str(file), home=fresh)
    assert restored.returncode == 0, restored.stderr
    with started(fresh):
        assert counts(fresh) == expected
        assert expected["public.django_migrations"] > 10
    assert (fresh / "attachments/2026/11/picture.jpg").read_bytes() == picture.read_bytes()
    ours, theirs = (json.loads((home / "secrets.json").read_text()) for home in (fresh, town))
    assert [ours[key] for key in ("signing", "field_keys")] == [theirs[key] for key in ("signing", "field_keys")]

    refused = jingwei("restore", str(file), home=fresh)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr


def test_taken_port_is_said_with_a_free_one(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        up = jingwei("up", "--port", str(port), home=tmp_path / "home")

    assert up.returncode == 1
    assert f"Port {port} is taken" in up.stderr
    assert processes_of(tmp_path / "home") == set()
    assert not (tmp_path / "home/postgres").exists()


def test_port_of_a_listener_on_every_address_is_taken():
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()

        with pytest.raises(Trouble, match="is taken"):
            check_port(taken.getsockname()[1])


@pytest.mark.parametrize(("language", "sentence"), [("C", "Python 3.11 or newer"), ("zh_CN.UTF-8", "需要 Python 3.11")])
def test_machine_with_only_an_old_python_says_what_to_install(tmp_path, language, sentence):
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        old = tmp_path / name
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "LC_ALL": language}

    ran = subprocess.run([ROOT / "jingwei", "up"], env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode != 0
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_newer_python_is_found_behind_an_old_one(tmp_path):
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    (tmp_path / "python3.13").symlink_to(sys.executable)

    ran = subprocess.run(
        [ROOT / "jingwei", "help"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        check=False,
        text=True,
    )

    assert ran.returncode == 0
    assert "./jingwei up" in ran.stdout


def test_command_works_through_a_link_from_elsewhere(tmp_path):
    (tmp_path / "jw").symlink_to(ROOT / "jingwei")

    ran = subprocess.run(
        [tmp_path / "jw", "help"], env=plain_environment(), cwd="/", capture_output=True, text=True, check=False
    )

    assert "./jingwei up" in ran.stdout


def test_home_that_is_a_file_is_said_with_the_mend(tmp_path):
    (tmp_path / "file").write_text("")

    up = jingwei("up", home=tmp_path / "file")

    assert up.returncode == 1
    assert "set JINGWEI_HOME to another" in up.stderr
    assert "Traceback" not in up.stderr


@pytest.mark.parametrize("words", [["fly"], ["up", "--port", "high"], ["import", "everything"], ["restore"]])
def test_wrong_words_are_answered_with_where_to_look(tmp_path, words):
    ran = jingwei(*words, home=tmp_path / "home")

    assert ran.returncode == 2
    assert "./jingwei help" in ran.stderr


@pytest.mark.parametrize(
    ("stamps", "wished", "expected"),
    [({}, True, True), ({}, False, False), ({"demo": "filled"}, True, True), ({"demo": "none"}, True, False)],
)
def test_demo_is_decided_once(stamps, wished, expected):
    assert choose_demo(stamps, has_demo=wished) is expected


@pytest.mark.parametrize("stamp", ["filling", "filled"])
def test_demo_is_never_taken_for_real_data(stamp):
    with pytest.raises(Trouble, match="whose logins are public"):
        choose_demo({"demo": stamp}, has_demo=False)


def test_demo_logins_are_shown_and_written_with_the_address(tmp_path, capsys):
    home = Home(tmp_path)
    logins = {"desk": {"name": "wang", "password": "a-b-c"}, "resident": {"phone": "13800000000"}}
    write_json(home.demo_logins, {"logins": logins, "api_key": "key"})

    announce(home, "http://127.0.0.1:8000", is_demo=True, seconds=1)

    assert json.loads(home.demo.read_text()) == {"url": "http://127.0.0.1:8000", "logins": logins, "api_key": "key"}
    assert home.demo.stat().st_mode & 0o777 == 0o600
    assert "wang  a-b-c" in capsys.readouterr().out


def test_real_home_keeps_no_demo_logins(tmp_path):
    home = Home(tmp_path)
    write_json(home.demo, {"url": "of an earlier demo"})

    announce(home, "http://127.0.0.1:8000", is_demo=False, seconds=1)

    assert not home.demo.exists()
