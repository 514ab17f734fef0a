import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation

from jingwei.kernel.public import clock
from jingwei.ui.states import STATES


def rendered(source: str, **context) -> str:
    return Template(source).render(Context(context))


class ReportForm(forms.Form):
    words = forms.CharField(
        label="What happened", help_text="One line is enough", widget=forms.Textarea, required=False
    )
    phone = forms.CharField(label="Phone")
    reason = forms.ChoiceField(label="Reason", choices=[("a", "Again"), ("b", "Wrong")], widget=forms.RadioSelect)
    is_urgent = forms.BooleanField(label="Urgent", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in rendered('{% icon "camera" %}')
    named = rendered('{% icon "camera" label="Photo" %}')
    assert 'role="img"' in named
    assert 'aria-label="Photo"' in named
    assert "aria-hidden" not in named


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_status_has_an_icon_of_the_sprite_and_a_word(status, language):
    sprite = Path(finders.find("ui/icons.svg")).read_text(encoding="utf-8")
    with translation.override(language):
        pill = rendered("{% state status %}", status=status)

    icon = re.search(r"#i-([a-z0-9-]+)", pill).group(1)
    word = re.search(r"</svg>([^<]+)</span>", pill).group(1)
    assert f'id="i-{icon}"' in sprite
    assert word.isascii() == (language == "en")


def test_a_clock_in_a_row_names_its_signal_and_gives_the_exact_time(english, at):
    with clock.frozen(at()):
        row = rendered('{% clock due form="row" %}', due=at(time="11:31"))

    assert row == (
        '<span class="clock due" data-signal="near"><b>49 min</b>'
        '<time datetime="2026-11-24T11:31:00+08:00" title="2026-11-24 11:31">11:31</time></span>'
    )


def test_a_clock_in_a_line_says_the_date_and_what_is_left_only_where_it_presses(chinese, at):
    with clock.frozen(at()):
        calm = rendered("{% clock due %}", due=at("2026-11-26", "11:00"))
        pressing = rendered("{% clock due %}", due=at(time="11:31"))

    assert "周四 11:00 前" in calm
    assert "剩" not in calm
    assert "今天 11:31 前" in pressing
    assert "剩 49 分" in pressing


def test_a_block_clock_has_a_class_for_its_bar_and_no_style(english, at):
    with clock.frozen(at()):
        block = rendered('{% clock due form="block" started_at=start %}', due=at(time="11:31"), start=at(time="09:31"))

    assert 'class="clock clock-block used-60"' in block
    assert "style" not in block


def test_a_missing_time_shows_nothing():
    assert rendered("{{ value|moment }}{{ value|by_when }}{{ value|exact }}{{ value|clock_time }}", value=None) == ""


def test_words_are_escaped(english):
    assert "<script>" not in rendered('{% icon "camera" label=label %}', label='"><script>')


def test_a_field_ties_its_hint_and_error_to_its_control(english):
    html = rendered("{% field form.words %}{% field form.phone %}", form=ReportForm({}))

    assert 'aria-describedby="id_words_hint"' in html
    assert '<p class="hint" id="id_words_hint">One line is enough</p>' in html
    assert 'aria-describedby="id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="id_phone_error">.*This field is required', html, re.DOTALL)


def test_only_optional_fields_are_marked(english):
    assert "optional" in rendered("{% field form.words %}", form=ReportForm())
    assert "optional" not in rendered("{% field form.phone %}", form=ReportForm())


def test_choices_form_a_group_with_a_legend(english):
    html = rendered("{% field form.reason %}", form=ReportForm())

    assert "<fieldset" in html
    assert "<legend>Reason</legend>" in html
    assert html.count('type="radio"') == 2


def test_chips_keep_the_choice_that_was_made(english):
    html = rendered("{% chips form.reason %}", form=ReportForm({"reason": "b", "phone": "1"}))

    assert html.count("chip") > 2
    assert re.search(r'value="b"[^>]*checked', html)


def test_a_hidden_field_has_no_label(english):
    assert "label" not in rendered("{% field form.token %}", form=ReportForm())


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("reported", ["done", "now", "next", "next", "next", "next"]),
        ("dispatched", ["done", "done", "done", "now", "next", "next"]),
        ("in_hand", ["done", "done", "done", "now", "next", "next"]),
        ("handled", ["done", "done", "done", "done", "now", "next"]),
        ("closed", ["done", "done", "done", "done", "done", "now"]),
        ("rejected", ["done", "next", "next", "next", "next", "next"]),
    ],
)
def test_the_six_steps_of_a_status(english, status, steps):
    assert re.findall(r'data-step="(\w+)"', rendered("{% steps status %}", status=status)) == steps


def test_a_late_step_and_a_rated_case(english):
    assert 'data-step="late"' in rendered('{% steps "in_hand" is_late=True %}')
    assert rendered('{% steps "closed" is_rated=True %}').count('data-step="done"') == 6


def test_the_steps_are_said_in_one_sentence(chinese):
    assert "共 6 步，现在第 4 步：处理" in rendered('{% steps "in_hand" size="mini" %}')
