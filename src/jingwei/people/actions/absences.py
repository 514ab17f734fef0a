"""What changes absences: who is away, who stands in, and who is back."""

from datetime import date, datetime
from typing import Any

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, publish
from jingwei.people.actions.apart import check_delegate_apart
from jingwei.people.actions.asking import ask
from jingwei.people.facts import AbsenceArranged, AbsenceEnded
from jingwei.people.models import Absence, Member, Posting
from jingwei.people.queries import today
from jingwei.people.roles import ROLES


@atomic
def arrange_absence(
    member: Member,
    *,
    begins_on: date,
    ends_on: date,
    kind: str = Absence.Kind.LEAVE,
    delegate: Member | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Absence:
    """`member` is away from `begins_on` until before `ends_on`: their duties rest, but for looking.

    `delegate` has them for that time, at the same places; nobody stands in by two steps.
    """
    both = Member.objects.filter(pk__in=[member.pk, *([delegate.pk] if delegate else [])])
    held = {one.pk: one for one in both.select_for_update().order_by("pk")}
    absence = Absence(member=held[member.pk], kind=kind, begins_on=begins_on, ends_on=ends_on)
    absence.delegate = held[delegate.pk] if delegate else None
    postings = list(absence.member.postings.between(begins_on, ends_on).select_related("department"))
    _check_time(absence, postings, today(now))
    for posting in postings:
        _ask_about(posting, by)
    if absence.delegate is not None:
        _check_delegate(absence, by)
    absence.save()
    publish(AbsenceArranged(**_about(absence, postings[0])), by=by, at=now)
    return absence


@atomic
def end_absence(
    absence: Absence, *, ends_on: date | None = None, by: Member | None, now: datetime | None = None
) -> Absence:
    """Back at work from today on, or from the day `ends_on`; one that has not begun is called off."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("member").get(pk=absence.pk)
    postings = list(absence.member.postings.between(absence.begins_on, absence.ends_on).select_related("department"))
    for posting in postings:
        _ask_about(posting, by)
    if absence.ends_on <= today(now):
        raise Refused(_("This absence is over already."))
    back = ends_on or today(now)
    if back > absence.ends_on:
        raise Refused(_("This is later than was arranged. Arrange another absence for the days that follow."))
    absence.ends_on = max(back, absence.begins_on)
    absence.save(update_fields=["ends_on"])
    place = postings[0] if postings else absence.member.postings.order_by("-pk").first()
    if place is not None:
        publish(AbsenceEnded(**_about(absence, place)), by=by, at=now)
    return absence


def _ask_about(posting: Posting, by: Member | None) -> None:
    ask(by, "people.post_apart" if ROLES[posting.role].is_apart else "people.post", posting)


def _about(absence: Absence, posting: Posting) -> dict[str, Any]:
    return {
        "absence_id": absence.pk,
        "member_id": absence.member_id,
        "code": posting.place,
        "delegate_id": absence.delegate_id,
    }


def _check_time(absence: Absence, postings: list[Posting], on: date) -> None:
    names = {"name": absence.member.name}
    if absence.ends_on <= absence.begins_on:
        raise Refused(_("The day of coming back lies after the first day away."))
    if absence.ends_on <= on:
        raise Refused(_("These days have passed. An absence is arranged for days to come."))
    if not postings:
        raise Refused(_("%(name)s holds no posting in that time, so there is nothing to be away from.") % names)
    if absence.member.absences.between(absence.begins_on, absence.ends_on).exists():
        raise Refused(_("%(name)s is away on some of these days already. End that absence, or choose others.") % names)
    standing = absence.member.stand_ins.between(absence.begins_on, absence.ends_on).select_related("member").first()
    if standing is not None:
        raise Refused(
            _("%(name)s stands in for %(other)s in that time. Choose another delegate for %(other)s first.")
            % {**names, "other": standing.member.name}
        )


def _check_delegate(absence: Absence, by: Member | None) -> None:
    delegate = absence.delegate
    assert delegate is not None
    names = {"name": delegate.name, "member": absence.member.name}
    if delegate.pk == absence.member_id:
        raise Refused(_("Nobody stands in for themselves."))
    if by is not None and by.pk == delegate.pk:
        raise Refused(_("Nobody gives duties to themselves. Ask somebody else who arranges postings."))
    if delegate.kind != Member.Kind.STAFF or not delegate.is_active:
        raise Refused(_("%(name)s has no open staff account and cannot stand in.") % names)
    if delegate.absences.between(absence.begins_on, absence.ends_on).exists():
        raise Refused(_("%(name)s is away in that time too. Choose somebody who is there.") % names)
    check_delegate_apart(absence)
