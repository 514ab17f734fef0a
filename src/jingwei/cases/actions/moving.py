"""The frame of every move: one transaction that locks the case, asks the permit, lets the rules work and writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.calendars.public import calendars
from jingwei.cases import docket, store
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case
from jingwei.cases.whose import whose
from jingwei.kernel.public import NotPermitted, NotTheirs, Refused, clock, may
from jingwei.people.public import Member, on_behalf_of


@contextmanager
def moving(
    case: Case,
    verb: str,
    *,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
    is_sight_needed: bool = True,
) -> Iterator[tuple[Life, Doing]]:
    """Hold `case`, make sure that `by` may `verb` it, and write what was done to the life when the block ends.

    `seen` is the version the person was looking at: if the case has moved on since, Refused says so.
    `is_sight_needed`: whether only those may who also see the case.
    """
    with atomic():
        life = store.load(case.pk)
        recorded_at = clock.now()  # only now is it our turn: whoever held the case before us was earlier
        _ask(life, verb, by, seen=seen, is_sight_needed=is_sight_needed)
        principal = on_behalf_of(by, f"cases.{verb}", life.case)
        life.forget_beside()
        departments = docket.lineages()
        before = docket.plan(life, departments)
        yield life, Doing(by.pk, now or recorded_at, recorded_at, calendars(), principal)
        store.save(life, before, departments)


def _ask(life: Life, verb: str, by: Member, *, seen: int | None, is_sight_needed: bool) -> None:
    if is_sight_needed and not may(by, "cases.see", life.case):
        raise NotPermitted(_("You may not do this here."))
    if seen is not None and seen != life.case.version:
        raise Refused(_("Somebody else has changed this case in the meantime. Look at what is new, then decide."))
    if not may(by, f"cases.{verb}", life.case):
        # whose it is, for those who may see the case; nothing of it for the others
        if may(by, "cases.see", life.case) and (said := whose(verb, life.case, by)):
            raise NotTheirs(said)
        raise NotPermitted(_("You may not do this here."))
