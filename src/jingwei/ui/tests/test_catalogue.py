"""Whatever screens are made of stands in the catalogue, drawn by the tags and parts themselves."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered

from jingwei.kernel.public import clock
from jingwei.ui.catalogue import looks, specimens, tokens
from jingwei.ui.context import page

HERE = Path(__file__).resolve().parents[1]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture(scope="module")
def drawn():
    """The page as staff see it, and the names of the templates that drew it."""
    request = RequestFactory().get("/ui/")
    request.member = SimpleNamespace(
        name="Chen Li", kind="staff", posts=[], has_duty=lambda _duty: True, is_operator=False
    )
    told = {"csrf_token": "token", "looks": looks(), "tokens": tokens(), "request": request}
    names = []

    def note(template, **_rest):
        names.append(template.name)

    template_rendered.connect(note)
    try:
        html = render_to_string("ui/catalogue.html", page(request) | told | specimens(clock.now()))
    finally:
        template_rendered.disconnect(note)
    return html, set(names)


def sheet(name: str) -> str:
    return COMMENT.sub("", (HERE / "static/ui" / name).read_text(encoding="utf-8"))


def selectors() -> str:
    return " ".join(re.findall(r"([^{}]+)\{", sheet("components.css")))


def test_every_part_is_drawn(drawn):
    parts = {f"ui/parts/{path.name}" for path in (HERE / "templates/ui/parts").glob("*.html")}

    assert parts - drawn[1] == set()


def test_every_class_of_a_component_is_drawn(drawn):
    known = set(re.findall(r"\.([a-z][\w-]*)", selectors()))
    shown = {name for names in re.findall(r'class="([^"]*)"', drawn[0]) for name in names.split()}

    assert known - shown == set()


def test_every_state_of_a_component_is_drawn(drawn):
    known = set(re.findall(r'\[(data-[a-z]+="[^"]+")\]', selectors()))

    assert {state for state in known if state not in drawn[0]} == set()


def test_every_token_is_told_once_with_its_value_in_light(drawn):
    names = [token.name for token in tokens()]

    assert sorted(names) == sorted(set(re.findall(r"--([a-z0-9-]+):", sheet("tokens.css"))))
    assert {name for name in names if f"<b>--{name}</b>" not in drawn[0]} == set()
    assert next(token for token in tokens() if token.name == "tap").value == "44px"


def test_no_id_stands_twice(drawn):
    ids = re.findall(r'\sid="([^"]+)"', drawn[0])

    assert [name for name in ids if ids.count(name) > 1] == []
