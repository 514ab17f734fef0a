"""Passkeys (WebAuthn): a key pair in a phone, a computer or a stick, unlocked by its owner.

With a passkey that its device unlocks by face, finger or number, a member comes in without a password. What browser
and server tell each other is JSON; the challenge is kept in the session and good once.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django.db.transaction import atomic
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from jingwei.kernel.public import WHOLE, Reach, Refused, clock, opened, publish
from jingwei.people.factors.rules import Way, require_a_factor, require_a_way
from jingwei.people.facts import FactorAdded, FactorRemoved
from jingwei.people.models import Member, Passkey
from jingwei.people.rates import Allowance

MOST = 10
LARGEST_ANSWER = 16 * 1024
BY_ADDRESS = Allowance("passkey.address", 100, timedelta(hours=1))


@dataclass(frozen=True)
class Party:
    """The site, as browsers know it: `host` without a port, `origin` with scheme and port."""

    host: str
    origin: str
    name: str

    @property
    def can(self) -> bool:
        """Whether browsers make passkeys for it: they want a name and, but for localhost, https."""
        try:
            ip_address(self.host.strip("[]"))
        except ValueError:
            return self.host == "localhost" or self.origin.startswith("https://")
        return False


@dataclass(frozen=True)
class Question:
    """`options` is for the browser, `challenge` is kept until its answer comes."""

    options: str
    challenge: bytes


def ask_to_make(member: Member, party: Party) -> Question:
    """What the browser needs to make a passkey for `member`. Devices that hold one already are left out."""
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=_handle(member),
        user_name=member.username or member.name,
        user_display_name=member.name,
        exclude_credentials=[_descriptor(passkey) for passkey in member.passkeys.all()],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return Question(options_to_json(options), options.challenge)


@atomic
def add_passkey(
    member: Member,
    *,
    name: str,
    answer: str,
    challenge: bytes,
    party: Party,
    by: Member,
    now: datetime | None = None,
) -> Passkey:
    """Keep the passkey that the browser has made. Only one's own. Refused if the answer does not fit the question."""
    if by.pk != member.pk:
        raise Refused(_("Everyone sets up their own second factor."))
    if member.passkeys.count() >= MOST:
        raise Refused(_("You have %(count)d passkeys already. Remove one first.") % {"count": MOST})
    given = _read(answer)
    try:
        made = verify_registration_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except WebAuthnException as problem:
        raise Refused(_("This passkey could not be taken. Try again.")) from problem
    if Passkey.objects.filter(credential=made.credential_id).exists():
        raise Refused(_("This passkey is known already."))
    passkey = Passkey.objects.create(
        member=member,
        name=name or _("Passkey"),
        credential=made.credential_id,
        public_key=made.credential_public_key,
        counter=made.sign_count,
        transports=_transports(given),
        created_at=now or clock.now(),
    )
    publish(FactorAdded(member_id=member.pk, factor=Way.PASSKEY), by=by, at=now)
    return passkey


def ask_to_show(party: Party, member: Member | None = None) -> Question:
    """What the browser needs to show a passkey: one of `member`, or any that it has for this site."""
    passkeys = [] if member is None else [_descriptor(passkey) for passkey in member.passkeys.all()]
    options = generate_authentication_options(
        rp_id=party.host,
        allow_credentials=passkeys,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(options_to_json(options), options.challenge)


def take_passkey(
    answer: str,
    *,
    challenge: bytes,
    party: Party,
    address: str,
    member: Member | None = None,
    now: datetime | None = None,
) -> Member:
    """Whose passkey the browser has shown; of `member`, if given. Every refusal reads the same."""
    now = now or clock.now()
    BY_ADDRESS.require(address, now)
    given = _read(answer)
    passkey = _passkey_of(_credential(given))
    refusal = Refused(_("This passkey does not open an account here. Try another way."))
    if passkey is None or (member is not None and passkey.member_id != member.pk):
        raise refusal
    try:
        shown = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.counter,
            require_user_verification=True,
        )
    except WebAuthnException as problem:
        raise refusal from problem
    with opened(Reach(member_id=passkey.member_id)):
        Passkey.objects.filter(pk=passkey.pk).update(counter=shown.new_sign_count, last_used_at=now)
    BY_ADDRESS.give_back(address)
    return passkey.member


@atomic
def remove_passkey(passkey: Passkey, *, by: Member, now: datetime | None = None) -> None:
    """It opens nothing any more. Only one's own, and not the last factor of whoever must have one."""
    member = passkey.member
    if by.pk != member.pk:
        raise Refused(_("Everyone sets up their own second factor."))
    Passkey.objects.filter(pk=passkey.pk).delete()
    require_a_factor(member)
    require_a_way(member)
    publish(FactorRemoved(member_id=member.pk, factor=Way.PASSKEY), by=by, at=now)


def _handle(member: Member) -> bytes:
    """What the device files the passkey under: the same for a member each time, and of no meaning elsewhere."""
    return bytes(salted_hmac("jingwei.people.passkey", str(member.pk), algorithm="sha256").digest())


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    known = {one.value for one in AuthenticatorTransport}
    transports = [AuthenticatorTransport(name) for name in passkey.transports if name in known]
    return PublicKeyCredentialDescriptor(id=bytes(passkey.credential), transports=transports or None)


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) <= LARGEST_ANSWER else None
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Refused(_("The browser gave no passkey. Try again, or choose another way."))
    return given


def _passkey_of(credential: bytes) -> Passkey | None:
    """The passkey of this name whose owner may come in. Nobody is known yet: this one look-up reaches everywhere."""
    with opened(WHOLE):
        owners = Member.objects.open()
        found = Passkey.objects.filter(credential=credential, member__in=owners).select_related("member")
        return found.first()


def _credential(given: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(str(given.get("rawId", "")))
    except ValueError:
        return b""


def _transports(given: dict[str, Any]) -> list[str]:
    response = given.get("response")
    named = response.get("transports", []) if isinstance(response, dict) else []
    known = {one.value for one in AuthenticatorTransport}
    return [name for name in named if name in known] if isinstance(named, list) else []
