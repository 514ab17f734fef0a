"""`audit`: what is inside (an SBOM in the form of CycloneDX), and whether a weakness is known of any of it.

The SBOM is written from the lock alone. Weaknesses are asked of the advisory service that pip-audit knows; where that
cannot be reached, or knows nothing of a package, it is said: silence is not a clean bill.
"""

import json
import subprocess
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jingwei.command.access import ensure_environment
from jingwei.command.environment import python_environment
from jingwei.command.layout import PYTHON, REQUIREMENTS, ROOT, Home
from jingwei.command.processes import run_step
from jingwei.command.progress import Progress, Tick
from jingwei.command.words import say

LOCK = REQUIREMENTS / "base.txt"
SBOM = "sbom.cdx.json"
SECONDS = "15"
MOST_SECONDS = 300
SHOWN = 200


@dataclass
class Audit:
    """Of how many packages the service knows, a line for each weakness, and why it said nothing at all."""

    asked: int = 0
    unknown: int = 0
    known: list[str] = field(default_factory=list)
    silence: str = ""


def audit(options: Namespace) -> int:
    home = Home.from_environment()
    progress = Progress(2)
    ensure_environment("dev", home, progress)
    target = Path(options.sbom).absolute() if options.sbom else home.path / SBOM
    with progress.step("step_sbom") as tick:
        write_sbom(target, home.logs / "setup.log", tick)
    with progress.step("step_audit"):
        found = ask()
    parts = len(json.loads(target.read_text("utf-8"))["components"])
    print(say("sbom_made", path=target, parts=parts))
    return tell(found)


def write_sbom(target: Path, log: Path, tick: Tick) -> None:
    command = [
        str(PYTHON), "-P", "-m", "cyclonedx_py", "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"),
        "--output-format", "JSON", "--output-file", str(target),
    ]  # fmt: skip
    run_step(command, log=log, tick=tick, environment=python_environment())


def ask() -> Audit:
    command = [
        str(PYTHON), "-P", "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes", "--disable-pip",
        "--format", "json", "--progress-spinner", "off", "--timeout", SECONDS,
    ]  # fmt: skip
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False, env=python_environment(), timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return Audit(silence=f"{MOST_SECONDS} s")
    return read(ran.stdout, ran.stderr)


def read(said: str, trouble: str) -> Audit:
    """What pip-audit found. It calls a package that the service does not know skipped, and that no weakness."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = trouble.strip().splitlines()[-1:] or ["?"]
        return Audit(silence=last[0][:SHOWN])
    found = Audit()
    for package in packages:
        if "skip_reason" in package:
            found.unknown += 1
            continue
        found.asked += 1
        for weakness in package.get("vulns", []):
            mends = ", ".join(weakness.get("fix_versions", [])) or "–"
            found.known.append(f"{package['name']} {package['version']}: {weakness['id']} → {mends}")
    return found


def tell(found: Audit) -> int:
    """0 unless a weakness is known."""
    if found.silence:
        print(say("audit_silent", reason=found.silence))
        return 0
    if not found.asked:
        print(say("audit_nothing_asked", unknown=found.unknown))
        return 0
    if found.unknown:
        print(say("audit_partly", asked=found.asked, unknown=found.unknown))
    if found.known:
        print(say("audit_known", count=len(found.known), lines="\n".join(f"    {line}" for line in found.known)))
        return 1
    print(say("audit_clean", asked=found.asked))
    return 0
