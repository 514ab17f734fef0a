"""`frontend`: builds the scripts of `frontend/`. What comes of it is kept in the repository, so that an installation
needs neither Node nor npm; `--check` makes sure that it is what the sources give.
"""

import filecmp
import hashlib
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from jingwei.command.access import ensure_environment
from jingwei.command.installer import NETWORK_WORDS
from jingwei.command.layout import ROOT, SOURCE, Home, read_json, write_json
from jingwei.command.node import Node, find_node, node_environment
from jingwei.command.processes import StepFailed, run_step
from jingwei.command.progress import Progress, Tick
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
STAMP = MODULES / "jingwei.json"
BUILT = SOURCE / "jingwei" / "offline" / "static" / "offline"
ENTRIES = ("page", "worker")


def frontend(options: Namespace) -> int:
    """Check the types and build; with --check build beside, and compare with what is there."""
    home = Home.from_environment()
    progress = Progress(2, sys.stderr)
    ensure_environment("dev", home, progress)
    log = home.logs / "frontend.log"
    with progress.step("step_node") as tick:
        node = find_node(log, tick)
        fetch_packages(node, log, tick)
    with progress.step("step_frontend") as tick:
        run = partial(run_step, log=log, tick=tick, environment=node_environment(node))
        run([node.node, str(MODULES / "typescript/bin/tsc"), "--project", str(FRONTEND)])
        if not options.check:
            _build(node, log, tick, BUILT)
            return 0
        with tempfile.TemporaryDirectory(prefix="jingwei-frontend-") as folder:
            _build(node, log, tick, Path(folder))
            stale = list(differing(Path(folder), BUILT))
    if stale:
        sys.stderr.write(f"{say('frontend_stale', files=', '.join(stale))}\n")
    return int(bool(stale))


def fetch_packages(node: Node, log: Path, tick: Tick) -> None:
    """What package-lock.json names, once for each lock."""
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    if read_json(STAMP).get("lock") == lock:
        return
    fetch = [*node.npm, "ci", "--prefix", str(FRONTEND), "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        run_step(fetch, log=log, tick=tick, environment=node_environment(node))
    except StepFailed as failure:
        if any(NETWORK_WORDS.search(line) or "ENOTFOUND" in line for line in failure.said.splitlines()):
            raise Trouble("no_npm_registry", log=log) from failure
        raise
    write_json(STAMP, {"lock": lock})


def _build(node: Node, log: Path, tick: Tick, target: Path) -> None:
    vite = str(MODULES / "vite/bin/vite.js")
    for entry in ENTRIES:
        run_step(
            [node.node, vite, "build", str(FRONTEND), "--mode", entry, "--outDir", str(target), "--logLevel", "warn"],
            log=log,
            tick=tick,
            environment=node_environment(node),
        )


def differing(fresh: Path, built: Path) -> Iterator[str]:
    """Names of files that are not in both folders with the same content."""
    names = {path.name for folder in (fresh, built) for path in folder.glob("*") if path.is_file()}
    for name in sorted(names):
        here, there = fresh / name, built / name
        if not (here.exists() and there.exists() and filecmp.cmp(here, there, shallow=False)):
            yield name
