"""Which script holds for a class: that of the class, else of its major class, else the one for all."""

from collections.abc import Iterable

from jingwei.counter.models import Script

ALL = "all"
"""How addresses name the script for every matter."""


def kind_of(category_code: str) -> str:
    return category_code or ALL


def code_of_kind(kind: str) -> str:
    return "" if kind == ALL else kind


def script_for(category_code: str) -> Script | None:
    """The one that says the most exactly what to do. One query."""
    kinds = [category_code, category_code[:2], ""]
    found = {one.category_code: one for one in in_force(kinds) if not one.is_empty}
    return next((found[kind] for kind in kinds if kind in found), None)


def in_force(kinds: Iterable[str] | None = None) -> list[Script]:
    """The newest edition of each kind of matter, in the order of the classes."""
    rows = Script.objects.all() if kinds is None else Script.objects.filter(category_code__in=set(kinds))
    return list(rows.order_by("category_code", "-number").distinct("category_code"))
