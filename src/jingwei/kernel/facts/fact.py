"""What a fact is: a frozen dataclass of ids and codes, never words."""

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar
from uuid import UUID

CODE = re.compile(r"[\w.:-]{0,64}", re.ASCII)

_classes: dict[str, type["Fact"]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that has happened at the area `code`. A subclass says its `kind`, "module.past_tense"."""

    kind: ClassVar[str]
    code: int

    def __init_subclass__(cls) -> None:
        if cls.kind in _classes:
            raise ValueError(f"two facts are called {cls.kind}")
        _classes[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        """The fields other than `code`, as JSON holds them. Words are a ValueError, odd types a TypeError."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self) if item.name != "code"}


def subject_field(kind: str) -> str | None:
    """The field that names the thing a fact is about: the first one that ends in `_id`."""
    known = _classes.get(kind)
    names = (item.name for item in fields(known)) if known else iter(())
    return next((name for name in names if name.endswith("_id")), None)


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case UUID():
            return str(value)
        case str() if CODE.fullmatch(value):
            return str(value)
        case str():
            raise ValueError("a fact carries ids and codes, not words")
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"a fact cannot carry a {type(value).__name__}")
