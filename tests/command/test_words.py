import re
import string

import pytest

from jingwei.command.layout import ROOT
from jingwei.command.words import language, phrases, say

SPOKEN = re.compile(r'(?:say|Trouble|step|note|super\(\).__init__)\(\s*["\']([a-z_]+)["\']')
CHOSEN = re.compile(r'(?:say|step)\("([a-z_]+)" if [^\n]+ else "([a-z_]+)"')
EXAMINED = re.compile(r'"(doctor_[a-z_]+)"')
PHRASE = re.compile(r'phrase = "([a-z_]+)" if [^\n]+ else "([a-z_]+)"')


def spoken() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src/jingwei/command").glob("*.py"):
        text = path.read_text("utf-8")
        found.update(SPOKEN.findall(text), EXAMINED.findall(text))
        for pair in (*CHOSEN.findall(text), *PHRASE.findall(text)):
            found.update(pair)
    return found


def test_phrases_are_those_that_are_spoken():
    assert spoken() == set(phrases())


@pytest.mark.parametrize("phrase", sorted(phrases()))
def test_phrase_has_the_same_values_in_both_languages(phrase):
    placeholders = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in phrases()[phrase].values()
    ]

    assert set(phrases()[phrase]) == {"en", "zh"}
    assert placeholders[0] == placeholders[1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_language_is_the_first_that_the_locale_names(monkeypatch, given, expected):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert language() == expected


def test_phrase_is_said_in_chinese_where_the_locale_is(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert say("port_taken", port=8000, free=8001) == ("端口 8000 已被别的程序占用。请换一个：./jingwei up --port 8001")
