"""What modules above add to the sheet of a case: links, for whoever may follow them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from jingwei.cases.models import Case
from jingwei.people.public import Member


@dataclass(frozen=True)
class SheetLink:
    title: str | Promise
    url: str
    icon: str


Find = Callable[[Case, Member], SheetLink | None]
_finders: list[Find] = []


def register_sheet_link(find: Find) -> Find:
    """Called when Django starts. `find` gives the link of a case for a member; None where there is none for them."""
    _finders.append(find)
    return find


def sheet_links(case: Case, member: Member) -> list[SheetLink]:
    return [link for find in _finders if (link := find(case, member)) is not None]
