"""`logs`: the last lines of one program or of all, and what follows."""

import sys
import time
from argparse import Namespace
from pathlib import Path

from jingwei.command.layout import Home
from jingwei.command.trouble import Trouble

LAST_LINES = 100
TAIL_BYTES = 64_000
POLL_SECONDS = 0.3


def logs(options: Namespace) -> int:
    home = Home.from_environment()
    found = {path.stem: path for path in sorted(home.logs.glob("*.log"))}
    if options.name and options.name not in found:
        raise Trouble("no_such_log", name=options.name, names=", ".join(found) or "–")
    chosen = [found[options.name]] if options.name else list(found.values())
    ends = {path: _say_last(path, is_one=len(chosen) == 1) for path in chosen}
    while options.follow:
        time.sleep(POLL_SECONDS)
        for path in chosen:
            ends[path] = _say_new(path, ends[path], is_one=len(chosen) == 1)
    return 0


def _say_last(path: Path, *, is_one: bool) -> int:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - TAIL_BYTES))
        content = file.read()
    _say(path, b"".join(content.splitlines(keepends=True)[-LAST_LINES:]), is_one=is_one)
    return size


def _say_new(path: Path, end: int, *, is_one: bool) -> int:
    size = path.stat().st_size
    if size == end:
        return end
    with path.open("rb") as file:
        file.seek(end if size > end else 0)
        content = file.read()
        _say(path, content, is_one=is_one)
        return file.tell()


def _say(path: Path, content: bytes, *, is_one: bool) -> None:
    mark = "" if is_one else f"{path.stem:9}| "
    for line in content.decode("utf-8", "replace").splitlines():
        sys.stdout.write(f"{mark}{line}\n")
    sys.stdout.flush()
