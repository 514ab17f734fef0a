"""One's own data: corrected, and erased where nothing that must go on depends on it."""

from datetime import datetime

from django.db.transaction import atomic, on_commit
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE, Refused, clock, opened, publish
from jingwei.people.actions.asking import ask
from jingwei.people.erasing import brought_back, erasers, keep_ledger, obstacle_to
from jingwei.people.facts import MemberCorrected, MemberErased
from jingwei.people.models import Member, SignInCode

ERASED = "—"
"""What stands for the name of whoever was erased."""
LONGEST_NAME = 60


@atomic
def correct_name(member: Member, name: str, *, by: Member, now: datetime | None = None) -> None:
    """A member's own name as it should be, or any name for who manages accounts."""
    if by.pk != member.pk or member.kind != Member.Kind.RESIDENT:
        ask(by, "people.account", member)
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Write a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name has %(n)d characters at most.") % {"n": LONGEST_NAME})
    member.name = name
    member.save(update_fields=["name"])
    publish(MemberCorrected(member_id=member.pk), by=by, at=now)


def may_be_erased(member: Member) -> bool:
    """Whether nothing stands in the way."""
    return obstacle_to(member) is None


@atomic
def erase_member(member: Member, *, by: Member | None, now: datetime | None = None) -> None:
    """Empty an account and what other modules hold of the person; the id stays, and leads to nobody.

    Residents may ask it for themselves. `by=None` is the system: what was kept long enough, and what was erased once.
    """
    now = now or clock.now()
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.erased_at is not None:
        return
    if by is not None and (by.pk != member.pk or member.kind != Member.Kind.RESIDENT):
        raise Refused(_("Residents erase their own account; that of staff is emptied three years after it was closed."))
    with opened(WHOLE):  # what a person leaves behind lies in more places than they themselves may look at
        if obstacle := obstacle_to(member):
            raise Refused(str(obstacle))
        for eraser in erasers():
            eraser.erase(member)
        _empty(member, now)
    publish(MemberErased(member_id=member.pk), by=by, at=now)
    on_commit(keep_ledger)


def _empty(member: Member, now: datetime) -> None:
    if member.phone:
        SignInCode.objects.of(member.phone).delete()
    for held in (
        member.sessions,
        member.authenticators,
        member.passkeys,
        member.spare_codes,
        member.trusted_browsers,
        member.outside_accounts,
    ):
        held.all().delete()
    member.recoveries.update(reason="")
    member.name, member.username, member.phone = ERASED, None, None
    member.set_unusable_password()
    member.is_active = False
    member.closed_at = member.closed_at or now
    member.erased_at = now
    member.save()


def repeat_erasures(now: datetime | None = None) -> tuple[int, int]:
    """Erase again whom a restore has brought back: how many went, and how many wait for a case to end."""
    gone = waiting = 0
    for member in brought_back():
        if may_be_erased(member):
            erase_member(member, by=None, now=now)
            gone += 1
        else:
            waiting += 1
    keep_ledger()
    return gone, waiting
