"""Tags and filters for every template (a builtin: no `load` needed). README.md shows how each is written."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, ClearableFileInput, RadioSelect, Select, Textarea
from django.forms.widgets import CheckboxSelectMultiple, FileInput
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from jingwei.kernel.public import clock as kernel_clock
from jingwei.ui import clocks, words
from jingwei.ui.states import STATES, STEPS, STEPS_DONE

register = template.Library()

ICON_SIZES = {"": "icon", "xs": "icon icon-xs", "s": "icon icon-s", "l": "icon icon-l", "xl": "icon icon-xl"}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A symbol of the sprite. Decoration unless `label` says what it stands for."""
    return _drawn(name, size, str(label))


@lru_cache(maxsize=1024)  # a page of the desk draws the same few dozens of times
def _drawn(name: str, size: str, label: str) -> SafeString:
    kind = ICON_SIZES[size]
    href = f"{static('ui/icons.svg')}#i-{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', kind, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', kind, href)


@register.simple_tag
def state(status: str, size: str = "") -> SafeString:
    """The pill of a case's or assignment's status: icon and word on its colour."""
    return _pill(status, size, get_language())


@lru_cache(maxsize=256)
def _pill(status: str, size: str, _language: str | None) -> SafeString:
    shown = STATES[status]
    return format_html(
        '<span class="state{}" data-state="{}">{}{}</span>',
        " state-l" if size == "l" else "",
        shown.colour,
        icon(shown.icon),
        shown.word,
    )


@register.filter
def state_word(status: str) -> str:
    return str(STATES[status].word)


@register.filter
def state_icon(status: str) -> str:
    return STATES[status].icon


@register.filter
def state_colour(status: str) -> str:
    """The data-state under which components.css knows this status."""
    return STATES[status].colour


@register.simple_tag
def clock(
    due_at: datetime | None,
    *,
    form: str = "line",
    now: datetime | None = None,
    started_at: datetime | None = None,
    done_at: datetime | None = None,
    is_paused: bool = False,
    is_provisional: bool = False,
) -> SafeString:
    """A time limit. Forms: "line" in a sentence or card, "row" in a dense table, "block" over an open case."""
    shown = clocks.read(
        due_at,
        now or kernel_clock.now(),
        started=started_at,
        done=done_at,
        is_paused=is_paused,
        is_provisional=is_provisional,
    )
    return CLOCK_FORMS[form](shown, due_at)


def _clock_line(shown: clocks.Clock, due_at: datetime | None) -> SafeString:
    """Says the date; the remaining time only where it presses."""
    words_first = shown.head if shown.signal in ("none", "done", "paused") else shown.by
    words_then = shown.head if shown.signal in ("near", "overdue") and shown.by else ""
    return format_html(
        '<span class="clock" data-signal="{}">{}{}{}</span>',
        shown.signal,
        icon(shown.icon),
        _time(due_at, words_first, tag="b"),
        format_html(' <span class="clock-left">{}</span>', words_then) if words_then else "",
    )


def _clock_row(shown: clocks.Clock, due_at: datetime | None) -> SafeString:
    mark = "" if shown.signal in ("ok", "near", "none", "done") else icon(shown.icon, "xs")
    return format_html(
        '<span class="clock due" data-signal="{}"><b>{}{}</b>{}</span>',
        shown.signal,
        mark,
        shown.brief,
        _time(due_at, shown.day),
    )


def _clock_block(shown: clocks.Clock, due_at: datetime | None) -> SafeString:
    return format_html(
        '<div class="clock clock-block used-{}" data-signal="{}">{}<b>{}</b>'
        '<span class="clock-left">{}</span><span class="clock-bar"></span></div>',
        shown.used,
        shown.signal,
        icon(shown.icon),
        shown.head,
        _time(due_at, shown.by),
    )


CLOCK_FORMS = {"line": _clock_line, "row": _clock_row, "block": _clock_block}


def _time(at: datetime | None, said: str, tag: str = "") -> SafeString:
    """`said`, with the exact time for machines and on hover."""
    if at is None:
        return format_html("<b>{}</b>", said) if tag else format_html("<span>{}</span>", said)
    inner = format_html("<b>{}</b>", said) if tag else said
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', kernel_clock.local(at).isoformat(), words.exact(at), inner
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """When something happened, relative, with the exact time on hover."""
    return "" if value is None else _time(value, words.moment(value, kernel_clock.now()))


@register.filter
def by_when(value: datetime | None) -> SafeString | str:
    """A limit as a date: "by Wed 11:00"."""
    return "" if value is None else _time(value, words.by_when(value, kernel_clock.now()))


@register.filter
def clock_time(value: datetime | None) -> SafeString | str:
    return "" if value is None else _time(value, words.clock_time(value))


@register.filter
def exact(value: datetime | None) -> SafeString | str:
    """For paper and ledgers: "2026-11-24 10:35"."""
    return "" if value is None else _time(value, words.exact(value))


@register.filter
def phone_masked(number: str | None) -> str:
    return words.phone_masked(number or "")


@register.inclusion_tag("ui/parts/steps.html")
def steps(
    status: str,
    *,
    size: str = "",
    at: Mapping[str, datetime] | None = None,
    is_late: bool = False,
    is_paused: bool = False,
    is_rated: bool = False,
) -> dict[str, Any]:
    """The six steps of a case as a line. `at`: when each step was done, by its name (report, file, …)."""
    done = STEPS_DONE.get(status, 1) + (is_rated and status == "closed")
    has_next = status in STEPS_DONE
    now = "late" if is_late else "paused" if is_paused else "now"
    line = [
        {
            "word": word,
            "step": "done" if index < done else now if index == done and has_next else "next",
            "at": (at or {}).get(name),
        }
        for index, (name, word) in enumerate(STEPS.items())
    ]
    current = next((step for step in line if step["step"] == now), None)
    return {"line": line, "size": size, "current": current, "position": done + 1, "count": len(line)}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, *, label: str | None = None, hint: str | None = None) -> dict[str, Any]:
    """A form field with its label, hint and errors, tied together for screen readers."""
    return _field_parts(bound, label, hint)


@register.inclusion_tag("ui/parts/chips.html")
def chips(bound: BoundField, *, label: str | None = None, size: str = "") -> dict[str, Any]:
    """A choice field (one or several) as chips."""
    many = isinstance(bound.field.widget, CheckboxSelectMultiple)
    kind = "checkbox" if many else "radio"
    return _field_parts(bound, label, None) | {"type": kind, "size": size, "options": list(bound.subwidgets)}


def _field_parts(bound: BoundField, label: str | None, hint: str | None) -> dict[str, Any]:
    widget = bound.field.widget
    hint = str(bound.help_text) if hint is None else hint
    described = [f"{bound.auto_id}_hint"] if hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"class": _widget_class(widget)}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return {
        "bound": bound,
        "label": bound.label if label is None else label,
        "hint": hint,
        "is_group": isinstance(widget, (RadioSelect, CheckboxSelectMultiple)),
        "is_check": isinstance(widget, CheckboxInput),
        "is_optional": not (bound.field.required or isinstance(widget, (CheckboxInput, CheckboxSelectMultiple))),
        "control": bound.as_widget(attrs=attributes),
        "described": " ".join(described),
    }


def _widget_class(widget: object) -> str:
    if isinstance(widget, Textarea):
        return "textarea"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, (FileInput, ClearableFileInput)):
        return "file"
    return "" if isinstance(widget, CheckboxInput) else "input"
