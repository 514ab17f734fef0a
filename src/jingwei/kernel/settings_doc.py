"""The page about settings, written from the fields of `Environment`."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from jingwei.kernel.environment import Environment

PAGE = Path(__file__).parents[3] / "docs" / "operate" / "settings.md"
OPENING = """\
# Settings

Everything that can be set from outside, as environment variables. An empty variable means the default; nonsense
is refused with a sentence when a process starts. `./jingwei up` sets most of them itself.

| variable | what it does | default |
| --- | --- | --- |
"""
CLOSING = """
This page is written by `./jingwei manage write_settings_doc` from `src/jingwei/kernel/environment.py`.
"""


def settings_page() -> str:
    return OPENING + "".join(_row(item.metadata) for item in fields(Environment)) + CLOSING


def _row(known: Mapping[str, Any]) -> str:
    default = f"`{known['default']}`" if known["default"] else ""
    return f"| `{known['name']}` | {known['says']} | {default} |\n"
