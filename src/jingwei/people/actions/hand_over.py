"""Handing over: what somebody leaves behind goes to others, at once, each piece by the rules of its own module."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, may, publish, require
from jingwei.people.facts import WorkHandedOver
from jingwei.people.models import HandOver, Member, Posting
from jingwei.people.queries import today
from jingwei.people.work import OpenWork, open_work_of, source_of


def left_behind(member: Member, on: date) -> list[OpenWork]:
    """Open work of `member` where nothing that they hold on the day `on` or later reaches."""
    work = open_work_of(member)
    if not work:
        return []
    staying = member.postings.filter(Q(ends_on=None) | Q(ends_on__gt=on)).exclude(code=None)
    spans = [posting.span for posting in staying]
    return [one for one in work if not any(first <= one.code <= last for first, last in spans)]


def open_hand_over(posting: Posting, *, now: datetime | None = None) -> HandOver | None:
    """Note that work stays behind when `posting` ends; None, and no note any more, where none does."""
    on = posting.ends_on or today(now)
    if not left_behind(posting.member, on):
        HandOver.objects.filter(posting=posting, done_at=None).delete()
        return None
    hand_over, _is_new = HandOver.objects.update_or_create(
        posting=posting,
        defaults={"due_on": on, "done_at": None, "done_by": None},
        create_defaults={
            "member": posting.member,
            "code": posting.place,
            "due_on": on,
            "opened_at": now or clock.now(),
        },
    )
    return hand_over


@atomic
def hand_over_work(
    member: Member, to: Mapping[str, Member], *, words: str, by: Member, now: datetime | None = None
) -> int:
    """Pass on open work of `member`: to whom, by the `id` of each piece. All of it, or nothing. Gives how much.

    `words` is the reason, which stands in the history of each piece.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    place = _ask_where_held(member, by)
    open_now = {one.id for one in open_work_of(member)}
    if gone := [one for one in to if one not in open_now]:
        raise Refused(
            _("%(count)d of these are no longer with %(name)s. Look at the list again.")
            % {"count": len(gone), "name": member.name}
        )
    for work_id, taker in sorted(to.items()):
        source, key = source_of(work_id)
        source.pass_on(key, taker, words, by, now)
    if to:
        publish(WorkHandedOver(member_id=member.pk, code=place, count=len(to)), by=by, at=now)
    settle_hand_overs(member, by=by, now=now)
    return len(to)


def settle_hand_overs(member: Member, *, by: Member | None, now: datetime | None = None) -> int:
    """Close the member's hand-overs that nothing is open in any more. Gives how many those were."""
    settled = 0
    for one in member.hand_overs.filter(done_at=None):
        if not left_behind(member, one.due_on):
            one.done_at, one.done_by = now or clock.now(), by
            one.save(update_fields=["done_at", "done_by"])
            settled += 1
    return settled


def _ask_where_held(member: Member, by: Member) -> int:
    """Ask about the latest posting of the member that `by` may arrange; gives its place."""
    postings = list(member.postings.select_related("department").order_by("-begins_on", "-pk"))
    if not postings:
        raise Refused(_("%(name)s never held a posting here.") % {"name": member.name})
    for posting in postings[:-1]:
        if may(by, "people.post", posting):
            return posting.place
    require(by, "people.post", postings[-1])
    return postings[-1].place
