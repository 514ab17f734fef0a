"""What holds for every template and style sheet of the project, so that pages work under the strict policy."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(SOURCE.glob("*/**/templates/**/*.html"))
STYLES = sorted(path for path in SOURCE.glob("*/**/static/**/*.css") if not path.name.startswith("tokens"))
SPRITE = (SOURCE / "ui/static/ui/icons.svg").read_text(encoding="utf-8")

TAG = re.compile(r"{%.*?%}", re.DOTALL)  # what a tag is given is no attribute
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a handler attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "another host": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
}


def short(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_a_template_obeys_the_policy(template):
    text = TAG.sub("", template.read_text(encoding="utf-8"))

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_a_template_uses_icons_of_the_sprite(template):
    named = re.findall(r"""{%\s*icon\s+["']([a-z0-9-]+)["']""", template.read_text(encoding="utf-8"))
    named += re.findall(r"""\bsymbol=["']([a-z0-9-]+)["']""", template.read_text(encoding="utf-8"))

    assert [name for name in named if f'id="i-{name}"' not in SPRITE] == []


@pytest.mark.parametrize("sheet", STYLES, ids=short)
def test_colours_come_from_the_tokens_alone(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", text) == []


def test_light_and_dark_differ_in_colours_only():
    light = names_of("tokens.css")
    dark = names_of("tokens-dark.css")

    assert dark - light == set()
    assert {name for name in dark if re.match(r"--(s|r|t|z|lh|font|tap|row|bar|rail|fast|slow)\d*(-|$)", name)} == set()


def names_of(sheet: str) -> set[str]:
    return set(re.findall(r"(--[a-z0-9-]+):", (SOURCE / "ui/static/ui" / sheet).read_text(encoding="utf-8")))
