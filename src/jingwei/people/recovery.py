"""Letting a member in anew who has lost password or factors: two officers, a code shown once, and no secret.

Until the code is used nothing changes for the member; with it they set a password, and what they had before is gone.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import is_password_usable
from django.db.models import Q
from django.db.transaction import atomic
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE, Reach, Refused, clock, opened, publish, require
from jingwei.people.actions import set_password
from jingwei.people.factors.spare import LETTERS
from jingwei.people.facts import AccountRecovered, RecoveryApproved, RecoveryOpened, RecoveryWithdrawn
from jingwei.people.models import Member, Recovery
from jingwei.people.signin import guessing_name

GROUPS, GROUP = 4, 5
TO_APPROVE = timedelta(hours=48)
TO_USE = timedelta(hours=24)
LONGEST_REASON = 200


@atomic
def open_recovery(member: Member, *, reason: str, by: Member, now: datetime | None = None) -> Recovery:
    """Ask for `member` to be let in anew. A second officer has two days to approve it."""
    now = now or clock.now()
    member = _recoverable(member, by)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Say in a sentence why, and how you made sure who is asking."))
    recovery = _begin(member, Recovery.Kind.RECOVERY, by=by, now=now, reason=reason, lives=TO_APPROVE)
    publish(RecoveryOpened(member_id=member.pk, recovery_id=str(recovery.pk)), by=by, at=now)
    return recovery


@atomic
def approve_recovery(recovery: Recovery, *, by: Member, now: datetime | None = None) -> str:
    """The second officer agrees: the code for the member, good for a day, which is not kept."""
    now = now or clock.now()
    recovery = Recovery.objects.select_for_update(of=("self",)).select_related("member").get(pk=recovery.pk)
    _recoverable(recovery.member, by)
    if not recovery.is_waiting(now):
        raise Refused(_("This recovery is not waiting for anybody any more."))
    if recovery.opened_by_id == by.pk:
        raise Refused(_("Another officer has to approve what you have opened."))
    code = _give_code(recovery, by, now)
    publish(RecoveryApproved(member_id=recovery.member_id, recovery_id=str(recovery.pk)), by=by, at=now)
    return code


@atomic
def withdraw_recovery(recovery: Recovery, *, by: Member, now: datetime | None = None) -> None:
    """It was a mistake, or no longer needed: by any officer, or by the member, who remembered."""
    recovery = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if by.pk != recovery.member_id:
        require(by, "people.account", recovery.member)
    if recovery.used_at is not None or recovery.withdrawn_at is not None:
        raise Refused(_("This recovery is over already."))
    recovery.withdrawn_at = now or clock.now()
    recovery.save(update_fields=["withdrawn_at"])
    publish(RecoveryWithdrawn(member_id=recovery.member_id, recovery_id=str(recovery.pk)), by=by, at=now)


@atomic
def invite_member(member: Member, *, by: Member | None, now: datetime | None = None) -> str:
    """The first way into an account that nobody has come into: a code, good for a day, which is not kept."""
    now = now or clock.now()
    member = _recoverable(member, by)
    if is_password_usable(member.password):
        raise Refused(_("This account has a password already. Open a recovery instead."))
    recovery = _begin(member, Recovery.Kind.INVITATION, by=by, now=now, reason="", lives=TO_USE)
    code = _give_code(recovery, None, now)
    publish(RecoveryApproved(member_id=member.pk, recovery_id=str(recovery.pk)), by=by, at=now)
    return code


@atomic
def recover_from_command(member: Member, *, reason: str, now: datetime | None = None) -> str:
    """A code given by whoever runs the site, where there are no two officers. The member is told all the same."""
    now = now or clock.now()
    member = _recoverable(member, None)
    recovery = _begin(member, Recovery.Kind.RECOVERY, by=None, now=now, reason=reason, lives=TO_USE)
    code = _give_code(recovery, None, now)
    publish(RecoveryApproved(member_id=member.pk, recovery_id=str(recovery.pk)), by=None, at=now)
    return code


def use_recovery(username: str, code: str, password: str, *, address: str = "", now: datetime | None = None) -> Member:
    """The code opens the account once: a new password, and none of the factors, sessions and trust from before.

    Refused in the same words whatever was wrong; a ValidationError if the password is too weak.
    """
    now = now or clock.now()
    with guessing_name(username, address, now):
        with opened(WHOLE):  # nobody is known yet
            named = Recovery.objects.filter(member__username=username, member__in=Member.objects.open())
            recovery = named.filter(used_at=None, withdrawn_at=None, expires_at__gt=now).first()
        is_right = constant_time_compare(recovery.digest if recovery else "", _digest(code))
        if recovery is None or not is_right:
            raise Refused(_("User name and code do not match, or the code is too old. Ask for another."))
    with opened(Reach(member_id=recovery.member_id)):
        return _use(recovery, password, now)


def _use(recovery: Recovery, password: str, now: datetime) -> Member:
    member = Member.objects.select_for_update().get(pk=recovery.member_id)
    set_password(member, password, by=member, now=now)
    if not Recovery.objects.filter(pk=recovery.pk, used_at=None, withdrawn_at=None).update(used_at=now):
        raise Refused(_("User name and code do not match, or the code is too old. Ask for another."))
    for held in (member.authenticators, member.passkeys, member.spare_codes, member.trusted_browsers):
        held.all().delete()
    publish(AccountRecovered(member_id=member.pk, recovery_id=str(recovery.pk)), by=member, at=now)
    return member


def news_for(member: Member, now: datetime | None = None) -> list[Recovery]:
    """Recoveries that the member has not been told of. They are now."""
    if member.kind != Member.Kind.STAFF:
        return []
    happened = Recovery.objects.filter(member=member, kind=Recovery.Kind.RECOVERY, told_at=None)
    news = list(happened.select_related("opened_by", "approved_by").order_by("opened_at"))
    if news:
        Recovery.objects.filter(pk__in=[one.pk for one in news]).update(told_at=now or clock.now())
    return news


def _recoverable(member: Member, by: Member | None) -> Member:
    """Locked. Refused for who is no staff, whose account is closed, and for oneself."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if by is not None:
        require(by, "people.account", member)
        if by.pk == member.pk:
            raise Refused(_("Nobody recovers their own account: ask two other officers."))
    if member.kind != Member.Kind.STAFF:
        raise Refused(_("Residents come in by their phone number; there is nothing to recover."))
    if not member.is_active:
        raise Refused(_("This account is closed."))
    return member


