"""Which factors a member has, and what is still wanted of one who is coming in."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.contrib.auth.hashers import is_password_usable
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, environment
from jingwei.people.models import Member
from jingwei.people.senders import current_sender


class Way(StrEnum):
    """How somebody shows who they are, as sessions remember it."""

    PASSWORD = "password"  # noqa: S105 - a word
    PHONE = "phone"  # a resident's code
    SSO = "sso"
    SSO_STRONG = "sso_strong"  # the provider has asked for a second factor itself
    RECOVERY = "recovery"
    TOTP = "totp"
    PASSKEY = "passkey"
    SPARE = "spare"
    SMS = "sms"
    TRUSTED = "trusted"


class Step(StrEnum):
    """What is still wanted of a member who is coming in."""

    PROVE = "prove"
    SET_UP = "set_up"


SECOND = frozenset({Way.TOTP, Way.PASSKEY, Way.SPARE, Way.SMS, Way.TRUSTED, Way.SSO_STRONG})
LASTING = (Way.PASSKEY, Way.TOTP)
"""What counts as having a second factor; the first that a member has is offered first."""


def factors_of(member: Member) -> list[Way]:
    """Second factors by which `member` may come in, the best first. Spare codes only stand in for another."""
    ways = [Way.PASSKEY] if member.passkeys.exists() else []
    if member.authenticators.exclude(confirmed_at=None).exists():
        ways.append(Way.TOTP)
    if has_sms(member):
        ways.append(Way.SMS)
    if ways and member.spare_codes.filter(used_at=None).exists():
        ways.append(Way.SPARE)
    return ways


def has_sms(member: Member) -> bool:
    """Whether a text message may be this member's second factor: a setting of the site, off unless it says so."""
    return environment().staff_sms and bool(member.phone) and current_sender() is not None


def must_have_factor(member: Member) -> bool:
    """Staff must, where the site says so. Demo accounts are exempt: their passwords are printed for all to see."""
    return member.kind == Member.Kind.STAFF and environment().staff_factor == "required" and not member.is_demo


def step_for(member: Member, ways: Iterable[str], factors: Sequence[Way]) -> Step | None:
    """What is still wanted of `member`, who has shown who they are in `ways`; None: they may come in."""
    if member.kind != Member.Kind.STAFF or SECOND.intersection(ways):
        return None
    if factors:
        return Step.PROVE
    return Step.SET_UP if must_have_factor(member) else None


def require_a_factor(member: Member) -> None:
    """Refused where taking one away would leave a member with nothing to come in by."""
    left = factors_of(member)
    if not left and must_have_factor(member):
        raise Refused(_("This is your last second factor. Set up another one first."))


def require_a_way(member: Member) -> None:
    """Refused where unlinking the last account of another site would leave a member with nothing to come in by."""
    has_password = is_password_usable(member.password)
    if not has_password and not member.passkeys.exists() and not member.outside_accounts.exists():
        raise Refused(_("This is your last way in. Set up another one first."))
