"""Roles that are never one person: not by postings, and not by standing in for somebody.

Of postings the constraint `roles_apart_never_meet` holds the same; this says it in a sentence, and of delegates too.
"""

from datetime import date

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.people.models import Absence, Member, Posting
from jingwei.people.roles import roles_apart


def check_apart(posting: Posting) -> None:
    """Refuse a posting that would meet one apart from it: of the same member, or of whoever stands in or is stood in
    for meanwhile.
    """
    if posting.role not in roles_apart() or posting.begins_on == posting.ends_on:
        return
    _check(posting.member, {posting.role}, posting.begins_on, posting.ends_on, besides=posting.pk)
    for absence in posting.member.absences.between(posting.begins_on, posting.ends_on).select_related("delegate"):
        if absence.delegate is not None:
            _check(absence.delegate, {posting.role}, *_overlap(absence, posting))


def check_delegate_apart(absence: Absence) -> None:
    """Refuse a delegate who would hold, with what the member who is away holds, roles that are apart."""
    if absence.delegate is not None:
        roles = _roles(absence.member, absence.begins_on, absence.ends_on)
        _check(absence.delegate, roles, absence.begins_on, absence.ends_on)


def _check(member: Member, roles: set[str], begins_on: date, ends_on: date | None, besides: int | None = None) -> None:
    if not roles:
        return
    held = roles | _roles(member, begins_on, ends_on, besides)
    for absence in member.stand_ins.between(begins_on, ends_on).select_related("member"):
        held |= _roles(absence.member, absence.begins_on, absence.ends_on)
    if len(held) > 1:
        raise Refused(_("Posting officer, administrator, security officer and auditor are never one person."))


def _roles(member: Member, begins_on: date, ends_on: date | None, besides: int | None = None) -> set[str]:
    """Roles that are apart, of the member's own postings in that time."""
    postings = member.postings.between(begins_on, ends_on).filter(role__in=roles_apart())
    return {one.role for one in postings if one.begins_on != one.ends_on and one.pk != besides}


def _overlap(absence: Absence, posting: Posting) -> tuple[date, date]:
    last = min(absence.ends_on, posting.ends_on) if posting.ends_on else absence.ends_on
    return max(absence.begins_on, posting.begins_on), last
