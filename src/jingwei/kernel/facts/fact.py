"""What a fact is: a frozen dataclass of ids and codes, never words."""

import re
from dataclasses import fields
from typing import Any, ClassVar
from uuid import UUID

CODE = re.compile(r"[\w.:-]{0,64}", re.ASCII)

_classes: dict[str, type["Fact"]] = {}


class Fact:
    """Something that has happened at the area `code` (0: at no place).

    A subclass is a frozen dataclass and says its `kind`, "module.past_tense". Its first field that ends in
    `_id` names what the fact is about.
    """

    kind: ClassVar[str]
    code: int
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        if "kind" not in cls.__dict__:
            return
        if cls.kind in _classes:
            raise ValueError(f"two facts are called {cls.kind}")
        _classes[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        """The fields other than `code`, as JSON holds them. Words are a ValueError, odd types a TypeError."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self) if item.name != "code"}


def fact_kinds() -> list[str]:
    """Every kind of fact that there is."""
    return list(_classes)


def subject_field(kind: str) -> str | None:
    """The field that names what facts of this kind are about, where there is one."""
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
