"""`test` and `check`: every suite in turn, each against its budget; pytest's own summary comes last."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from jingwei.command.access import ensure_environment, started
from jingwei.command.chromium import find_chromium
from jingwei.command.cluster import Cluster
from jingwei.command.database import Database
from jingwei.command.environment import python_environment
from jingwei.command.keys import OWNER, Keys
from jingwei.command.layout import ROOT, Home
from jingwei.command.processes import tied
from jingwei.command.programs import django_environment
from jingwei.command.progress import Progress
from jingwei.command.suites import BUDGET_SECONDS, SUITES, Suite
from jingwei.command.words import say

NO_TESTS_COLLECTED = 5
SUMMARY = re.compile(rb"(passed|failed|errors?|skipped|deselected|no tests ran).* in [\d.]+")


@dataclass(frozen=True)
class Outcome:
    suite: Suite
    seconds: float
    has_passed: bool
    closing: bytes = b""

    @property
    def is_over(self) -> bool:
        return self.seconds > self.suite.budget

    def line(self) -> str:
        verdict = say("suite_passed" if self.has_passed else "suite_failed")
        over = f"  {say('suite_over')}" if self.is_over else ""
        return f"{self.suite.name:13}{self.seconds:7.1f} s / {self.suite.budget:3.0f} s  {verdict}{over}"


def test(options: Namespace) -> int:
    """Everything, on a database server of its own in a folder that is thrown away."""
    home = Home.from_environment()
    progress = Progress(2)
    ensure_environment("dev", home, progress)
    with progress.step("step_browser") as tick:
        browser = find_chromium(home.logs / "setup.log", tick)
    with throw_away_server(progress) as (scratch, database):
        environment = {
            **django_environment(scratch, database, OWNER),
            "JINGWEI_TESTING": "1",
            "JINGWEI_CHROMIUM": browser,
        }
        return run_suites(asked_for(options.rest), environment, options)


def asked_for(rest: Sequence[str]) -> Sequence[Suite]:
    """Everything; with words for pytest its suites alone, since somebody is after certain tests."""
    return [suite for suite in SUITES if suite.is_pytest] if rest else SUITES


def check(options: Namespace) -> int:
    """What needs neither database nor browser."""
    home = Home.from_environment()
    ensure_environment("dev", home, Progress(0))
    environment = {**python_environment(), "JINGWEI_TESTING": "1", "JINGWEI_HOME": str(home.path)}
    return run_suites([suite for suite in SUITES if not suite.needs_database], environment, options)


@contextmanager
def throw_away_server(progress: Progress) -> Iterator[tuple[Home, Database]]:
    folder = Path(tempfile.mkdtemp(prefix="jingwei-test-"))
    try:
        home = Home(folder)
        home.prepare()
        cluster = Cluster.within(folder, home.logs / "postgres.log", is_lasting=False)
        database = Database.on(cluster, Keys.of(home))
        with ExitStack() as stack:
            with progress.step("step_database"):
                stack.enter_context(started(database, home))
                database.stamps()
                database.let_owner_create_databases()
            yield home, database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_suites(suites: Sequence[Suite], environment: Mapping[str, str], options: Namespace) -> int:
    """0 if all passed (and, with --strict-budget, kept their budgets)."""
    outcomes: list[Outcome] = []
    for suite in suites:
        if outcomes:
            _show(outcomes[-1])
        outcomes.append(_run(suite, environment, options))
    _close(outcomes, is_whole=len(suites) == len(SUITES))
    has_failed = not all(outcome.has_passed for outcome in outcomes)
    is_late = options.strict_budget and any(outcome.is_over for outcome in outcomes)
    return int(has_failed or is_late)


def _show(outcome: Outcome) -> None:
    sys.stdout.buffer.write(outcome.closing)
    print(outcome.line(), flush=True)


def _close(outcomes: Sequence[Outcome], *, is_whole: bool) -> None:
    total = sum(outcome.seconds for outcome in outcomes)
    budget = BUDGET_SECONDS if is_whole else sum(outcome.suite.budget for outcome in outcomes)
    print()
    for outcome in outcomes:
        print(outcome.line())
    print(
        f"{say('suites_total'):13}{total:7.1f} s / {budget:3.0f} s{'  ' + say('suite_over') if total > budget else ''}"
    )
    sys.stdout.flush()
    sys.stdout.buffer.write(outcomes[-1].closing)
    sys.stdout.flush()


def _run(suite: Suite, environment: Mapping[str, str], options: Namespace) -> Outcome:
    began = time.monotonic()
    closing = b""
    if suite.is_pytest:
        print(f"\n{suite.name}", flush=True)
        extra = [*options.rest, *(["-m", "slow or not slow"] if options.all else ["-m", "not slow"])]
        color = ["--color=yes"] if sys.stdout.isatty() else []
        code, closing = _stream([*suite.commands[0], *extra, *color], environment)
        has_passed = code in {0, NO_TESTS_COLLECTED} if options.rest else code == 0
    else:
        has_passed = all(_quietly(command, environment) for command in suite.commands)
    return Outcome(suite, time.monotonic() - began, has_passed, closing)


def _quietly(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether it succeeded; its words are shown only if not."""
    ran = subprocess.run(
        tied(command, signal.SIGTERM),
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if ran.returncode:
        print(f"$ {' '.join(command)}", flush=True)
        sys.stdout.buffer.write(ran.stdout)
        sys.stdout.flush()
    return ran.returncode == 0


def _stream(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, bytes]:
    """Exit code and pytest's summary line, which is held back from what is shown."""
    closing = b""
    with subprocess.Popen(
        tied(command, signal.SIGTERM),
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if SUMMARY.search(line):
                    closing, line = line, closing
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
        except BaseException:
            process.terminate()
            raise
    return process.returncode, closing
