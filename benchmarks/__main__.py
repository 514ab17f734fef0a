"""python -m benchmarks [NAME …] [--json]: run some benchmarks, or all. Exit code 1 if a goal was missed."""

import argparse
import sys
import traceback
from pathlib import Path

import django

django.setup()

from benchmarks.harness import HEADINGS, Bench, load, names, own_database  # noqa: E402 - models need Django


def main(arguments: list[str]) -> int:
    known = names()
    parser = argparse.ArgumentParser(prog="bench", description="Measure beside a baseline.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(known)}")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of real data to use where there is some")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in known]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are: {', '.join(known)}")
    bench = Bench(is_json=options.json, data=options.data)
    if not options.json:
        print(HEADINGS)
    failed = False
    for name in options.names or known:
        try:
            with own_database():
                load(name).run(bench)
        except Exception:  # noqa: BLE001 - the others still run
            traceback.print_exc()
            failed = True
    return 0 if bench.is_good and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
