"""The launcher speaks Chinese or English by the locale; it runs before there is a translation catalogue."""

import os
import tomllib
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("phrases.toml")


@cache
def phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(PHRASES.read_text("utf-8"))


def language() -> str:
    """`zh` or `en`, by the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


def say(phrase: str, **values: object) -> str:
    return phrases()[phrase][language()].format(**values)
