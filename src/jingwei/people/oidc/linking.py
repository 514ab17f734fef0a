"""Which member an account of another site belongs to. Nobody becomes staff by coming from elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE, Reach, Refused, SignInProvider, clock, environment, opened, publish, require
from jingwei.people.factors.rules import require_a_way
from jingwei.people.facts import OutsideAccountLinked, OutsideAccountUnlinked
from jingwei.people.models import Member, OutsideAccount
from jingwei.people.oidc.client import Known, label_of


@dataclass(frozen=True)
class Offer:
    """A provider as pages name it."""

    key: str
    title: str


def providers() -> list[Offer]:
    """Those whose accounts may sign in here, in the reader's language."""
    return [Offer(one.key, label_of(one)) for one in environment().oidc]


def provider_of(key: str) -> SignInProvider | None:
    return next((one for one in environment().oidc if one.key == key), None)


def member_of(provider: SignInProvider, known: Known, now: datetime | None = None) -> Member:
    """The member who signs in with this account. Refused if it is nobody's: somebody here has to link it first."""
    now = now or clock.now()
    with opened(WHOLE):  # nobody is known yet
        mine = OutsideAccount.objects.filter(issuer=known.issuer, member__in=Member.objects.open())
        account = mine.filter(subject=known.subject).select_related("member").first()
        if account is None and known.username:
            account = mine.filter(awaited=known.username).select_related("member").first()
    if account is None:
        site = {"site": label_of(provider)}
        raise Refused(_("Your account at %(site)s is not linked to one here. Sign in another way and link it.") % site)
    with opened(Reach(member_id=account.member_id)):
        if account.subject is None:
            _link(account, known, now)
        OutsideAccount.objects.filter(pk=account.pk).update(last_used_at=now)
    return account.member


@atomic
def link_account(
    member: Member, provider: SignInProvider, known: Known, *, by: Member, now: datetime | None = None
) -> OutsideAccount:
    """The member has shown both accounts: here and there."""
    now = now or clock.now()
    if by.pk != member.pk:
        raise Refused(_("Everyone links their own account."))
    with opened(WHOLE):
        others = OutsideAccount.objects.filter(issuer=known.issuer, subject=known.subject).exclude(member=member)
        if others.exists():
            raise Refused(_("This account is linked to somebody else here already."))
    account = member.outside_accounts.filter(provider=provider.key).first()
    account = account or OutsideAccount(member=member, provider=provider.key, issuer=known.issuer, created_at=now)
    _link(account, known, now)
    return account


@atomic
def await_account(
    member: Member, provider: SignInProvider, username: str, *, by: Member, now: datetime | None = None
) -> OutsideAccount:
    """Whoever comes first from the provider under this name is `member`: said by who manages accounts."""
    require(by, "people.account", member)
    username = username.strip()
    if by.pk == member.pk:
        raise Refused(_("Everyone links their own account by signing in there."))
    if member.kind != Member.Kind.STAFF or not username:
        raise Refused(_("Say which name a member of staff has there."))
    if OutsideAccount.objects.filter(issuer=provider.issuer, awaited=username).exclude(member=member).exists():
        raise Refused(_("This name is awaited for somebody else already."))
    if member.outside_accounts.filter(provider=provider.key).exclude(subject=None).exists():
        raise Refused(_("An account of this site is linked already."))
    given = {"issuer": provider.issuer, "awaited": username, "created_at": now or clock.now()}
    account, _is_new = OutsideAccount.objects.update_or_create(member=member, provider=provider.key, defaults=given)
    return account


@atomic
def unlink_account(account: OutsideAccount, *, by: Member, now: datetime | None = None) -> None:
    """It opens nothing any more: by its member, or by who manages accounts."""
    member = account.member
    if by.pk != member.pk:
        require(by, "people.account", member)
    OutsideAccount.objects.filter(pk=account.pk).delete()
    if by.pk == member.pk:
        require_a_way(member)
    publish(OutsideAccountUnlinked(member_id=member.pk), by=by, at=now)


def _link(account: OutsideAccount, known: Known, now: datetime) -> None:
    account.subject, account.awaited, account.linked_at = known.subject, None, now
    account.save()
    publish(OutsideAccountLinked(member_id=account.member_id), by=account.member, at=now)
