"""What signing in holds of persons besides names and passwords."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.people.models import Authenticator, OutsideAccount, Passkey, Recovery, SpareCode, TrustedBrowser

TRUST = retention(
    "people.trust", timedelta(0), since="the trust in the browser ran out, a week after it began", then="deleted"
)

declare(
    Authenticator,
    "member",
    "secret",
    "last_step",
    purpose="The second factor of staff: comparing the code that their app shows",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    sensitivity=Sensitivity.SECRET,
    readers=("the member, once, while setting it up",),
)
declare(
    Passkey,
    "member",
    "name",
    purpose="The second factor of staff, and knowing one's own devices again",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("the member",),
)
declare(
    Passkey,
    "credential",
    "public_key",
    "counter",
    "transports",
    purpose="Checking what a device has signed: its name for the key pair, and the public half",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    SpareCode,
    "member",
    "digest",
    purpose="Coming in when the phone is lost; keyed digests of codes on paper",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    TrustedBrowser,
    "member",
    "digest",
    purpose="Asking for no second factor on one's own computer for a week; the SHA-256 of a cookie",
    basis=Basis.DUTY,
    retention=TRUST,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Recovery,
    "member",
    "opened_by",
    "approved_by",
    "reason",
    purpose="Who let whom back into an account, and why: for the member, the officers and whoever checks",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("the member", "people.account"),
)
declare(
    Recovery,
    "digest",
    purpose="Comparing the code that the member types; its SHA-256",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
not_personal(Recovery, "kind", because="one of two names")
declare(
    OutsideAccount,
    "member",
    "subject",
    "awaited",
    purpose="Signing in with an account of another site: by what that site calls the member",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the member", "people.account"),
)
not_personal(OutsideAccount, "provider", "issuer", because="which site it is")
