"""A browser for the journeys: one that is there, else Debian's, else a word on what to do."""

import os
import shutil
from pathlib import Path

from jingwei.command.processes import StepFailed, run_step
from jingwei.command.progress import Tick
from jingwei.command.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
CHINESE_FONT = "fonts-noto-cjk"


def find_chromium(log: Path, tick: Tick) -> str:
    """Its path. Installs Debian's, with a Chinese font, when it may."""
    if given := os.environ.get("JINGWEI_CHROMIUM"):
        if not shutil.which(given):
            raise Trouble("no_such_browser", path=given)
        return given
    if found := _installed():
        return found
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            run_step([apt, "update", "--quiet"], log=log, tick=tick, environment=environment)
            install = [apt, "install", "--yes", "--quiet", "--no-install-recommends", "chromium", CHINESE_FONT]
            run_step(install, log=log, tick=tick, environment=environment)
        except StepFailed as failure:
            raise Trouble("no_browser", reason=failure) from failure
        if found := _installed():
            return found
    raise Trouble("no_browser", reason="")


def _installed() -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    in_applications = (path for path in APPLICATIONS if Path(path).exists())
    return next((path for path in (*on_path, *in_applications) if path), None)
