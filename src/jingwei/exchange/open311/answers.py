"""Answers in the two forms of the standard. One tree serves both: lists name their items for XML, JSON drops names."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


@dataclass(frozen=True)
class Several:
    """A list: in XML each item is an element called `item`."""

    item: str
    items: Iterable[Any]


class Fault(Exception):  # noqa: N818 - an answer, like Refused
    """What the standard calls an error: a status and a sentence."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


def answer(form: str, root: str, content: Any, status: int = 200) -> HttpResponse:
    """`content` (a mapping or `Several`) below the element `root`, or as JSON, which has no root."""
    text = (
        HEAD + "".join(_xml(root, content)) + "\n" if form == "xml" else json.dumps(_plain(content), ensure_ascii=False)
    )
    response = HttpResponse(text.encode(), status=status, content_type=TYPES[form])
    response["Content-Language"] = get_language() or "zh-hans"
    return response


def fault_answer(form: str, fault: Fault) -> HttpResponse:
    """An error as the standard has it."""
    one = {"code": fault.status, "description": fault.said}
    return answer(form, "errors", Several("error", [one]), fault.status)


def broken(request: HttpRequest, status: int, said: str, reference: str) -> HttpResponse:
    """What went wrong outside the views, in the form that the address asks for; XML where it asks for none."""
    form = "json" if request.path.endswith(".json") else "xml"
    return fault_answer(form, Fault(status, f"{said} ({reference})" if reference else said))


def moment(at: datetime | None) -> str | None:
    """A time as the W3C note has it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _xml(name: str, value: Any) -> Iterator[str]:
    inside = "".join(_inside(value))
    yield f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _inside(value: Any) -> Iterator[str]:
    match value:
        case None:
            return
        case Several():
            for one in value.items:
                yield from _xml(value.item, one)
        case Mapping():
            for name, one in value.items():
                yield from _xml(name, one)
        case bool():
            yield "true" if value else "false"
        case _:
            yield escape(str(value).translate(UNPRINTABLE))


def _plain(value: Any) -> Any:
    match value:
        case Several():
            return [_plain(one) for one in value.items]
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
    return value
