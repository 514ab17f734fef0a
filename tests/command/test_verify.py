import sys
from argparse import Namespace

import pytest

from jingwei.command import verify
from jingwei.command.suites import BUDGET_SECONDS, SUITES, Suite

PASSES = ((sys.executable, "-c", ""),)
FAILS = ((sys.executable, "-c", "raise SystemExit('it is broken')"),)
SLOW = ((sys.executable, "-c", "import time; time.sleep(0.3)"),)


def pytest_like(summary: str, code: int = 0) -> tuple[tuple[str, ...], ...]:
    """What pytest prints, without its seconds; extra arguments are taken as pytest takes them."""
    script = f"print('....  [100%]'); print('{summary}'); print('a farewell of a plug-in'); raise SystemExit({code})"
    return ((sys.executable, "-c", script),)


@pytest.fixture
def run(capfdbinary, monkeypatch):
    """Runs suites; gives exit code and printed lines."""
    monkeypatch.setenv("LC_ALL", "C")

    def run_all(*suites: Suite, strict: bool = False) -> tuple[int, list[str]]:
        options = Namespace(rest=[], all=False, strict_budget=strict)
        code = verify.run_suites(suites, {}, options)
        sys.stdout.flush()
        return code, capfdbinary.readouterr().out.decode().splitlines()

    return run_all


def test_summary_of_the_last_suite_closes_the_output(run):
    tests = Suite("tests", 9, pytest_like("=== 4 passed in 0.12s ==="), is_pytest=True)

    code, lines = run(Suite("lint", 9, PASSES), tests)

    assert code == 0
    assert lines[-1] == "=== 4 passed in 0.12s ==="
    assert lines.count("=== 4 passed in 0.12s ===") == 1
    assert "....  [100%]" in lines


def test_summary_of_an_earlier_run_is_shown_too(run):
    journeys = Suite("journeys", 9, pytest_like("=== 2 passed in 0.12s ==="), is_pytest=True)
    tests = Suite("tests", 9, pytest_like("=== 4 passed in 0.12s ==="), is_pytest=True)

    _, lines = run(journeys, tests)

    assert [line for line in lines if "passed in" in line] == ["=== 2 passed in 0.12s ===", "=== 4 passed in 0.12s ==="]


def test_failure_is_shown_and_the_others_still_run(run):
    tests = Suite("tests", 9, pytest_like("4 passed in 0.12s"), is_pytest=True)

    code, lines = run(Suite("lint", 9, FAILS), Suite("types", 9, PASSES), tests)

    assert code == 1
    assert "it is broken" in lines
    assert [line.split()[-1] for line in lines if line.startswith(("lint", "types"))][:2] == ["FAILED", "passed"]


def test_failing_tests_fail_the_whole(run):
    code, lines = run(Suite("tests", 9, pytest_like("1 failed in 0.12s", code=1), is_pytest=True))

    assert code == 1
    assert lines[-1] == "1 failed in 0.12s"


def test_first_failing_command_ends_its_suite(run):
    code, lines = run(Suite("translations", 9, (*FAILS, *FAILS)))

    assert code == 1
    assert lines.count("it is broken") == 1


@pytest.mark.parametrize(("strict", "expected"), [(False, 0), (True, 1)])
def test_budget_exceeded_is_said_and_fails_only_where_asked(run, strict, expected):
    code, lines = run(Suite("lint", 0.1, SLOW), strict=strict)

    assert code == expected
    assert any(line.startswith("lint") and line.endswith("OVER ITS BUDGET") for line in lines)


def test_words_for_pytest_leave_everything_else_out():
    assert verify.asked_for([]) == SUITES
    assert [suite.name for suite in verify.asked_for(["-k", "reason"])] == ["journeys", "tests"]


def test_suites_fit_into_the_whole_budget_and_end_with_pytest():
    assert sum(suite.budget for suite in SUITES) <= BUDGET_SECONDS
    assert SUITES[-1].is_pytest
    assert len({suite.name for suite in SUITES}) == len(SUITES)
