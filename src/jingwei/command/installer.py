"""Where `uv` comes from, and which package index it asks.

No address stands here: `uv` goes where the machine's `pip` is configured to go.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jingwei.command.layout import REQUIREMENTS, TOOLS
from jingwei.command.processes import StepFailed, run_step
from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

UV_AT_LEAST = (0, 5)
NETWORK_WORDS = re.compile(
    r"failed to fetch|error sending request|dns error|connection|timed? ?out|could not connect|client error"
    r"|no matching distribution|not found in the package registry|name resolution|offline|certificate",
    re.IGNORECASE,
)
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


def install(command: list[str], *, log: Path, tick: Tick, environment: Mapping[str, str]) -> None:
    """`run_step`, with a sentence of its own for a package index that cannot be reached."""
    try:
        run_step(command, log=log, tick=tick, environment=environment)
    except StepFailed as failure:
        lines = [line.strip() for line in failure.said.splitlines() if NETWORK_WORDS.search(line)]
        if lines:
            final = [line for line in lines if not line.startswith("WARNING")] or lines
            raise Trouble("no_package_index", reason=final[0], log=log) from failure
        raise


def find_uv(log: Path, tick: Tick) -> str:
    """The path of a `uv` that is new enough: the machine's, else our own, fetched by pip with hashes."""
    ours = TOOLS / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(ours)):
        if candidate and _version(candidate) >= UV_AT_LEAST:
            return candidate
    install(
        [
            *pip(), "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--no-deps", "--upgrade",
            "--target", str(TOOLS), "--requirement", str(REQUIREMENTS / "uv.txt"),
        ],
        log=log,
        tick=tick,
        environment={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    return str(ours)


def _version(uv: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ()
    found = re.search(r"(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else ()


@cache
def pip() -> tuple[str, ...]:
    """How to call pip: the machine's, else the one shipped in requirements/bootstrap."""
    machine = (sys.executable, "-m", "pip")
    asked = subprocess.run([*machine, "--version"], capture_output=True, check=False)
    if asked.returncode == 0:
        return machine
    wheel = next((REQUIREMENTS / "bootstrap").glob("pip-*.whl"))
    return (sys.executable, str(wheel / "pip"))


def index_environment() -> dict[str, str]:
    """The environment at hand, plus pip's own choice of index for `uv`, which reads none of pip's settings.

    What is set for `uv` already stays. Hashes are required, so asking all indexes for the best match is safe.
    """
    asked = subprocess.run([*pip(), "config", "list"], capture_output=True, text=True, check=False)
    chosen: dict[str, str] = {}
    for line in asked.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section in {"global", "install", ":env:"} and option in PIP_TO_UV:
            chosen[PIP_TO_UV[option]] = " ".join(value.strip("'\"").replace("\\n", " ").split())
    if "UV_FIND_LINKS" in chosen:
        chosen["UV_FIND_LINKS"] = chosen["UV_FIND_LINKS"].replace(" ", ",")
    if "UV_INDEX" in chosen:
        chosen["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return chosen | os.environ
