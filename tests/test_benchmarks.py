"""How results of benchmarks are told."""

import json
import subprocess
from io import StringIO

import pytest
from benchmarks.harness import Bench, names

from jingwei.command.layout import ROOT
from tests.command.running import plain_environment


@pytest.mark.parametrize(
    ("value", "baseline", "goal", "at_most", "ratio", "ok"),
    [
        (50.0, 100.0, 0.5, False, 0.5, True),
        (49.0, 100.0, 0.5, False, 0.49, False),
        (150.0, 100.0, 1.5, True, 1.5, True),
        (151.0, 100.0, 1.5, True, 1.51, False),
        (300.0, None, 300.0, False, None, True),
        (299.0, None, 300.0, False, None, False),
        (7.0, 2.0, None, False, 3.5, None),
    ],
)
def test_a_result_is_held_to_its_goal_by_ratio_or_by_value(value, baseline, goal, at_most, ratio, ok):
    out = StringIO()
    bench = Bench(out, is_json=True)

    bench.report(name="lamp.lit", value=value, unit="lamps/s", baseline=baseline, goal=goal, at_most=at_most)

    assert json.loads(out.getvalue()) == {
        "name": "lamp.lit",
        "value": value,
        "unit": "lamps/s",
        "baseline": baseline,
        "ratio": ratio,
        "goal": goal,
        "ok": ok,
    }
    assert bench.is_good is (ok is not False)


def test_people_read_a_table():
    out = StringIO()

    Bench(out).report(name="lamp.lit", value=1234.5, unit="lamps/s", baseline=2469.0, goal=0.6)

    assert out.getvalue().split() == ["✗", "lamp.lit", "1,234.50", "lamps/s", "2,469.00", "0.50", "0.60"]


def test_benchmarks_are_found_by_their_run():
    assert "places" in names()
    assert "harness" not in names()


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_every_benchmark_tells_something_of_a_small_city(tmp_path_factory, name):
    """Whether goals are met is not asked: beside other tests, and among so few cases, seconds tell nothing."""
    home = tmp_path_factory.getbasetemp() / "bench"
    ran = subprocess.run(
        [ROOT / "jingwei", "bench", name, "--json"],
        env=plain_environment(JINGWEI_HOME=str(home), JINGWEI_BENCH_CASES="5000"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Traceback" not in ran.stderr
    results = [json.loads(line) for line in ran.stdout.splitlines()]
    assert results
    assert {result["name"].partition(".")[0] for result in results} == {name}
