"""Kinds of matter, as rules, scripts and plans name them: a whole class (two digits), or one of its classes (four)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.catalogue import current
from jingwei.cases.models import Category

Kinds = list[tuple[str, Any]]


def kind_choices(categories: Mapping[str, Category] | None = None) -> Kinds:
    """As the choices of a select, grouped by class: all of the class first. The table that holds now, or another."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in (current() if categories is None else categories).values():
        groups.setdefault((one.major, one.major_name), []).append((one.code, one.name))
    return [
        (name, [(major, _("%(major)s, all") % {"major": name}), *classes]) for (major, name), classes in groups.items()
    ]


def kind_name(code: str) -> str:
    """What it is called; its digits where the table does not know it any more."""
    known = current()
    if code in known:
        return known[code].name
    return next((one.major_name for one in known.values() if one.major == code), code)
