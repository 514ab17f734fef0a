"""Names and words are found as they are written and as they are spoken."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import is_long_enough
from jingwei.kernel.searching.pinyin import FIRST, LAST, readings

pytestmark = pytest.mark.django_db
USUAL = "长寿街道朝阳路社区第三网格单元曾庆红漏水井盖绿地重庆南"


def ask(expression, *given):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", given)
        return cursor.fetchone()[0]


def finds(name, said):
    return bool(ask("name_parts(%s) && asked_name_parts(%s) AND is_called(%s, %s)", name, said, name, said))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("朝阳路社区", "阳"),
        ("朝阳路社区", "朝阳"),
        ("朝阳路社区", "chaoyang"),
        ("朝阳路社区", "Chao Yang"),
        ("朝阳路社区", "cyl"),
        ("朝阳路社区", "shequ"),
        ("长寿街道", "changshou"),
        ("长寿街道", "csjd"),
        ("单雄信", "shanxiong"),
        ("重庆南路", "cqnl"),
        ("吕梁", "lv"),
        ("A3 栋", "a3"),
        ("A3 栋", "3 栋"),
        ("荷塘新村 12 栋", "12"),
        ("Gate Lane", "gate l"),
        ("Gate Lane", "LANE"),
    ],
)
def test_a_name_is_found(name, said):
    assert finds(name, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("朝阳路社区", "cl"),
        ("朝阳路社区", "beijing"),
        ("朝阳路社区", "c"),
        ("朝阳路社区", "区社"),
        ("朝阳路社区", ""),
        ("朝阳路社区", " "),
        ("Gate Lane", "lang"),
        ("Gate Lane", "%%"),
        ("", "朝"),
    ],
)
def test_a_name_is_not_found(name, said):
    assert not finds(name, said)


@given(st.text(USUAL, min_size=1, max_size=8), st.data())
def test_every_stretch_of_a_name_finds_it_written_spoken_and_by_initials(name, data):
    """With the most usual reading of each character: the index lets through what the comparison would find."""
    first = dict(spoken())
    begin = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(begin + 1, len(name)))
    syllables = [first[character] for character in name[begin:end]]
    initials = "".join(one[0] for one in syllables)

    assert finds(name, name[begin:end])
    assert finds(name, "".join(syllables))
    assert finds(name, initials) is (len(initials) > 1)


def spoken():
    with connection.cursor() as cursor:
        cursor.execute("SELECT character, syllables[1] FROM reading WHERE character = ANY (%s)", [list(USUAL)])
        return cursor.fetchall()


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=4))
def test_what_the_database_looks_for_is_long_enough(said):
    assert ask("asked_name_parts(%s) IS NOT NULL", said) <= is_long_enough(said)


STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(STORABLE, STORABLE, STORABLE)
def test_a_text_holds_all_parts_of_what_stands_in_it(before, said, after):
    assert ask("coalesce(word_parts(%s) @> asked_parts(%s), true)", before + said + after, said)


def test_the_dictionary_is_whole():
    there = ask("count(*) FROM reading")
    assert there == sum(1 for _ in readings())
    assert there > 0.98 * (LAST - FIRST)
    assert ask("syllables FROM reading WHERE character = %s", "长") == ["zhang", "chang"]
