"""Running what was planned: each row by the ordinary actions, so that a sheet can do nothing that a form could not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.transaction import atomic

from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people.actions import change_posting, create_posting, register_staff
from jingwei.people.importing.planning import Change, Planned
from jingwei.people.models import Department, Member, Posting


@dataclass
class Done:
    """How many rows became what; what a row was refused for, by its number."""

    counts: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def run(
    planned: Sequence[Planned], *, by: Member | None, now: datetime | None = None, done: Done | None = None
) -> Done:
    """Make every row true, adding to `done`. A row that the rules refuse leaves the others alone."""
    done = done or Done()
    for one in planned:
        try:
            with atomic():  # so that a row goes back alone
                _make(one, by, now)
        except (Refused, NotPermitted) as no:
            done.refused[str(one.number)] = no.message if isinstance(no, Refused) else str(no)
        else:
            done.counts[one.change] = done.counts.get(one.change, 0) + 1
    return done


def _make(one: Planned, by: Member | None, now: datetime | None) -> None:
    if one.change in {Change.SAME, Change.BAD}:
        return
    if one.posting_id is not None:
        posting = Posting.objects.get(pk=one.posting_id)
        change_posting(posting, categories=one.categories, ends_on=one.ends_on, by=by, now=now)
        return
    member = Member.objects.filter(username=one.username).first()
    if member is None:
        member = register_staff(username=one.username, name=one.name, phone=one.phone or None, by=by, now=now)
    create_posting(
        member,
        one.role,
        code=one.code,
        department=Department.objects.get(pk=one.department_id) if one.department_id else None,
        categories=one.categories,
        begins_on=one.begins_on,
        ends_on=one.ends_on,
        by=by,
        now=now,
    )