def _begin(member: Member, kind: str, *, by: Member | None, now: datetime, reason: str, lives: timedelta) -> Recovery:
    """In place of one that ran out, or of an earlier invitation."""
    open_ones = Recovery.objects.filter(member=member, used_at=None, withdrawn_at=None)
    if kind == Recovery.Kind.INVITATION or by is None:
        open_ones.update(withdrawn_at=now)
    else:
        open_ones.filter(Q(expires_at__lte=now)).update(withdrawn_at=now)
    if open_ones.exists():
        raise Refused(_("A recovery of this account is under way already."))
    return Recovery.objects.create(
        member=member, kind=kind, reason=reason, opened_by=by, opened_at=now, expires_at=now + lives
    )


def _give_code(recovery: Recovery, by: Member | None, now: datetime) -> str:
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
    code = "-".join(groups)
    recovery.approved_by, recovery.approved_at = by, now
    recovery.digest, recovery.expires_at = _digest(code), now + TO_USE
    recovery.save(update_fields=["approved_by", "approved_at", "digest", "expires_at"])
    return code


def _digest(code: str) -> str:
    """A code has 99 bits: a plain hash is enough."""
    plain = "".join(letter for letter in code.lower() if letter in LETTERS)
    return sha256(plain.encode()).hexdigest()
