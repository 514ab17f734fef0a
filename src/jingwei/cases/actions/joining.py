"""Cases that are one matter: merged and taken apart again, grouped under one that leads, closed with it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases import docket, moves, store
from jingwei.cases.actions.moving import moving
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case
from jingwei.cases.moves.joining import MOST_CHILDREN
from jingwei.cases.queries import CaseQuerySet
from jingwei.cases.workflow import OPEN, Status
from jingwei.kernel.public import WHOLE, NotPermitted, Refused, entered, may
from jingwei.people.public import Member


@atomic
def merge_case(
    case: Case, *, into: Case, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """The same matter as `into`, which goes on for both. Whoever reported this one follows that one."""
    if into.pk == case.pk:
        raise Refused(_("A case cannot be merged with itself. Choose another."))
    if children_of(case).exists():
        raise Refused(_("This case leads a group. Take the others out first, or merge the other one into it."))
    with ExitStack() as stack:
        lives = {}
        for one, verb in _in_order((case, "merge"), (into, "absorb")):
            with_seen = seen if one is case else None
            lives[verb], doing = stack.enter_context(moving(one, verb, by=by, now=now, seen=with_seen))
        moves.absorb(lives["absorb"], doing, merged=str(case.pk))
        moves.merge(lives["merge"], doing, into=str(into.pk), words=words)
    return lives["merge"].case


@atomic
def unmerge_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """Another matter after all: as it was before, and its reporter follows it again."""
    into = case.follows
    if into is None or case.status != Status.MERGED:
        raise Refused(_("This case is not merged with another."))
    with ExitStack() as stack:
        lives = {}
        for one, verb in _in_order((case, "unmerge"), (into, "let_go")):
            with_seen = seen if one is case else None
            lives[verb], doing = stack.enter_context(moving(one, verb, by=by, now=now, seen=with_seen))
        moves.let_go(lives["let_go"], doing, merged=str(case.pk))
        moves.unmerge(lives["unmerge"], doing, words=words)
    return lives["unmerge"].case


def _in_order(*pairs: tuple[Case, str]) -> Iterator[tuple[Case, str]]:
    """Always locked in the order of their keys: nobody waits for somebody who waits for them."""
    yield from sorted(pairs, key=lambda pair: pair[0].pk)


@atomic
def group_cases(
    case: Case,
    *,
    children: Sequence[Case],
    words: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Many reports of one incident: `children` follow `case` from now on, up to 200 of them."""
    keys = sorted({child.pk for child in children})
    if not keys or case.pk in keys:
        raise Refused(_("Choose the other cases of the group, and not the one that leads it."))
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=[*keys, case.pk]).order_by("pk").only("pk"))
    if len(keys) + children_of(case).count() > MOST_CHILDREN:
        raise Refused(_("A group has %(n)d cases at most besides the one that leads it.") % {"n": MOST_CHILDREN})
    with moving(case, "group", by=by, now=now, seen=seen) as (life, doing):
        moves.group(life, doing, count=len(keys), words=words)
        with entered(WHOLE):
            joining = store.load_many(keys)
            for one in joining:
                _check_child(one, by)
            _together(joining, lambda one: moves.join_group(one, doing, into=str(case.pk)))
    return life.case


def _check_child(life: Life, by: Member) -> None:
    if not may(by, "cases.group", life.case):
        raise NotPermitted(_("You may not do this here."))
    if children_of(life.case).exists():
        raise Refused(_("%(number)s leads a group itself.") % {"number": life.case.number})


def ungroup_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """It goes on by itself."""
    with moving(case, "ungroup", by=by, now=now, seen=seen) as (life, doing):
        moves.ungroup(life, doing, words=words)
    return life.case


def end_group(life: Life, doing: Doing) -> None:
    """What follows a case that ends: closed with it, or free again where it was taken back."""
    keys = list(children_of(life.case).values_list("pk", flat=True))
    if not keys or life.case.is_open:
        return
    case, condition = life.case, life.case.condition
    with entered(WHOLE):
        lives = store.load_many(keys)
        if case.status == Status.CLOSED and condition is not None:
            _together(
                lives,
                lambda one: moves.follow(one, doing, outcome=case.outcome, condition=condition, title=case.title),
            )
        else:
            words = _("The case that led the group was taken back.")
            _together(lives, lambda one: moves.ungroup(one, doing, words=words))


def _together(lives: Sequence[Life], move: Callable[[Life], None]) -> None:
    departments = docket.lineages()
    before = [docket.plan(life, departments) for life in lives]
    for life in lives:
        move(life)
    store.save_many(lives, before, departments)


def children_of(case: Case) -> CaseQuerySet:
    """The open cases that follow this one in its group."""
    return Case.objects.filter(follows_id=case.pk, status__in=sorted(OPEN))
