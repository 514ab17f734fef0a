"""What may be registered as a text, and what becomes of its values."""

import pytest
from django.utils.translation import override

from jingwei.notices.testing import VALUES, a_text
from jingwei.notices.texts import Kind, Text, Topic, Value, register_text, text_of, texts


def test_two_texts_of_one_key_are_refused(news):
    with pytest.raises(ValueError, match="two notices are called"):
        register_text(news)


def test_text_that_names_a_value_which_it_does_not_take_is_refused():
    with pytest.raises(KeyError):
        register_text(Text("test.bad", Topic.WORK, "all", "Hello %(name)s", "…"))
    assert text_of("test.bad") is None


@pytest.mark.parametrize("values", [{}, {"number": "1"}, VALUES | {"more": "x"}, VALUES | {"number": 5}])
def test_values_are_those_that_the_text_takes(news, values):
    with pytest.raises((ValueError, TypeError), match=r"test\.news"):
        news.check(values)


def test_moment_is_told_on_the_clock_of_the_district(news):
    assert "2026-11-21 17:00" in news.said(VALUES).body


def test_personal_value_stays_in_the_house():
    name = Value("name", "Li", is_personal=True)
    text = Text("test.personal", Topic.WORK, "all", "From %(name)s", "…", values=(name,))
    assert text.said({"name": "Wang"}).title == "From Wang"
    assert text.said({"name": "Wang"}, is_outside=True).title == "From …"


def test_every_registered_text_reads_in_both_languages():
    for text in texts():
        for language in ("zh-hans", "en"):
            with override(language):
                said = text.said(text.examples)
                assert said.title, text.key
                assert said.body, text.key
                assert len(said.sms) <= 140, text.key


def test_count_is_a_number():
    text = Text("test.count", Topic.WORK, "all", "%(n)s due", "…", values=(Value("n", 3, Kind.COUNT),))
    with pytest.raises(TypeError, match="n is a int"):
        text.check({"n": "3"})


def test_text_of_a_test_is_gone_afterwards():
    with a_text("test.gone"):
        assert text_of("test.gone")
    assert text_of("test.gone") is None
