"""Facts are kept for good: they hold ids, codes and states, and nothing that says who somebody is."""

import re
from dataclasses import fields
from datetime import date, datetime
from types import UnionType
from typing import get_args, get_type_hints

from jingwei.kernel.public import Fact

PLAIN = {int, bool, type(None), date, datetime}
CODES = re.compile(
    r"(.*_id|.*_ids|code|codes|kind|verb|status|level|role|duty|duties|key|keys|reason|state|way|ways|digest|number|factor|what)"
)
"""Names of fields that are text: ids, and words of tables that the platform itself keeps."""


def kinds(of=Fact):
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def of_modules():
    return [kind for kind in kinds() if ".tests." not in kind.__module__]


def is_plain(hint):
    inner = [part for part in get_args(hint) if part is not ...] or [hint]
    return all(part in PLAIN for part in inner)


def test_facts_hold_ids_codes_and_states_only():
    odd = [
        f"{kind.__name__}.{field.name}: {hints[field.name]}"
        for kind in of_modules()
        for hints in [get_type_hints(kind)]
        for field in fields(kind)
        if not is_plain(hints[field.name]) and not CODES.fullmatch(field.name)
    ]

    assert len(of_modules()) > 15
    assert odd == []


def test_a_field_with_words_would_be_found():
    assert not is_plain(str)
    assert not is_plain(str | None)
    assert isinstance(str | None, UnionType)
    assert not any(CODES.fullmatch(name) for name in ("name", "phone", "words", "title", "text", "address"))
