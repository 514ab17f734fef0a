"""What changes accounts. `by=None` is the system itself: set-up and imports."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish
from jingwei.people.actions.asking import ask
from jingwei.people.actions.postings import end_posting
from jingwei.people.facts import MemberClosed, MemberRegistered, MemberReopened, PasswordChanged
from jingwei.people.models import LANGUAGES, PHONE, Member
from jingwei.people.queries import today


@atomic
def register_staff(
    *,
    username: str,
    name: str,
    password: str | None = None,
    phone: str | None = None,
    is_demo: bool = False,
    by: Member | None,
    now: datetime | None = None,
) -> Member:
    """An account for someone who works here. Without a password nobody can sign in to it yet.

    Who arranges postings may set one up; a password for it takes who manages accounts.
    """
    member = Member(username=username, name=name, phone=phone, kind=Member.Kind.STAFF, is_demo=is_demo)
    if Member.objects.filter(username=username).exists():
        raise Refused(_("The user name “%(name)s” is taken.") % {"name": username})
    if password is not None:
        ask(by, "people.account", member)
        validate_password(password, member)
    member.set_password(password)
    return _register(member, by, now)


@atomic
def register_resident(
    *,
    phone: str,
    name: str = "",
    language: str = LANGUAGES[0][0],
    is_demo: bool = False,
    by: Member | None,
    now: datetime | None = None,
) -> Member:
    """An account for whoever holds `phone`. Without a name the phone stands for it, its middle hidden."""
    PHONE(phone)
    member = Member(name=name or hide_phone(phone), phone=phone, language=language, is_demo=is_demo)
    member.kind = Member.Kind.RESIDENT
    member.set_unusable_password()
    return _register(member, by, now)


@atomic
def register_software(*, name: str, is_demo: bool = False, by: Member | None, now: datetime | None = None) -> Member:
    """An account for an outside system. It comes in by API keys only."""
    member = Member(name=name, kind=Member.Kind.SOFTWARE, is_demo=is_demo)
    member.set_unusable_password()
    return _register(member, by, now)


def _register(member: Member, by: Member | None, now: datetime | None) -> Member:
    if member.phone and Member.objects.with_phone(member.phone).exists():
        raise Refused(_("This phone number belongs to another account."))
    ask(by, "people.register_staff" if member.kind == Member.Kind.STAFF else "people.account", member)
    member.created_at = now or clock.now()
    member.seen_on = today(member.created_at)
    member.save()
    publish(MemberRegistered(member_id=member.pk), by=by, at=member.created_at)
    return member


@atomic
def close_member(member: Member, *, by: Member | None, now: datetime | None = None) -> Member:
    """Nobody comes in by this account any more: sessions and keys end with it, postings today."""
    now = now or clock.now()
    member = Member.objects.select_for_update().get(pk=member.pk)
    ask(by, "people.account", member)
    if by is not None and by.pk == member.pk:
        raise Refused(_("Nobody closes their own account."))
    for posting in member.postings.held(today(now)):
        end_posting(posting, by=by, now=now)
    member.sessions.all().delete()
    member.api_keys.filter(revoked_at=None).update(revoked_at=now)
    member.is_active, member.closed_at = False, now
    member.save(update_fields=["is_active", "closed_at"])
    publish(MemberClosed(member_id=member.pk), by=by, at=now)
    return member


@atomic
def reopen_member(member: Member, *, by: Member | None, now: datetime | None = None) -> Member:
    """The account may be come into again, as before. Postings stay ended: they are given anew."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    ask(by, "people.account", member)
    if by is not None and by.pk == member.pk:
        raise Refused(_("Nobody reopens their own account."))
    if member.erased_at is not None:
        raise Refused(_("This account was erased. Make a new one."))
    if not member.is_active:
        member.is_active, member.closed_at = True, None
        member.save(update_fields=["is_active", "closed_at"])
        publish(MemberReopened(member_id=member.pk), by=by, at=now)
    return member


@atomic
def set_password(member: Member, password: str, *, by: Member | None, now: datetime | None = None) -> None:
    """A new password, which ends all sessions and all trust in browsers. Everyone's own: nobody sets another's."""
    if by is not None and by.pk != member.pk:
        raise Refused(_("Nobody sets another's password. Open a recovery of the account instead."))
    validate_password(password, member)
    member.set_password(password)
    member.save(update_fields=["password"])
    member.sessions.all().delete()
    member.trusted_browsers.all().delete()
    publish(PasswordChanged(member_id=member.pk), by=by, at=now)


def set_language(member: Member, language: str, *, by: Member) -> None:
    """The language of a member's screens and messages: their own choice."""
    if by.pk != member.pk:
        raise Refused(_("Everyone chooses their own language."))
    if language not in dict(LANGUAGES):
        raise Refused(_("There is no such language here."))
    member.language = language
    member.save(update_fields=["language"])


def hide_phone(phone: str) -> str:
    """138****6620"""
    return f"{phone[:3]}****{phone[-4:]}"
