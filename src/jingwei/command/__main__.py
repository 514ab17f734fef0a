"""Reads the command line and hands over. Exit codes: 0 done, 1 trouble, 2 wrong words, 130 interrupted."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

from jingwei.command.audit import audit
from jingwei.command.backup import backup
from jingwei.command.base import base_backup
from jingwei.command.bench import bench
from jingwei.command.doctor import doctor
from jingwei.command.down import down
from jingwei.command.frontend import frontend
from jingwei.command.logs import logs
from jingwei.command.manage import IMPORTS, run_import, run_manage
from jingwei.command.recovery import restore_to
from jingwei.command.restore import restore
from jingwei.command.status import status
from jingwei.command.supervisor import Stopped, stop_on_signals
from jingwei.command.trouble import Trouble
from jingwei.command.up import up
from jingwei.command.verify import check, test
from jingwei.command.words import say

TROUBLE = 1
WRONG_WORDS = 2
INTERRUPTED = 130

COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "up": up,
    "down": down,
    "status": status,
    "logs": logs,
    "doctor": doctor,
    "manage": run_manage,
    "import": run_import,
    "backup": lambda options: base_backup(options) if options.base else backup(options),
    "restore": lambda options: restore_to(options) if options.to else restore(options),
    "test": test,
    "check": check,
    "audit": audit,
    "frontend": frontend,
    "bench": bench,
}

FLAGS = {
    "up": ("--detach", "--no-demo"),
    "doctor": ("--json",),
    "frontend": ("--check",),
    "bench": ("--json",),
    "test": ("--strict-budget", "--all"),
    "check": ("--strict-budget", "--all"),
}


class Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}\n{say('see_help')}\n")
        raise SystemExit(WRONG_WORDS)


def read(name: str, words: Sequence[str]) -> Namespace:
    """The options of one command; what it hands on to another program is left as it is in `rest`."""
    parser = Parser(prog=f"./jingwei {name}", add_help=False, allow_abbrev=False)
    own, rest = _split(name, list(words))
    if name == "up":
        parser.add_argument("--port", type=_port)
    elif name in {"logs", "bench"}:
        parser.add_argument("name", nargs="?")
    elif name == "audit":
        parser.add_argument("--sbom")
    elif name == "import":
        parser.add_argument("what", choices=IMPORTS)
    elif name == "backup":
        _add_one_of(parser, "--base", action="store_true")
        parser.add_argument("--without-keys", action="store_true")
        parser.add_argument("--keep", type=_count)
    elif name == "restore":
        _add_one_of(parser, "--to")
        parser.add_argument("--replace", action="store_true")
    for flag in FLAGS.get(name, ()):
        parser.add_argument(flag, action="store_true")
    if name == "logs":
        parser.add_argument("-f", "--follow", action="store_true")
    options = parser.parse_args(own)
    options.rest = rest
    return options


def _split(name: str, words: list[str]) -> tuple[list[str], list[str]]:
    """Our own words, and those that go to another program untouched."""
    if name == "manage":
        return [], words
    if name == "import":
        return words[:1], words[1:]
    if "--" in words:
        place = words.index("--")
        return words[:place], words[place + 1 :]
    return words, []


def _add_one_of(parser: ArgumentParser, flag: str, **how: Any) -> None:
    """A file, or what may stand in its place."""
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("file", nargs="?")
    either.add_argument(flag, **how)


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError
    return count


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 1 << 16:
        raise ValueError
    return port


def main(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not words or words[0] in {"help", "-h", "--help"} or (words[0] in COMMANDS and words[1:] == ["--help"]):
        print(say("help"))
        return 0
    name = words[0]
    if name not in COMMANDS:
        sys.stderr.write(f"{say('no_such_command', name=name)}\n{say('see_help')}\n")
        return WRONG_WORDS
    stop_on_signals()
    try:
        return COMMANDS[name](read(name, words[1:]))
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return TROUBLE
    except Stopped:
        sys.stderr.write(f"\n{say('interrupted')}\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return TROUBLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
